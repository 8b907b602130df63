import { now } from "~/kernel/clock";
import { env } from "~/kernel/env.server";
import { asSystem } from "~/kernel/system-tx.server";
import { invitationLetter } from "./emails/invitation";
import { mailGuestLink } from "./guest.jobs.server";
import { findLetter, keepToken, queueLetter } from "./invitation.queries.server";
import { newToken } from "./invitation-token.server";

/**
 * The job `send_invitation`: puts the letter of an invitation into the outbox. Its token is made here and stands in that
 * letter alone; done twice, the second letter's token is the one that opens. Does nothing for an invitation that was
 * accepted or taken back meanwhile.
 */
export async function sendInvitation(payload: unknown): Promise<void> {
  const id = typeof payload === "object" && payload !== null && "id" in payload ? String(payload.id) : "";
  await asSystem("write a letter of invitation", async (tx) => {
    const found = await findLetter(tx, id);
    if (!found) return;
    const { token, hash } = newToken();
    await keepToken(tx, id, hash, now());
    const link = `${env().APP_ORIGIN}/accept?${new URLSearchParams({ token })}`;
    const { email: recipient, language } = found;
    await queueLetter(tx, { recipient, language, ...invitationLetter({ ...found, link }) });
  });
}

/** Tasks of this module by name, for the worker. */
export const accountTasks = { send_invitation: sendInvitation, mail_guest_link: mailGuestLink };
