import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Tabs } from "~/ui/tabs";
import { WayUp } from "~/ui/way-up";
import type { AccountHead } from "../staff-account";

/** What an action of these pages answers when it did not do what it was asked. */
export type AccountAnswer = { failure?: FormFailure; refused?: { why: string; what?: string | null } };

type Props = {
  account: AccountHead;
  mayManage: boolean;
  refused?: AccountAnswer["refused"];
  /** The page's main action, beside the heading. */
  actions?: ReactNode;
  children: ReactNode;
};

/** What stands around every page of an account: its name, where it stands, the way to its parts. */
export function StaffAccountFrame({ account, mayManage, refused, actions, children }: Props) {
  const t = useTranslations("staffAccounts");
  const base = `/staff/accounts/${account.id}`;
  const tabs = [
    { to: base, label: t("tabs.overview"), exact: true },
    { to: `${base}/sites`, label: t("tabs.sites") },
    { to: `${base}/people`, label: t("tabs.people") },
    { to: `${base}/team`, label: t("tabs.team") },
    { to: `${base}/history`, label: t("tabs.history") },
    ...(mayManage ? [{ to: `${base}/merge`, label: t("tabs.merge") }] : []),
    ...(mayManage ? [{ to: `${base}/close`, label: t("tabs.close") }] : []),
  ];
  return (
    <>
      <PageHeader
        above={<WayUp to="/staff/accounts">{t("list.title")}</WayUp>}
        title={account.name}
        lead={t.rich("account.since", {
          kind: t(`kind.${account.kind}`),
          date: () => <DateTime key="date" at={account.createdAt} time={false} />,
        })}
      >
        {actions}
      </PageHeader>
      {account.mergedInto && (
        <div className="mb-5">
          <Notice tone="warning">
            {t.rich("account.mergedInto", {
              name: account.mergedInto.name,
              link: (words) => (
                <Link key="into" to={`/staff/accounts/${account.mergedInto?.id}`} className="link">
                  {words}
                </Link>
              ),
            })}
          </Notice>
        </div>
      )}
      {account.closedAt && (
        <div className="mb-5">
          <Notice tone="warning">
            {t.rich("account.closed", {
              date: () => <DateTime key="date" at={account.closedAt ?? account.createdAt} time={false} />,
            })}
          </Notice>
        </div>
      )}
      <Tabs label={t("tabs.label")} tabs={tabs} />
      <Refusal refused={refused} />
      {children}
    </>
  );
}

/** Why something was not done, in a sentence that takes the focus. */
export function Refusal({ refused }: { refused: AccountAnswer["refused"] }) {
  const t = useTranslations("staffAccounts.refusal");
  if (!refused) return null;
  const key = refused.why as Parameters<typeof t>[0];
  return (
    <div className="mb-5">
      <Notice tone="danger" takesFocus>
        {t(key, { what: refused.what ?? "" })}
      </Notice>
    </div>
  );
}

/** A part of a page with its heading. */
export function Part({ id, title, lead, children }: { id: string; title: string; lead?: string; children: ReactNode }) {
  return (
    <section
      aria-labelledby={id}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface px-4 py-4"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {lead && <p className="text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
