import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { Select, TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { EVIDENCE_MAX, type IdeaPageData, type Refusal, SOURCES } from "../idea-page";
import { EvidenceList } from "./evidence-list";
import { QuickForm, useQuick, WhyNot } from "./quick-form";
import { Send } from "./send";
import { Counts } from "./support-panel";

type Choices = { accounts: readonly string[]; today: string };

/** Who needs this, with the evidence of every account; and what staff add on behalf of one. */
export function StaffSupport({
  page,
  may,
  choices,
  failure,
  refused,
}: {
  page: IdeaPageData;
  may: boolean;
  choices: Choices | null;
  failure: FormFailure | undefined;
  refused: Refusal | null;
}) {
  const t = useTranslations("ideas");
  const { idea, evidence } = page;
  return (
    <section aria-labelledby="support" className="flex flex-col gap-3">
      <h2 id="support" className="text-lg font-semibold">
        {t("support.title")}
      </h2>
      <Counts accounts={idea.supportAccounts} people={idea.supportPeople} />
      <WhyNot why={refused} />
      {evidence.rows.length > 0 ? (
        <EvidenceList
          evidence={evidence}
          attachments={page.attachments}
          act={(one) => may && one.onBehalfBy && one.ideaId === idea.id && <TakeBack id={one.id} />}
        />
      ) : (
        <p className="text-muted">{t("support.none")}</p>
      )}
      {may && !choices && (
        <Link to="?panel=behalf" preventScrollReset className="link inline-flex min-h-8 items-center self-start">
          {t("behalf.open")}
        </Link>
      )}
      {may && choices && <BehalfForm choices={choices} failure={failure} />}
    </section>
  );
}

function TakeBack({ id }: { id: string }) {
  const t = useTranslations("ideas.behalf");
  const quick = useQuick();
  return (
    <>
      <QuickForm quick={quick} name="unbehalf" fields={{ support: id }}>
        <Button look="quiet" busy={quick.sent !== null} className="-ml-3.5">
          {t("takeBack")}
        </Button>
      </QuickForm>
      <WhyNot why={quick.why} />
    </>
  );
}

function BehalfForm({ choices, failure }: { choices: Choices; failure: FormFailure | undefined }) {
  const t = useTranslations("ideas.behalf");
  const source = useTranslations("ideas.support.source");
  const labels = {
    account: t("account"),
    person: t("person"),
    source: t("source"),
    saidOn: t("saidOn"),
    words: t("words"),
  };
  const sentences = {
    "no-such-account": t("noSuchAccount"),
    "no-such-person": t("noSuchPerson"),
    already: t("already"),
  };
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-surface px-4 py-4">
      <h3 className="font-semibold">{t("title")}</h3>
      <PostForm
        name="behalf"
        failure={failure}
        labels={labels}
        sentences={sentences}
        className="grid gap-4 sm:grid-cols-2"
      >
        <TextField name="account" label={labels.account} list="accounts" autoComplete="off" />
        <datalist id="accounts">
          {choices.accounts.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextField name="person" label={labels.person} help={t("personHelp")} optional autoComplete="off" />
        <Select
          name="source"
          label={labels.source}
          options={SOURCES.map((one) => ({ value: one, label: source(one) }))}
        />
        <TextField name="saidOn" label={labels.saidOn} type="date" max={choices.today} defaultValue={choices.today} />
        <div className="flex flex-col gap-4 sm:col-span-2">
          <TextArea
            name="words"
            label={labels.words}
            help={t("wordsHelp")}
            optional
            maxLength={EVIDENCE_MAX}
            rows={2}
          />
          <Send label={t("send")} />
        </div>
      </PostForm>
      <Link to="?" preventScrollReset className="link self-start text-sm">
        {t("close")}
      </Link>
    </div>
  );
}
