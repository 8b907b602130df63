import { CLOSE } from "../limits";

/** Why a line is closed for good, as far as this page alone can help it. */
export type Refusal =
  | "signed-out"
  | "removed"
  | "gone"
  | "unusable"
  | "not-yours"
  | "too-large"
  | "full"
  | "unreadable"
  | "too-many";

const REFUSALS = new Map<number, Refusal>([
  [CLOSE.unusable, "unusable"],
  [CLOSE.tooLarge, "too-large"],
  [CLOSE.signedOut, "signed-out"],
  [CLOSE.removed, "removed"],
  [CLOSE.gone, "gone"],
  [CLOSE.notYours, "not-yours"],
  [CLOSE.full, "full"],
  [CLOSE.unreadable, "unreadable"],
  [CLOSE.tooMany, "too-many"],
]);

/** What somebody can mend elsewhere, after which the same page goes on. */
export const MAY_COME_BACK: ReadonlySet<Refusal> = new Set(["signed-out", "too-many"]);

/** Why the server closed a line for good; null when it is worth connecting again. In: the code it was closed with. */
export function refusalOf(code: number): Refusal | null {
  // The provider itself stops on 44xx.
  return REFUSALS.get(code) ?? (code >= 4400 && code < 4500 ? "unusable" : null);
}
