import { useMatches } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { Command } from "~/ui/command";

/** What the page of an account was loaded with, as far as it says whether its reader invites people there. */
type Open = { account?: { id: string; name: string; state: string }; mayManage?: boolean } | undefined;

/** For staff, on any page of an account: inviting somebody to it. Nothing elsewhere, and nothing for who may not. */
export function useAccountCommands(): Command[] {
  const t = useTranslations("accounts.invite");
  const group = useTranslations("ui.palette")("do");
  const page = useMatches().at(-1);
  const open = page?.id.startsWith("routes/staff.accounts.$accountId") ? (page.data as Open) : undefined;
  if (!open?.account || !open.mayManage || open.account.state !== "open") return [];
  const { id, name } = open.account;
  const to = `/staff/people/invite?account=${id}`;
  return [{ id: to, to, label: t("accountTitle", { account: name }), group }];
}
