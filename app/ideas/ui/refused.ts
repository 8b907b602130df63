import type { FormFailure } from "~/kernel/form";
import { FORM_NAME } from "~/ui/form";
import type { Refusal } from "../idea-page";

/** Why a form of one press was refused, by the form's name. */
export type Refused = { form: string; why: Refusal };

/** Whether the form of this name was refused: it is shown then with what was typed, even to somebody who may not send it. */
export function wasRefused(failure: FormFailure | undefined, form: string): boolean {
  return failure?.values[FORM_NAME] === form;
}

/** The failure of this form, not of another one. */
export function failureOf(failure: FormFailure | undefined, form: string): FormFailure | undefined {
  return wasRefused(failure, form) ? failure : undefined;
}
