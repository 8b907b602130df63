import * as z from "zod";
import { typedText } from "~/ideas/idea.schema";
import { readCursor } from "~/kernel/cursor";
import {
  ASKED_MAX,
  LISTS,
  linesOf,
  NOT_YET_MAX,
  REASON_MAX,
  REJECTED_BYTES,
  REJECTED_MAX,
  TITLE_MAX,
} from "./decision-page";

/** The forms of decisions, and the addresses of their pages. */

const revision = z.coerce.number().int().positive();

const words = {
  title: typedText(TITLE_MAX).transform((line) => line.replace(/\s+/g, " ")),
  reason: typedText(REASON_MAX),
  rejected: z
    .string()
    .default("")
    .transform((text) => linesOf(text.replaceAll("\0", "")))
    .pipe(
      z
        .array(z.string())
        .refine((lines) => lines.length <= REJECTED_MAX, "rejected-too-many")
        .refine((lines) => new TextEncoder().encode(lines.join("")).length <= REJECTED_BYTES, "rejected-too-long"),
    ),
};
const element = z.string().regex(/^[\w-]{1,64}$/);
/** Made from a comment, from a thing of the board, or from the passage of a thread. */
export const makeForm = z.object({
  ...words,
  comment: z.guid().optional(),
  thing: element.optional(),
  passage: z.guid().optional(),
});
export const wordForm = z.object({ ...words, revision });
export const revisionForm = z.object({ revision });
export const notYetForm = z.object({ revision, reason: typedText(NOT_YET_MAX) });

const PERSON = /^ask-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Those who are ticked, each by a field of its own, so that a form that comes back knows them. */
export function tickedPeople(typed: FormData): { people: string[] } | { why: "a-side-is-missing" | "too-many-people" } {
  const people = [...new Set([...typed.keys()].flatMap((name) => PERSON.exec(name)?.[1] ?? []))];
  if (people.length > ASKED_MAX) return { why: "too-many-people" };
  return people.length > 0 ? { people } : { why: "a-side-is-missing" };
}

/** Which list is asked for, and from where on. */
export function listAsked(url: string) {
  const { searchParams } = new URL(url);
  const list = z.enum(LISTS).safeParse(searchParams.get("state"));
  return {
    list: list.success ? list.data : null,
    idea: readCursor(searchParams.get("idea")),
    after: readCursor(searchParams.get("after")),
  };
}

/** What is to be quoted; null: it is to be chosen yet. What is no id is of no comment and no thing: undefined. */
export function sourceAsked(
  url: string,
): { comment: string } | { element: string } | { thread: string } | null | undefined {
  const { searchParams } = new URL(url);
  const thing = searchParams.get("thing");
  if (thing !== null) return element.safeParse(thing).success ? { element: thing } : undefined;
  const passage = searchParams.get("passage");
  const id = passage ?? searchParams.get("comment");
  if (id === null) return null;
  const known = readCursor(id);
  if (known === null) return undefined;
  return passage === null ? { comment: known } : { thread: known };
}

/** Whether the words of a draft are to be changed on its page. */
export const wordsAsked = (url: string): boolean => new URL(url).searchParams.has("words");
