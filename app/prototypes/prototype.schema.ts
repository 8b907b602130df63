import * as z from "zod";
import { typedText } from "~/ideas/idea.schema";
import { NAME_MAX, NOTES_MAX, STAGE_MAX } from "./prototype-page";
import { STAGE_RULES } from "./verdict";

/** The forms of prototypes, and the addresses of their files. */

export const fileForm = z.object({
  version: z.guid(),
  name: z.string().max(1000).default(""),
  size: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});

const rendition = z.object({
  kind: z.enum(["scaled", "page", "poster"]),
  page: z.coerce.number().int().min(1).max(5_000).default(1),
  width: z.coerce.number().int().min(1).max(16_384),
});

/** Which picture of a file is asked for; null: the file itself; undefined: nothing that could be there. */
export function renditionAsked(url: string): z.infer<typeof rendition> | null | undefined {
  const { searchParams } = new URL(url);
  if (!searchParams.has("kind")) return null;
  const asked = rendition.safeParse({
    kind: searchParams.get("kind"),
    page: searchParams.get("page") ?? undefined,
    width: searchParams.get("width") ?? undefined,
  });
  return asked.success ? asked.data : undefined;
}

const line = (most: number) => typedText(most).transform((text) => text.replace(/\s+/g, " "));
export const prototypeForm = z.object({ name: line(NAME_MAX), idea: z.guid() });
export const notesForm = z.object({
  version: z.guid(),
  revision: z.coerce.number().int().positive(),
  notes: z.string().max(NOTES_MAX).default(""),
});
export const publishForm = z.object({ version: z.guid(), revision: z.coerce.number().int().positive() });
export const endForm = z.object({ release: z.guid() });

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "not-a-day")
  .refine((text) => !Number.isNaN(Date.parse(text)), "not-a-day");
/** `account` is absent where we ourselves look first: nobody is shown anything then. */
export const releaseForm = z.object({
  account: z.guid().optional(),
  to: z.enum(["all", "named"]).default("all"),
  from: day.optional(),
  stage: line(STAGE_MAX).optional(),
  rule: z.enum(STAGE_RULES).default("all"),
  due: day.optional(),
});

/** The people whose fields of this name are ticked. */
export function ticked(typed: FormData, name: "shown" | "asked" | "decides"): string[] {
  const field = new RegExp(`^${name}-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`);
  return [...new Set([...typed.keys()].flatMap((key) => field.exec(key)?.[1] ?? []))];
}
