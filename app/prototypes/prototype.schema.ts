import * as z from "zod";

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
