import type { StaffActor } from "~/kernel/actor";
import { recordEvent } from "~/kernel/events.server";
import { asSystem } from "~/kernel/system-tx.server";
import { moveByClock } from "./round.queries.server";

/**
 * The job `move_rounds`: opens, locks and closes the rounds whose time has come. May run twice, late, or many at once: each round is
 * moved once. Out: how many were moved.
 */
export async function moveRounds(): Promise<number> {
  return asSystem("open, lock and close rounds", async (tx) => {
    const moved = await moveByClock(tx);
    for (const { id, state } of moved) {
      await recordEvent(tx, null, "round.moved", { kind: "round", id, accountId: null }, { state }, null, "staff");
    }
    return moved.length;
  });
}

/** Puts into the log that this person read the floors of a round: the system does, since an auditor writes nothing. */
export function noteFloorsRead(reader: StaffActor, roundId: string): Promise<void> {
  const round = { kind: "round", id: roundId, accountId: null };
  return asSystem("note who read floors", (tx) =>
    recordEvent(tx, reader, "round.floors_read", round, {}, null, "staff"),
  );
}

/** Tasks of this module by name, for the worker. */
export const roundTasks = {
  move_rounds: async () => {
    await moveRounds();
  },
};

/** Tasks of this module that run by the clock (cron, UTC), for the worker. */
export const roundClock = [{ task: "move_rounds", match: "* * * * *" }];
