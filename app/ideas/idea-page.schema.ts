import * as z from "zod";
import { readCursor } from "~/kernel/cursor";
import { LOCALES } from "~/kernel/locale";
import { COMMENT_MAX } from "./idea";
import { typedText } from "./idea.schema";
import { EVIDENCE_MAX, REACTIONS, SOURCES, TAG_MAX, TAGS_MAX, VISIBILITIES } from "./idea-page";
import { STATUS_ID, STATUS_KINDS, STATUS_NAME_MAX } from "./idea-status";
import { THREAD_LISTS } from "./idea-thread";

/** The forms of the page of one idea, and of the page of statuses. */

const revision = z.coerce.number().int().positive();
const maybe = (max: number) => typedText(max).optional();

export const followForm = z.object({ wanted: z.enum(["yes", "no"]) });
export const evidenceForm = z.object({ words: maybe(EVIDENCE_MAX) });
export const visibilityForm = z.object({ to: z.enum(VISIBILITIES), revision });
const target = { place: z.enum(["comment", "note"]), said: z.guid() };
export const reactForm = z.object({ ...target, reaction: z.enum(REACTIONS) });
export const editForm = z.object({ ...target, words: typedText(COMMENT_MAX) });
export const takeBackForm = z.object(target);

/** A passage is chosen in the live text, by its ends, or in the list of lines: "3:the words it begins with". */
export const passageForm = z
  .object({
    comment: typedText(COMMENT_MAX),
    start: z.string().max(200).optional(),
    end: z.string().max(200).optional(),
    line: z
      .string()
      .regex(/^\d{1,6}:/)
      .max(500)
      .optional(),
  })
  .transform(({ comment, start, end, line }, check) => {
    if (start && end) return { comment, chosen: { start, end } };
    const at = line?.indexOf(":") ?? -1;
    if (line) return { comment, chosen: { line: Number(line.slice(0, at)), words: line.slice(at + 1) } };
    check.addIssue({ code: "custom", path: ["line"], message: "required" });
    return z.NEVER;
  });
/** A thing is chosen in the drawing or in the list of all there are. */
export const thingForm = z.object({ element: z.string().regex(/^[\w-]{1,64}$/), comment: typedText(COMMENT_MAX) });
export const replyForm = z.object({ thread: z.guid(), reply: typedText(COMMENT_MAX) });
export const resolveForm = z.object({ thread: z.guid(), revision, to: z.enum(["resolved", "open"]) });
export const placeForm = z.object({ thread: z.guid(), revision, present: z.string().max(4_000) });

export const behalfForm = z.object({
  account: typedText(120),
  person: maybe(120),
  source: z.enum(SOURCES),
  saidOn: z.iso.date().refine((day) => day >= "2000-01-01", "invalid"),
  words: maybe(EVIDENCE_MAX),
});
export const unbehalfForm = z.object({ support: z.guid() });
export const ownerForm = z.object({ owner: z.guid().optional(), revision });
export const productForm = z.object({ product: z.guid().optional(), revision });

/** Tags as one types them: parted by commas, each once whatever its capitals. */
export const tagsForm = z.object({
  tags: z
    .string()
    .max(1000)
    .default("")
    .transform((text) => {
      const names = text.split(/[,，;；\n]/).map((name) => name.replace(/\s+/g, " ").trim());
      return [...new Map(names.filter(Boolean).map((name) => [name.toLowerCase(), name])).values()];
    })
    .pipe(z.array(z.string().max(TAG_MAX)).max(TAGS_MAX)),
});

export const mergeForm = z.object({ into: z.guid(), revision, intoRevision: revision });
export const unmergeForm = z.object({ source: z.guid(), revision });

const names = Object.fromEntries(LOCALES.map((locale) => [`name_${locale}`, typedText(STATUS_NAME_MAX)])) as Record<
  `name_${(typeof LOCALES)[number]}`,
  ReturnType<typeof typedText>
>;
const kind = z.enum(STATUS_KINDS);
const position = z.coerce.number().int().min(0).max(10_000);
export const newStatusForm = z.object({ ...names, kind, position });
export const editStatusForm = z.object({ ...names, kind, position, status: z.string().regex(STATUS_ID), revision });
export const retireStatusForm = z.object({
  status: z.string().regex(STATUS_ID),
  instead: z.string().regex(STATUS_ID),
  revision,
});

export const bringBackStatusForm = retireStatusForm.omit({ instead: true });

/** From where on the page of an idea shows older ones of each list, from its address. */
export function olderOf(url: string) {
  const { searchParams } = new URL(url);
  const at = (name: string) => readCursor(searchParams.get(name));
  const step = searchParams.get("history");
  // Steps are lines of the log, which are numbered.
  const history = step && /^\d{1,18}$/.test(step) ? step : null;
  return { comments: at("comments"), support: at("support"), notes: at("notes"), history, threads: threadsOf(url) };
}

/** Which list of threads a page shows, from where on, and which of them is open, from its address. */
export function threadsOf(url: string) {
  const { searchParams } = new URL(url);
  const list = z.enum(THREAD_LISTS).catch("open").parse(searchParams.get("threads"));
  return { list, before: readCursor(searchParams.get("passages")), open: readCursor(searchParams.get("thread")) };
}

/** Which of the forms that need more than the page itself staff have opened, from its address. */
export function openPanel(url: string) {
  const { searchParams } = new URL(url);
  const panel = z.enum(["behalf", "care", "merge"]).safeParse(searchParams.get("panel"));
  return {
    panel: panel.success ? panel.data : null,
    q: (searchParams.get("q") ?? "").slice(0, 200).trim(),
    into: readCursor(searchParams.get("into")),
  };
}
