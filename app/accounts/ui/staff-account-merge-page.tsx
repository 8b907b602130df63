import { Form, Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { Button, LinkButton } from "~/ui/button";
import { ConfirmButton } from "~/ui/confirm";
import { SearchField } from "~/ui/search-field";
import { Cell, Table } from "~/ui/table";
import type { AccountHead, AccountRow } from "../staff-account";
import { type AccountAnswer, Part, StaffAccountFrame } from "./staff-account-frame";

const ROWS = ["people", "ideas", "comments", "support", "sites", "team", "values", "invitations", "other"] as const;
type Line = { row: (typeof ROWS)[number]; going: number; aside: number };

type Props = {
  account: AccountHead;
  mayManage: boolean;
  candidates: readonly AccountRow[];
  preview: { into: AccountHead; lines: readonly Line[] } | null;
  q: string;
  refused: AccountAnswer["refused"];
};

/** Chooses the account that another one is merged into, and shows what would go along before anything does. */
export function StaffAccountMergePage({ account, mayManage, candidates, preview, q, refused }: Props) {
  const t = useTranslations("staffAccounts");
  const kit = useTranslations("ui.list");
  const base = `/staff/accounts/${account.id}/merge`;
  return (
    <StaffAccountFrame account={account} mayManage={mayManage} refused={refused}>
      {mayManage && preview && <Preview account={account} preview={preview} base={base} />}
      {mayManage && !preview && (
        <Part id="into" title={t("merge.into")} lead={t("merge.lead", { name: account.name })}>
          <Form action={base} role="search" className="flex gap-2">
            <SearchField label={t("merge.search")} hint={t("list.hint")} value={q} clear={base} />
            <Button>{kit("search")}</Button>
          </Form>
          {candidates.length === 0 && <p className="text-muted">{t("merge.none")}</p>}
          <ul className="divide-y divide-line">
            {candidates.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
                <span className="min-w-0">
                  <Link to={`/staff/accounts/${one.id}`} className="font-medium hover:text-accent">
                    {one.name}
                  </Link>
                  <span className="text-muted">
                    {" "}
                    · {t(`kind.${one.kind}`)}
                    {one.domain && ` · ${one.domain}`}
                  </span>
                </span>
                <LinkButton to={`${base}?into=${one.id}`} aria-label={t("merge.choose", { name: one.name })}>
                  {t("merge.chooseShort")}
                </LinkButton>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </StaffAccountFrame>
  );
}

function Preview({
  account,
  preview,
  base,
}: {
  account: AccountHead;
  preview: NonNullable<Props["preview"]>;
  base: string;
}) {
  const t = useTranslations("staffAccounts");
  const names = { from: account.name, into: preview.into.name };
  const aside = preview.lines.some((line) => line.aside > 0);
  return (
    <Part id="preview" title={t("merge.preview", names)}>
      {preview.lines.length === 0 ? (
        <p>{t("merge.nothing")}</p>
      ) : (
        <Table
          // The part around it has the sentence for a name already, and no two places share one.
          caption={`${names.from} → ${names.into}`}
          head={[t("merge.table"), t("merge.going"), t("merge.aside")]}
          numbers={[1, 2]}
        >
          {preview.lines.map((line) => (
            <tr key={line.row}>
              <Cell>{t(`merge.rows.${line.row}`)}</Cell>
              <Cell number>{line.going}</Cell>
              <Cell number>{line.aside}</Cell>
            </tr>
          ))}
        </Table>
      )}
      {aside && <p className="text-muted">{t("merge.asideHelp")}</p>}
      <p className="text-muted">{t("merge.events", names)}</p>
      <div className="flex flex-wrap gap-3">
        <Form method="post" action={base}>
          <input type="hidden" name="into" value={preview.into.id} />
          <ConfirmButton
            question={t("merge.confirm", names)}
            explanation={t("merge.lead", { name: account.name })}
            yes={t("merge.confirm", names)}
          >
            {t("merge.confirm", names)}
          </ConfirmButton>
        </Form>
        <LinkButton to={base}>{t("merge.another")}</LinkButton>
      </div>
    </Part>
  );
}
