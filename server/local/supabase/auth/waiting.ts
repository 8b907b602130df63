import { setTimeout } from "node:timers/promises";

/**
 * Answers no sooner than `milliseconds` after it began, whatever the answer or error: the time does not tell a known
 * address from an unknown one.
 */
export async function answerAfter<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), setTimeout(milliseconds)]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

/** The same for work that finds nothing (null) or throws; what was found comes at once. */
export async function failAfter<T>(milliseconds: number, work: () => Promise<T | null>): Promise<T | null> {
  const floor = setTimeout(milliseconds);
  try {
    const result = await work();
    if (result === null) await floor;
    return result;
  } catch (error) {
    await floor;
    throw error;
  }
}
