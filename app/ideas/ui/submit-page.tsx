import { type FormEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { RichTextView } from "~/collab/ui/rich-text-view";
import type { FormFailure } from "~/kernel/form";
import { TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { BODY_MAX, TITLE_MAX } from "../idea";
import { richFromTyped } from "../idea-text";
import { Send } from "./conversation";
import { FormatBar } from "./format-bar";
import { BackLink } from "./idea-page";

type Props = { account: string; maySubmit: boolean; failure: FormFailure | undefined; draft: string };

/** Suggesting an idea: a line and a text, with and without JavaScript. */
export function SubmitPage({ account, maySubmit, failure, draft }: Props) {
  const t = useTranslations("ideas.submit");
  const labels = { title: t("titleLabel"), text: t("bodyLabel") };
  return (
    <div className="max-w-180">
      <PageHeader above={<BackLink to="/ideas" />} title={t("title")} lead={t("lead")} />
      {maySubmit || failure ? (
        <PostForm name="idea" failure={failure} labels={labels} draft={draft}>
          <TextField name="title" label={labels.title} help={t("titleHint")} maxLength={TITLE_MAX} autoComplete="off" />
          <IdeaText label={labels.text} typed={failure?.values.text ?? ""} />
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Send label={t("send")} look="main" />
            <p className="text-sm text-muted">{t("visible", { account })}</p>
          </div>
        </PostForm>
      ) : (
        <Notice tone="info">{t("viewer")}</Notice>
      )}
    </div>
  );
}

/** The text, with buttons that write its signs and a look at what they make, as soon as the browser can. */
function IdeaText({ label, typed }: { label: string; typed: string }) {
  const t = useTranslations("ideas.submit");
  const [text, setText] = useState(typed);
  const [field, setField] = useState<HTMLTextAreaElement | null>(null);
  useEffect(() => {
    const found = document.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    setField(found);
    // A draft is put back before anything is typed.
    const look = requestAnimationFrame(() => setText(found?.value ?? ""));
    return () => cancelAnimationFrame(look);
  }, []);
  const follow = (event: FormEvent<HTMLTextAreaElement>) => setText(event.currentTarget.value);
  return (
    <div className="flex flex-col gap-2">
      {/* The field grows with what is typed, from more than the usual few lines. */}
      <div className="[&_textarea]:min-h-56">
        <TextArea name="text" label={label} help={t("bodyHint")} maxLength={BODY_MAX} rows={10} onInput={follow} />
      </div>
      {field && <FormatBar field={field} />}
      {field && (
        <details className="rounded-md border border-line px-4 py-2.5">
          <summary className="font-medium text-muted">{t("preview")}</summary>
          <div className="pt-3 pb-1">
            {text.trim() ? (
              <RichTextView doc={richFromTyped(text)} />
            ) : (
              <p className="text-muted">{t("previewEmpty")}</p>
            )}
          </div>
        </details>
      )}
    </div>
  );
}
