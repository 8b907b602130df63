/** What one connection or document may ask of the server. Sizes are bytes, times milliseconds. */
export const LIMITS = {
  message: 1_048_576,
  document: 16 * 1_048_576,
  /** From here on a document's growth is worth a warning in the log. */
  largeDocument: 12 * 1_048_576,
  presencesOfConnection: 4,
  presence: 4_096,
  /** A presence that nobody renewed for so long is over; stock clients renew theirs twice in that time. */
  presenceLife: 30_000,
  sendBuffer: 8 * 1_048_576,
  /** Edits waiting for a database that does not answer; beyond, the sender is asked to come back later. */
  waiting: 16 * 1_048_576,
  connectionsOfPerson: 40,
  /** How often a minute somebody with that many is told so on an open line; beyond, the handshake is refused. */
  explanationsPerMinute: 20,
  /** All connections of a person together. */
  messagesAtOnce: 2_000,
  messagesPerSecond: 400,
  heartbeat: 30_000,
  /** Whoever has not asked for the document by then is sent away. */
  syncDeadline: 30_000,
  accessCheck: 5_000,
  presenceGap: 50,
  /** Between two flushes; what is written meanwhile goes together. */
  commitGap: 8,
  /** How many flushes may follow each other without that gap, after a pause. */
  commitsAtOnce: 4,
  documentsAtOnce: 64,
  /** How long a database may be away before documents give up; editors keep what is not stored and come back with it. */
  patience: 30_000,
  unloadAfter: 10_000,
  projectionGap: 800,
  /** How long a row that another process stored may take to be told of, before it is read from the log. */
  hintGap: 150,
  /** How often the logs of open documents are compared with what is known of them, while Redis is there and while it is not. */
  headsGap: 2_000,
  headsGapAlone: 200,
  /** Closing many lines at once would bring everybody back in the same moment. */
  closingSpread: 1_000,
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
  unreadable: 4422,
  tooMany: 4429,
} as const;

/** Sent in the protocol's own refusal message; the editor turns it into a sentence. */
export const READ_ONLY = "read-only";
/** The same, for a document of which a part cannot be read: it stays as it last was. */
export const DAMAGED = "damaged";
