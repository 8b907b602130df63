import * as z from "zod";

/** What a ticket says: who may sit down in which room, once, until when. */
export const ticketSchema = z.strictObject({
  id: z.uuid(),
  room: z.string(),
  /** Milliseconds since 1970. */
  until: z.number().int(),
  holder: z.union([
    z.strictObject({ userId: z.uuid(), sessionId: z.uuid(), mailboxProvedAt: z.number().int().nullable() }),
    /** `browser`: the hash of the key that the guest's browser carries, which opens nothing by itself. */
    z.strictObject({ grantId: z.uuid(), browser: z.base64url() }),
  ]),
});
