import { Full, NotYours } from "./document.server";
import { Unreadable } from "./keeper.server";
import { CLOSE } from "./limits";
import { Malformed } from "./protocol.server";

/** Why a line is closed: the code that its editor explains, and the word that is counted. */
export type Fault = readonly [code: number, reason: string];

/** What a message was refused for, when that is its author's doing; null when it is ours. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof Malformed) return [CLOSE.unusable, "malformed"];
  if (error instanceof NotYours) return [CLOSE.notYours, "another person's client id"];
  if (error instanceof Full) return [CLOSE.full, "document full"];
  return null;
}

/** What all lines of a document are told that could not be opened or kept. Editors keep what they have, and try again where that can help. */
export const failureOf = (error: unknown): Fault =>
  error instanceof Unreadable
    ? [CLOSE.unreadable, "the document cannot be read"]
    : [CLOSE.failed, "the document could not be kept"];
