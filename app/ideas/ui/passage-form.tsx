import { useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { flatOfRich, linesOf, lineWords } from "~/collab/passage-text";
import type { RichDoc } from "~/collab/rich-text";
import type { Picked } from "~/collab/ui/passage-props";
import type { FormFailure } from "~/kernel/form";
import { Select } from "~/ui/fields";
import { FORM_NAME, PostForm } from "~/ui/form";
import { Send } from "./send";
import { keptWhenEnded, TalkArea, type Talker } from "./talk-area";

type Props = {
  talk: Talker;
  brief: RichDoc;
  picked: Picked | null;
  failure: FormFailure | undefined;
  draft: string;
  /** What was picked is sent, or to be forgotten. */
  onDone: () => void;
};

/** More lines than this nobody goes through in a list: in a longer text a passage is chosen in the text itself. */
const LINES_MAX = 400;
const LABEL = 90;

/** Begins a thread: about what was chosen in the live text, or about a line chosen here, which needs neither scripts nor a mouse. */
export function PassageForm({ talk, brief, picked, failure, draft, onDone }: Props) {
  const t = useTranslations("collab.passages");
  const labels = { line: t("line"), comment: t("commentLabel") };
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (picked) around.current?.querySelector("textarea")?.focus();
  }, [picked]);
  const { state, formData } = useNavigation();
  const sent = useRef(false);
  useEffect(() => {
    const sending = formData?.get(FORM_NAME) === "passage";
    if (sent.current && state === "idle" && !failure) onDone();
    sent.current = sending || (sent.current && state !== "idle");
  });
  return (
    <div ref={around}>
      <PostForm
        name="passage"
        failure={failure}
        labels={labels}
        sentences={{ "passage-gone": t("passageGone") }}
        draft={draft}
        className={keptWhenEnded(talk.guest)}
      >
        {picked ? (
          <>
            <input type="hidden" name="start" value={picked.start} />
            <input type="hidden" name="end" value={picked.end} />
            <p className="text-sm text-muted">{t("about")}</p>
            <blockquote className="max-h-40 overflow-y-auto border-l-2 border-accent pl-3 whitespace-pre-wrap wrap-anywhere">
              {picked.quote}
            </blockquote>
            {!talk.guest?.ended && (
              <button type="button" className="link self-start py-1 text-sm" onClick={onDone}>
                {t("another")}
              </button>
            )}
          </>
        ) : (
          <Select name="line" label={labels.line} help={t("lineHelp")} options={optionsOf(brief, t("choose"))} />
        )}
        <TalkArea talk={talk} name="comment" label={labels.comment} rows={3} />
        {!talk.guest?.ended && <Send label={t("send")} />}
      </PostForm>
    </div>
  );
}

function optionsOf(brief: RichDoc, choose: string) {
  const lines = linesOf(flatOfRich(brief)).slice(0, LINES_MAX);
  return [
    { value: "", label: choose },
    ...lines.map(({ at, text }) => {
      const words = lineWords(text);
      return { value: `${at}:${words}`, label: words.length > LABEL ? `${words.slice(0, LABEL)}…` : words };
    }),
  ];
}
