import { useMatches } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { Command } from "~/ui/command";

/** What the page of an account was loaded with, as far as it says what its reader may do there. */
type Open =
  | {
      account?: { id: string; name: string; state: string };
      mayManage?: boolean;
      mayChange?: boolean;
      mayView?: boolean;
    }
  | undefined;

const PARTS = ["sites", "people", "team", "history"] as const;
const MANAGED = ["merge", "close"] as const;

/**
 * For staff, on any page of an account: the way to its parts and its ideas, inviting somebody to it, and from its first page
 * changing it and looking as it. Nothing elsewhere, and nothing of what the reader may not.
 */
export function useAccountCommands(): Command[] {
  const t = useTranslations();
  const page = useMatches().at(-1);
  const open = page?.id.startsWith("routes/staff.accounts.$accountId") ? (page.data as Open) : undefined;
  if (!open?.account) return [];
  const { id, name, state } = open.account;
  const base = `/staff/accounts/${id}`;
  const group = t("ui.palette.do");
  const leads = (to: string, label: string): Command => ({ id: to, to, label, group });
  const about = (which: string) => t("ui.palette.about", { what: name, which });
  const commands = [...PARTS, ...(open.mayManage ? MANAGED : [])].map((part) =>
    leads(`${base}/${part}`, about(t(`staffAccounts.tabs.${part}`))),
  );
  commands.push(leads(`/staff/ideas?account=${id}`, about(t("ideas.list.title"))));
  if (open.mayManage && state === "open") {
    commands.push(leads(`/staff/people/invite?account=${id}`, t("accounts.invite.accountTitle", { account: name })));
  }
  if (open.mayChange) commands.push(leads(`${base}/edit`, about(t("staffAccounts.account.change"))));
  if (open.mayView) {
    const label = about(t("staffAccounts.account.viewAs"));
    commands.push({ id: `${base} view`, label, group, post: base, fields: { form: "view" } });
  }
  return commands;
}
