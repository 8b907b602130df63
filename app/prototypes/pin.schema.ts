import * as z from "zod";
import { typedText } from "~/ideas/idea.schema";
import { readCursor } from "~/kernel/cursor";
import { isPlace, type Place } from "./pin";
import { PIN_LISTS, PIN_OF, PIN_WORDS_MAX, partsOf } from "./pin-page";
import { VERDICTS } from "./verdict";

/** The forms of a review, and the addresses of its page. */

const percent = z.coerce.number("not-number").min(0, "off-the-picture").max(100, "off-the-picture").transform(partsOf);

/** Left and top alone are a point; without any of the four the pin speaks of all of what is shown. */
export const pinForm = z
  .object({
    version: z.guid(),
    file: z.guid(),
    page: z.coerce.number().int().min(1).max(5000).optional(),
    left: percent.optional(),
    top: percent.optional(),
    wide: percent.default(0),
    high: percent.default(0),
    /** Staff say whose conversation it stands in: an account's, or their own. */
    to: z.union([z.literal("staff"), z.guid()]).optional(),
    comment: typedText(PIN_WORDS_MAX),
  })
  .refine(({ left, top }) => (left === undefined) === (top === undefined), { path: ["left"], message: "place-half" })
  .transform(({ left, top, wide, high, ...rest }) => ({
    ...rest,
    place: left === undefined || top === undefined ? null : ({ x: left, y: top, width: wide, height: high } as Place),
  }))
  .refine(({ place }) => place === null || isPlace(place), { path: ["left"], message: "off-the-picture" });

const pin = { pin: z.guid(), of: z.enum(PIN_OF).default("shared") };
export const replyForm = z.object({ ...pin, reply: typedText(PIN_WORDS_MAX) });
export const resolveForm = z.object({
  ...pin,
  revision: z.coerce.number().int().positive(),
  to: z.enum(["open", "resolved"]),
});
export const verdictForm = z.object({
  stage: z.guid(),
  verdict: z.enum(VERDICTS),
  words: z
    .string()
    .max(2000)
    .default("")
    .transform((text) => text.replace(/\r\n?/g, "\n").trim()),
});

/** What of a prototype is looked at. `undefined`: there is no such thing. */
export type Looked = {
  /** Null: the newest that is shown. */
  version: number | null;
  file: string | null;
  page: number;
  list: (typeof PIN_LISTS)[number];
  pin: string | null;
  after: string | null;
  /** Staff: whose conversation. */
  account: string | null;
};

const number = z.coerce.number().int().min(1).max(10_000);

export function looked(url: string): Looked | undefined {
  const { searchParams: asked } = new URL(url);
  const version = asked.get("version");
  const known = number.safeParse(version);
  if (version !== null && !known.success) return undefined;
  const page = number.safeParse(asked.get("page") ?? 1);
  const list = z.enum(PIN_LISTS).safeParse(asked.get("pins"));
  return {
    version: version === null ? null : (known.data ?? null),
    file: readCursor(asked.get("file")),
    page: page.success ? page.data : 1,
    list: list.success ? list.data : "open",
    pin: readCursor(asked.get("pin")),
    after: readCursor(asked.get("after")),
    account: readCursor(asked.get("account")),
  };
}
