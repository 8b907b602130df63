import { env } from "~/kernel/env.server";
import { asSystem } from "~/kernel/system-tx.server";
import { guestLinkLetter } from "./emails/guest";
import { findWish, keepLink } from "./guest.queries.server";
import { queueLetter } from "./invitation.queries.server";
import { newToken } from "./invitation-token.server";

/**
 * The job `mail_guest_link`: puts the letter with a guest's link into the outbox. Its token is made here and stands in that
 * letter alone. Does nothing for a wish that was answered before, or for a guest who was shown out meanwhile.
 */
export async function mailGuestLink(payload: unknown): Promise<void> {
  const grantId = typeof payload === "object" && payload !== null && "grant" in payload ? String(payload.grant) : "";
  await asSystem("mail a guest's link", async (tx) => {
    const wish = await findWish(tx, grantId);
    if (!wish) return;
    const { token, hash } = newToken();
    await keepLink(tx, grantId, hash, wish.linkAskedAt);
    const { email: recipient, language } = wish;
    const link = `${env().APP_ORIGIN}/guest/${token}`;
    await queueLetter(tx, { recipient, language, ...guestLinkLetter({ ...wish, link }) });
  });
}
