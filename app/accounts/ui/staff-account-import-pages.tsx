import { Form, Link } from "@remix-run/react";
import { Download } from "lucide-react";
import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
import { Button, LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Check } from "~/ui/switch";
import { Cell, Table } from "~/ui/table";
import { WayUp } from "~/ui/way-up";
import { IMPORT_LETTERS_A_DAY, type ImportCells, type ImportVerdict, type ImportWhy } from "../account-import";
import { type AccountAnswer, Part, Refusal } from "./staff-account-frame";

/** Why a file could not be read, as a key of its sentence. */
export type FileWhy = "no-file" | "not-utf8" | "empty" | "damaged" | "too-long" | "no-names";

function BackToAccounts() {
  const t = useTranslations("staffAccounts.list");
  return <WayUp to="/staff/accounts">{t("title")}</WayUp>;
}

/** Chooses a file to check. */
export function StaffAccountImportPage({ why }: { why: FileWhy | null }) {
  const t = useTranslations("staffAccounts.import");
  return (
    <>
      <PageHeader above={<BackToAccounts />} title={t("title")} lead={t("lead")} />
      {why && (
        <div className="mb-5 max-w-160">
          <Notice tone="danger" takesFocus>
            {t(`fileWhy.${why}`)}
          </Notice>
        </div>
      )}
      <div className="max-w-160">
        <Part id="file" title={t("file")} lead={t("columns")}>
          {/* A whole document, so that the browser itself shows how far the file has come. */}
          <Form method="post" encType="multipart/form-data" reloadDocument className="flex flex-col gap-3">
            <input
              type="file"
              name="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              aria-labelledby="file"
              className="w-full rounded-md border border-edge bg-surface p-2"
            />
            <div>
              <Button look="main">{t("check")}</Button>
            </div>
          </Form>
        </Part>
      </div>
    </>
  );
}

type Row = {
  line: number;
  cells: ImportCells;
  verdict: ImportVerdict;
  why: ImportWhy | null;
  duplicateOf: string | null;
  duplicateName: string | null;
  made: string | null;
};
type Props = {
  head: {
    id: string;
    fileName: string;
    createdAt: Date;
    confirmedAt: Date | null;
    who: string;
    new: number;
    duplicate: number;
    refused: number;
  };
  rows: readonly Row[];
  next: number | null;
  verdict: ImportVerdict | null;
  mine: boolean;
  refused?: AccountAnswer["refused"];
  failure?: AccountAnswer["failure"];
};

const TONES: Record<ImportVerdict, BadgeTone> = { new: "success", duplicate: "warning", refused: "danger" };
const VERDICTS = [null, "new", "duplicate", "refused"] as const;

/** What would become of each line of a file, and once confirmed, what became of it. */
export function StaffAccountImportPreview({ head, rows, next, verdict, mine, refused, failure }: Props) {
  const t = useTranslations("staffAccounts.import");
  const base = `/staff/accounts/import/${head.id}`;
  const counts = { new: head.new, duplicate: head.duplicate, refused: head.refused };
  const query = (filter: ImportVerdict | null, after?: number) => {
    const search = new URLSearchParams({ ...(filter && { verdict: filter }), ...(after && { after: String(after) }) });
    return search.size > 0 ? `${base}?${search}` : base;
  };
  return (
    <>
      <PageHeader
        above={<BackToAccounts />}
        title={t("checked", { file: head.fileName })}
        lead={t.rich("by", { who: head.who, date: () => <DateTime key="date" at={head.createdAt} /> })}
      >
        <LinkButton to="/staff/accounts/import">{t("another")}</LinkButton>
        {head.duplicate + head.refused > 0 && (
          <LinkButton to={`${base}/left-out`} reloadDocument>
            <Download className="size-4" aria-hidden="true" />
            {t("download")}
          </LinkButton>
        )}
      </PageHeader>
      <Refusal refused={refused} />
      <div className="mb-5 flex flex-col gap-4">
        <Notice tone={head.confirmedAt ? "success" : "info"}>
          {head.confirmedAt ? t("doneSum", counts) : t("sum", counts)}
        </Notice>
        {!head.confirmedAt && head.new === 0 && <p>{t("nothing")}</p>}
        {!head.confirmedAt && mine && (
          <Form method="post" className="flex flex-col gap-3">
            {head.new > 0 && (
              <Check
                name="invite"
                label={t("invite")}
                help={t("inviteHelp", { limit: IMPORT_LETTERS_A_DAY })}
                defaultChecked={failure?.values.invite !== undefined}
              />
            )}
            <div className="flex flex-wrap gap-3">
              {head.new > 0 && (
                <Button look="main" name="form" value="confirm">
                  {t("confirm", { count: head.new })}
                </Button>
              )}
              <Button name="form" value="drop">
                {t("drop")}
              </Button>
            </div>
          </Form>
        )}
        <nav aria-label={t("only")}>
          <ul className="flex flex-wrap gap-1.5">
            {VERDICTS.map((one) => (
              <li key={one ?? "all"}>
                <Link
                  to={query(one)}
                  aria-current={one === verdict ? "true" : undefined}
                  className="inline-flex min-h-11 items-center rounded-full border border-line px-3.5 text-sm text-muted hover:border-edge hover:text-ink aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:text-accent pointer-fine:min-h-8"
                >
                  {one ? t(`verdict.${one}`) : t("all")}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <Table caption={t("checked", { file: head.fileName })} head={[t("line"), t("name"), t("what")]} numbers={[0]}>
        {rows.map((row) => (
          <tr key={row.line}>
            <Cell number>{row.line}</Cell>
            <Cell>
              {/* One below the other, so that a phone shows what becomes of a line beside it. */}
              <span className="wrap-anywhere">
                {row.made ? <AccountLink id={row.made} name={row.cells.name ?? ""} /> : row.cells.name}
                <span className="block text-sm text-muted">{row.cells.email ?? row.cells.domain}</span>
              </span>
            </Cell>
            <Cell>
              <span className="flex flex-wrap items-center gap-2 wrap-anywhere">
                <Badge tone={TONES[row.verdict]}>{t(`verdict.${row.verdict}`)}</Badge>
                {row.why && <span>{t(`why.${row.why}`)}</span>}
                {row.duplicateOf && row.duplicateName && <AccountLink id={row.duplicateOf} name={row.duplicateName} />}
              </span>
            </Cell>
          </tr>
        ))}
      </Table>
      {next && (
        <p className="mt-4 text-center">
          <Link to={query(verdict, next)} className="link">
            {t("more")}
          </Link>
        </p>
      )}
    </>
  );
}

function AccountLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/staff/accounts/${id}`} className="link">
      {name}
    </Link>
  );
}
