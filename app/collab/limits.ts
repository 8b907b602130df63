/** What one connection or document may ask of the server. Sizes are bytes, times milliseconds. */
export const LIMITS = {
  message: 1_048_576,
  document: 16 * 1_048_576,
  presencesOfConnection: 4,
  sendBuffer: 8 * 1_048_576,
  /** Edits waiting for a database that does not answer; beyond, the sender is asked to come back later. */
  waiting: 16 * 1_048_576,
  connectionsOfPerson: 40,
  messagesAtOnce: 2_000,
  messagesPerSecond: 400,
  heartbeat: 30_000,
  accessCheck: 5_000,
  presenceGap: 50,
  unloadAfter: 10_000,
  projectionGap: 800,
} as const;

/**
 * Why a socket was closed. The stock provider stops on 44xx by itself; the editor also stops on 1003 and 1009, where
 * sending the same bytes again cannot help.
 */
export const CLOSE = {
  unusable: 1003,
  tooLarge: 1009,
  failed: 1011,
  restarting: 1012,
  later: 1013,
  signedOut: 4401,
  removed: 4403,
  gone: 4404,
  notYours: 4409,
  full: 4413,
} as const;

/** Sent in the protocol's own refusal message; the editor turns it into a sentence. */
export const READ_ONLY = "read-only";
