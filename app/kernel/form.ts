import { parseWithZod } from "@conform-to/zod/v4";
import type * as z from "zod";
import { HELD_FORM, releasedForm } from "./held-form";

/**
 * A form that was not accepted: everything that was typed, and what is wrong with it.
 * An error is a code with words in `ui.form`, with a number behind a colon where the sentence needs one: "too-long:140".
 * What concerns no single field stands under "".
 */
export type FormFailure = { ok: false; values: Record<string, string>; errors: Record<string, string> };

/**
 * The form that a request carries. Throws an answer 400 when its body is none (another type, a damaged or cut off one):
 * a browser's form never is, so there is nothing typed to give back, and nothing here has failed.
 * A form that was held while its sender did something else first is read as if it had just been sent.
 */
export async function readForm(request: Request): Promise<FormData> {
  const form = await readSentForm(request);
  return releasedForm(form.get(HELD_FORM)) ?? form;
}

/** As readForm, for the page that holds other pages' forms: what was sent, with the held one still in its field. */
export async function readSentForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new Response(null, { status: 400, statusText: "Bad Request" });
  }
}

/**
 * Reads a form through its schema. Conform does the reading (an empty field is an absent one, files and numbers become
 * what the schema asks for) on the server alone; in the browser forms are plain, which keeps them light and makes them
 * work without JavaScript.
 * A schema names an error of its own by a code as its message: `z.string().refine(…, "not-allowed")`.
 * Out: the value, or the failure to answer with status 422.
 */
export function parseForm<S extends z.ZodType>(
  form: FormData,
  schema: S,
): { ok: true; value: z.output<S> } | FormFailure {
  const submission = parseWithZod(withoutControls(form), { schema, error: codeOf });
  if (submission.status === "success") return { ok: true, value: submission.value };
  const errors = Object.entries(submission.error ?? {}).map(([field, codes]) => [
    field,
    codes?.find(isCode) ?? "invalid",
  ]);
  return refuseForm(form, Object.fromEntries(errors));
}

/** Control characters come from programs, not from keyboards, and PostgreSQL refuses NUL in a text. A password stays as it is. */
function withoutControls(form: FormData): FormData {
  const clean = new FormData();
  for (const [name, value] of form) {
    const isText = typeof value === "string" && !/password/i.test(name);
    clean.append(name, isText ? value.replace(/[^\P{Cc}\t\n\r]/gu, "") : value);
  }
  return clean;
}

/** The answer to a form that is well-formed and still refused. In: codes by field name; "" for the form as a whole. */
export function refuseForm(form: FormData, errors: Record<string, string>): FormFailure {
  return { ok: false, values: typedValues(form), errors };
}

/** What was typed, by field name. Passwords and files are never sent back. */
function typedValues(form: FormData): Record<string, string> {
  const pairs = [...form].filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return Object.fromEntries(pairs.filter(([name]) => !/password/i.test(name)));
}

const isCode = (message: string) => /^[a-z]+(-[a-z]+)*(:\d+)?$/.test(message);

function codeOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined || issue.input === null) return "required";
      return issue.expected === "number" || issue.expected === "bigint" ? "not-number" : "invalid";
    case "too_small":
      if (issue.origin !== "string") return "invalid";
      return Number(issue.minimum) <= 1 ? "required" : `too-short:${issue.minimum}`;
    case "too_big":
      return issue.origin === "string" ? `too-long:${issue.maximum}` : "invalid";
    case "invalid_format":
      return issue.format === "email" ? "not-email" : "invalid";
    case "invalid_value":
      return "not-offered";
    default:
      return "invalid";
  }
}
