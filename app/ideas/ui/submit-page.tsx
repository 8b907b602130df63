import { type ComponentType, type FormEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { Product } from "~/catalog/product";
import { ProductFields, useQuestionLabels } from "~/catalog/ui/product-fields";
import type { FormFailure } from "~/kernel/form";
import { TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { ReadingNote, useOnlyReading } from "~/ui/reading";
import { BODY_MAX, TITLE_MAX } from "../idea";
import { ANSWER_DAYS } from "../idea-clock";
import type { SimilarIdea } from "../idea-similar";
import { AttachmentField } from "./attachment-field";
import { BackLink } from "./back-link";
import { Choices } from "./choices";
import { FormatBar } from "./format-bar";
import { Send } from "./send";
import { SimilarIdeas, useSimilar } from "./similar-ideas";

type Props = {
  account: string;
  maySubmit: boolean;
  products: readonly Product[];
  draft: string;
  failure: FormFailure | undefined;
  /** What the server found, for browsers that do not ask by themselves; null: it did not look. */
  similar: readonly SimilarIdea[] | null;
};

/** Suggesting an idea, with and without JavaScript: what is like it comes up while it is typed. */
export function SubmitPage({ account, maySubmit, products, draft, failure, similar }: Props) {
  const t = useTranslations("ideas.submit");
  const reading = useOnlyReading();
  const labels = { title: t("titleLabel"), text: t("bodyLabel"), ...useQuestionLabels(products) };
  return (
    <div className="max-w-180">
      <PageHeader above={<BackLink to="/ideas" />} title={t("title")} lead={t("lead")} />
      {(maySubmit || failure) && !reading ? (
        <PostForm name="idea" failure={failure} labels={labels} draft={draft} multipart>
          {similar && <Notice tone="info">{t("looked")}</Notice>}
          <Words labels={labels} typed={failure?.values ?? {}} sent={similar} />
          <Kind />
          <ProductFields products={products} />
          <AttachmentField draft={draft} />
          <Visibility account={account} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Send label={t("send")} look="main" />
            <noscript>
              <button type="submit" name="intent" value="look" className="link min-h-11">
                {t("look")}
              </button>
            </noscript>
          </div>
        </PostForm>
      ) : (
        <Notice tone="info">{reading ? <ReadingNote /> : t("viewer")}</Notice>
      )}
    </div>
  );
}

/** Follows what stands in a field; a draft is put back into it before anything is typed. */
function useTyped<F extends HTMLInputElement | HTMLTextAreaElement>(name: string, first: string) {
  const [text, setText] = useState(first);
  const [field, setField] = useState<F | null>(null);
  useEffect(() => {
    const found = document.querySelector<F>(`[name=${name}]`);
    setField(found);
    const look = requestAnimationFrame(() => setText(found?.value ?? ""));
    return () => cancelAnimationFrame(look);
  }, [name]);
  return {
    text,
    field,
    follow: (event: FormEvent<F>) => setText(event.currentTarget.value),
  };
}

type WordsProps = {
  labels: { title: string; text: string };
  typed: Readonly<Record<string, string>>;
  sent: readonly SimilarIdea[] | null;
};

/** Title and text, and between them what is like both. */
function Words({ labels, typed, sent }: WordsProps) {
  const t = useTranslations("ideas.submit");
  const title = useTyped<HTMLInputElement>("title", typed.title ?? "");
  const text = useTyped<HTMLTextAreaElement>("text", typed.text ?? "");
  const ideas = useSimilar(title.text, text.text, sent);
  return (
    <>
      <TextField
        name="title"
        label={labels.title}
        help={t("titleHint")}
        maxLength={TITLE_MAX}
        autoComplete="off"
        onInput={title.follow}
      />
      <SimilarIdeas ideas={ideas} />
      <IdeaText label={labels.text} typed={text} />
    </>
  );
}

/** The text, with buttons that write its signs and a look at what they make, as soon as the browser can. */
function IdeaText({ label, typed }: { label: string; typed: ReturnType<typeof useTyped<HTMLTextAreaElement>> }) {
  const t = useTranslations("ideas.submit");
  const { text, field, follow } = typed;
  const [Preview, setPreview] = useState<ComponentType<{ typed: string }> | null>(null);
  const load = () => {
    import("./typed-preview").then(
      (loaded) => setPreview(() => loaded.TypedPreview),
      // Without the look nothing else is missing; the next opening tries again.
      () => undefined,
    );
  };
  return (
    <div className="flex flex-col gap-2">
      {/* The field grows with what is typed, from more than the usual few lines. */}
      <div className="[&_textarea]:min-h-40">
        <TextArea name="text" label={label} help={t("bodyHint")} maxLength={BODY_MAX} rows={7} onInput={follow} />
      </div>
      {field && <FormatBar field={field} />}
      {field && (
        <details className="rounded-md border border-line px-4 py-2.5" onToggle={load}>
          <summary className="font-medium text-muted">{t("preview")}</summary>
          <div className="pt-3 pb-1">
            {text.trim() && Preview ? <Preview typed={text} /> : <p className="text-muted">{t("previewEmpty")}</p>}
          </div>
        </details>
      )}
    </div>
  );
}

function Kind() {
  const t = useTranslations("ideas.submit");
  const options = (["suggestion", "complaint", "both"] as const).map((value) => ({
    value,
    label: t(`kind.${value}`),
    help: value === "both" ? t("kindHelp.both") : t(`kindHelp.${value}`, { days: ANSWER_DAYS[value] }),
  }));
  return <Choices name="kind" label={t("kindLabel")} options={options} initial="suggestion" />;
}

function Visibility({ account }: { account: string }) {
  const t = useTranslations("ideas.submit");
  const options = [
    { value: "account", label: t("visibility.account"), help: t("visibilityHelp.account", { account }) },
    { value: "all_customers", label: t("visibility.all_customers"), help: t("visibilityHelp.all_customers") },
  ];
  return <Choices name="visibility" label={t("visibilityLabel")} options={options} initial="account" />;
}
