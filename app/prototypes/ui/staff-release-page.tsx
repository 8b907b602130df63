import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { Select, TextField } from "~/ui/fields";
import { PostForm, useField } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import { type Choice, type ReleasePage, STAGE_MAX } from "../prototype-page";
import { STAGE_RULES } from "../verdict";
import { useRefusals } from "./staff-states";

type Props = { page: ReleasePage; failure: FormFailure | undefined };

/** Where a version is released: first to whom, then from when on, whom of them, and who answers by when. */
export function StaffReleasePage({ page, failure }: Props) {
  const t = useTranslations("prototypes.release");
  const { prototype, version, chosen, isApproved } = page;
  return (
    <div className="max-w-180">
      <PageHeader
        above={<WayUp to={`/staff/prototypes/${prototype.id}`}>{prototype.name}</WayUp>}
        title={t("title", { number: version.number })}
        lead={t("lead")}
      />
      {isApproved && (
        <div className="mb-5">
          <Notice tone="info">{t("approved")}</Notice>
        </div>
      )}
      {chosen ? <Terms page={page} chosen={chosen} failure={failure} /> : <Choosing page={page} />}
    </div>
  );
}

function Choosing({ page: { accounts, version, prototype, isApproved } }: Pick<Props, "page">) {
  const t = useTranslations("prototypes.release");
  const to = (who: string) => `/staff/prototypes/${prototype.id}/release?version=${version.id}&to=${who}`;
  return (
    <section aria-labelledby="who" className="flex flex-col gap-3">
      <h2 id="who" className="text-lg font-semibold">
        {t("who")}
      </h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {!isApproved && (
          <li className="flex min-h-12 flex-wrap items-center gap-x-3 px-4 py-2">
            <Link to={to("us")} className="link">
              {t("us")}
            </Link>
            <span className="text-sm text-muted">{t("usText")}</span>
          </li>
        )}
        {accounts.map(({ id, name, shown }) => (
          <li key={id} className="flex min-h-12 flex-wrap items-center gap-x-3 px-4 py-2">
            {shown ? (
              <>
                <span>{name}</span> <span className="text-sm text-muted">{t("already")}</span>
              </>
            ) : (
              <Link to={to(id)} className="link">
                {name}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type TermsProps = Props & { chosen: NonNullable<ReleasePage["chosen"]> };

function Terms({ page, chosen, failure }: TermsProps) {
  const t = useTranslations("prototypes.release");
  const rules = useTranslations("prototypes.rule");
  const sentences = useRefusals();
  const { account, people } = chosen;
  const labels = {
    to: t("to", { account: account?.name ?? t("us") }),
    from: t("from"),
    stage: t("stage"),
    rule: t("rule"),
    due: t("due"),
  };
  return (
    <PostForm name="release" failure={failure} labels={labels} sentences={sentences}>
      <p>
        <span className="font-medium">{account?.name ?? t("us")}</span>{" "}
        <Link to={`/staff/prototypes/${page.prototype.id}/release?version=${page.version.id}`} className="link">
          {t("another")}
        </Link>
      </p>
      {account && (
        <>
          <input type="hidden" name="account" value={account.id} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              name="to"
              label={labels.to}
              options={[
                { value: "all", label: t("all") },
                { value: "named", label: t("named") },
              ]}
            />
            <TextField name="from" label={labels.from} help={t("fromHelp")} type="date" optional />
          </div>
        </>
      )}
      <People people={people} isOurs={account === null} mayAsk={!page.isApproved} />
      {!page.isApproved && (
        <fieldset className="flex flex-col gap-4">
          <legend className="mb-3 text-lg font-semibold">{t("review")}</legend>
          <TextField
            name="stage"
            label={labels.stage}
            help={t("stageHelp")}
            maxLength={STAGE_MAX}
            optional={account !== null}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Select
              name="rule"
              label={labels.rule}
              options={STAGE_RULES.map((rule) => ({ value: rule, label: rules(rule) }))}
            />
            <TextField name="due" label={labels.due} help={t("dueHelp")} type="date" optional />
          </div>
        </fieldset>
      )}
      <Send label={account ? t("send") : t("sendAsk")} look="main" />
    </PostForm>
  );
}

function People({ people, isOurs, mayAsk }: { people: readonly Choice[]; isOurs: boolean; mayAsk: boolean }) {
  const t = useTranslations("prototypes.release");
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium">{t("people")}</legend>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {people.map(({ id, name, mayAnswer }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-5 px-4 py-1">
            <span className="min-w-0 grow basis-40 wrap-anywhere">{name}</span>
            {!isOurs && <Tick name={`shown-${id}`} label={t("shownTick")} of={name} />}
            {mayAsk && mayAnswer && <Tick name={`asked-${id}`} label={t("askedTick")} of={name} />}
            {mayAsk && mayAnswer && <Tick name={`decides-${id}`} label={t("decidesTick")} of={name} />}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Tick({ name, label, of }: { name: string; label: string; of: string }) {
  const { typed } = useField(name);
  return (
    <label className="inline-flex min-h-11 items-center gap-2 pointer-fine:min-h-9">
      <input
        type="checkbox"
        name={name}
        aria-label={`${label}: ${of}`}
        defaultChecked={typed !== undefined}
        className="size-4 accent-accent"
      />
      {label}
    </label>
  );
}
