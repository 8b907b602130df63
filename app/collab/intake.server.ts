import type { Logger } from "pino";
import { NotYours } from "./document.server";
import { faultOf } from "./faults.server";
import { type Frame, frameOf } from "./frame";
import type { Keeper } from "./keeper.server";
import { CLOSE, DAMAGED, LIMITS, READ_ONLY } from "./limits";
import type { PresenceOwner } from "./presence.server";
import * as protocol from "./protocol.server";
import type { Room } from "./room";

/** One person's connection to a room, whatever carries it. */
export interface Line {
  readonly owner: PresenceOwner;
  mayEdit: boolean;
  send(frame: Frame): void;
  close(code: number, reason: string): void;
}

export interface IntakeServices {
  log: Logger;
  /** Told of everything that was not taken, in a word. */
  onRefused(reason: string): void;
  /** Told how many edits were taken in, and how many lines what was stored went to. */
  onUpdates(taken: number, sent: number): void;
}

/** Where the edits of a room's lines are taken in, or refused with a reason that their authors are told. */
export class Intake {
  constructor(
    private readonly room: Room,
    private readonly services: IntakeServices,
    private readonly isHere: (line: Line) => boolean,
  ) {}

  /** Takes an edit in, to be stored. Throws Malformed, or NotYours once that is sure, when it cannot be used. */
  take(line: Line, update: Uint8Array, keeper: Keeper, again = true): void {
    if (!line.mayEdit || keeper.damaged) {
      this.services.onRefused(keeper.damaged ? DAMAGED : READ_ONLY);
      line.send(frameOf(protocol.refusal(line.mayEdit ? DAMAGED : READ_ONLY)));
      return;
    }
    if (keeper.document.waitingSize > LIMITS.waiting) {
      this.refuse(line, CLOSE.later, "the database is behind");
      return;
    }
    try {
      keeper.take(update, line.owner.identity.personId);
      this.services.onUpdates(1, 0);
    } catch (error) {
      if (!(error instanceof NotYours) || !again) throw error;
      // It may be passing on what its author stored by way of another process.
      keeper.lookAgain().then(
        () => this.takeAgain(line, update, keeper),
        (failure: unknown) => {
          this.services.log.warn({ err: failure, room: this.room.name }, "could not read a live document again");
          this.refuse(line, CLOSE.later, "could not look again");
        },
      );
    }
  }

  /** Closes a line for what its message was found to be. */
  blame(line: Line, error: unknown): void {
    const fault = faultOf(error);
    if (!fault) this.services.log.error({ err: error, room: this.room.name }, "a message to a live document failed");
    this.refuse(line, ...(fault ?? ([CLOSE.failed, "failed"] as const)));
  }

  /** Closes a line with a code, and counts the reason. */
  refuse(line: Line, code: number, reason: string): void {
    this.services.onRefused(reason);
    line.close(code, reason);
  }

  private takeAgain(line: Line, update: Uint8Array, keeper: Keeper): void {
    if (!this.isHere(line)) return;
    try {
      this.take(line, update, keeper, false);
    } catch (error) {
      this.blame(line, error);
    }
  }
}
