import * as z from "zod";
import { LOCALES, type Locale } from "~/kernel/locale";
import { type InFour, QUESTION_KINDS } from "./product";

const line = (max: number) => z.string().trim().max(max);
const revision = z.coerce.number().int().positive();

export const productForm = z.object({ name: line(80).min(1) });

export const productNameForm = productForm.extend({ id: z.guid(), revision });
export const productPlaceForm = z.object({ id: z.guid(), to: z.enum(["up", "down"]) });

export const productStateForm = z.object({
  id: z.guid(),
  revision,
  state: z.enum(["active", "discontinued"]),
});

export const retireForm = z.object({
  id: z.guid(),
  revision,
  retired: z.enum(["0", "1"]).transform((on) => on === "1"),
});

const inFour = (field: z.ZodType<string>) => ({ en: field, uk: field, ru: field, zh: field });
const optionalFour = z.object(inFour(line(300).default("")));
const choicesFour = z.object(inFour(z.string().max(4_000).default("")));

const split = (text: string) =>
  text
    .split("\n")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** A question in four languages. Its help is in all of them or in none; its choices are as many in each. */
export const questionForm = z
  .object({
    product: z.guid(),
    kind: z.enum(QUESTION_KINDS),
    required: z.literal("1").optional(),
    name: z.object(inFour(line(120).min(1))),
    help: optionalFour.default({ en: "", uk: "", ru: "", zh: "" }),
    choices: choicesFour.default({ en: "", uk: "", ru: "", zh: "" }),
  })
  .transform(({ required, name, help, choices, ...rest }, context) => {
    const helped = LOCALES.filter((locale) => help[locale] !== "");
    if (helped.length !== 0 && helped.length !== LOCALES.length) {
      context.addIssue({ code: "custom", message: "in-all", path: ["help", "en"] });
    }
    const lists: Record<Locale, string[]> = {
      en: split(choices.en),
      uk: split(choices.uk),
      ru: split(choices.ru),
      zh: split(choices.zh),
    };
    const count = rest.kind === "choice" ? lists.en.length : 0;
    if (rest.kind === "choice" && (count < 2 || LOCALES.some((locale) => lists[locale].length !== count))) {
      context.addIssue({ code: "custom", message: "choices-differ", path: ["choices", "en"] });
    }
    const chosen = lists.en.slice(0, count).map((en, place): InFour => {
      return { en, uk: lists.uk[place] ?? "", ru: lists.ru[place] ?? "", zh: lists.zh[place] ?? "" };
    });
    return { ...rest, names: name, help: helped.length > 0 ? help : null, required: required === "1", choices: chosen };
  });
