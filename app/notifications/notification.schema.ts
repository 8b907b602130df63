import * as z from "zod";
import { HOWS } from "./notification";

/** What the list and the bell post. `seen` names a thing that its reader has in front of them. */
export const readNoticesForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("read"), id: z.guid() }),
  z.object({ intent: z.literal("seen"), subject: z.guid() }),
  z.object({ intent: z.literal("read-all") }),
]);

const hour = z.coerce.number().int().min(0).max(23);
const how = z.enum(HOWS).optional();

/** The form of settings; a kind that a side does not know is absent. */
export const settingsForm = z
  .object({
    mailOff: z.literal("on").optional(),
    quietFrom: hour.optional(),
    quietTo: hour.optional(),
    digestHour: hour,
    comment: how,
    mention: how,
    status: how,
    support: how,
    merge: how,
    invitation: how,
    idea: how,
    decision: how,
    survey: how,
  })
  .refine(({ quietFrom, quietTo }) => (quietFrom === undefined) === (quietTo === undefined), {
    message: "both-or-none",
    path: ["quietTo"],
  })
  .refine(({ quietFrom, quietTo }) => quietFrom === undefined || quietFrom !== quietTo, {
    message: "not-same",
    path: ["quietTo"],
  });

/** Which notices a form marks as read. */
export function whichOf(form: z.output<typeof readNoticesForm>): { id: string } | { subjectId: string } | "all" {
  switch (form.intent) {
    case "read":
      return { id: form.id };
    case "seen":
      return { subjectId: form.subject };
    case "read-all":
      return "all";
  }
}
