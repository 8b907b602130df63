import * as z from "zod";
import { cleanText } from "~/collab/rich-text";
import { BODY_MAX, COMMENT_MAX, TITLE_MAX } from "./idea";
import { IDEA_KINDS } from "./idea-clock";
import { STATUS_ID } from "./idea-status";

// A title of zero-width characters would be a link that nobody sees.
const isSeen = (text: string) => /[^\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text);

/** What somebody typed: something that one sees, of so many characters. */
// A textarea sends CRLF, which counts twice against what the person was told. A NUL, which Postgres cannot hold, comes along
// with what was copied from a terminal or a table.
export const typedText = (max: number) =>
  z
    .string()
    .transform((text) => cleanText(text.replace(/\r\n?/g, "\n")).trim())
    .pipe(z.string().max(max).refine(isSeen, "required"));

const title = typedText(TITLE_MAX).transform((line) => line.replace(/\s+/g, " "));

export const submitForm = z.object({
  title,
  text: typedText(BODY_MAX),
  product: z.guid("not-offered").nullable().default(null),
  kind: z.enum([...IDEA_KINDS, "both"]).default("suggestion"),
  visibility: z.enum(["account", "all_customers"]).default("account"),
});

export const splitForm = z.object({
  title,
  text: typedText(BODY_MAX),
  revision: z.coerce.number().int().positive(),
});

export const commentForm = z.object({ comment: typedText(COMMENT_MAX) });

export const noteForm = z.object({ note: typedText(COMMENT_MAX) });

export const moveForm = z.object({
  to: z.string().regex(STATUS_ID),
  revision: z.coerce.number().int().positive(),
});

/** A file that a browser is about to send. */
export const uploadForm = z.object({
  name: z.string().max(1000).default(""),
  type: z.string().max(200).default(""),
  size: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
});

const uploads = z.array(z.guid()).max(50);

/** The ids of uploads among texts of a form or an address; none when one of them is no id. */
export function uploadIds(texts: readonly unknown[]): string[] {
  const parsed = uploads.safeParse(texts.filter((text) => text !== ""));
  return parsed.success ? [...new Set(parsed.data.map((id) => id.toLowerCase()))] : [];
}
