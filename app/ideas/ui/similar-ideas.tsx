import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { FORM_NAME } from "~/ui/form";
import { isEnough, SIMILAR_TEXT, type SimilarIdea } from "../idea-similar";
import { StatusBadge } from "./status";

const WAIT_MS = 120;

/**
 * Ideas like the title and the beginning of the text that are being typed: asked for once the typing pauses, an answer that came too late is thrown away. Before the
 * browser asks by itself, those that the server sent along.
 */
export function useSimilar(title: string, whole: string, sent: readonly SimilarIdea[] | null): readonly SimilarIdea[] {
  const text = whole.slice(0, SIMILAR_TEXT);
  const [found, setFound] = useState<readonly SimilarIdea[]>(sent ?? []);
  useEffect(() => {
    if (!isEnough(title) && !isEnough(text)) return setFound([]);
    const asking = new AbortController();
    const timer = setTimeout(() => {
      ask({ q: title, text }, asking.signal).then(
        (ideas) => asking.signal.aborted || setFound(ideas),
        // Without an answer the last one stands; nothing about sending depends on it.
        () => undefined,
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [title, text]);
  return found;
}

async function ask(typed: { q: string; text: string }, signal: AbortSignal): Promise<SimilarIdea[]> {
  const answer = await fetch(`/api/ideas/similar?${new URLSearchParams(typed)}`, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as SimilarIdea[];
}

/** What is there already and may only need support. */
export function SimilarIdeas({ ideas }: { ideas: readonly SimilarIdea[] }) {
  const t = useTranslations("ideas.similar");
  return (
    <>
      <p role="status" className="sr-only">
        {ideas.length > 0 && t("found", { count: ideas.length })}
      </p>
      {ideas.length > 0 && (
        <section
          aria-labelledby="similar"
          className="flex flex-col gap-2 rounded-md border border-info/40 bg-info-soft px-4 py-3"
        >
          <h2 id="similar" className="font-medium">
            {t("found", { count: ideas.length })}
          </h2>
          <p className="text-sm text-muted">{t("lead")}</p>
          <ul className="flex flex-col divide-y divide-line">
            {ideas.map((idea) => (
              <li key={idea.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <a
                  href={`/ideas/${idea.id}`}
                  target="_blank"
                  rel="noreferrer"
                  className="link min-w-0 grow basis-52 font-medium"
                >
                  {idea.title}
                </a>
                <StatusBadge status={idea.status} />
                <span className="text-sm text-muted tabular">
                  {t("accounts", { count: idea.accounts })} · {t("people", { count: idea.people })}
                </span>
                <Support idea={idea} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Supports an idea from where one is typing; without JavaScript its page does. Nothing of the form is lost. */
function Support({ idea }: { idea: SimilarIdea }) {
  const t = useTranslations("ideas.similar");
  const fetcher = useFetcher<object>();
  // Taken, the idea's page answers with nothing; refused, with why.
  const done = fetcher.data !== undefined && Object.keys(fetcher.data).length === 0;
  const supported = idea.supported || fetcher.state !== "idle" || done;
  if (supported) {
    return (
      <span role="status" className="text-sm font-medium text-success">
        {t("supported")}
      </span>
    );
  }
  const send = () =>
    fetcher.submit({ [FORM_NAME]: "support", quick: "yes" }, { method: "post", action: `/ideas/${idea.id}` });
  return (
    <Button type="button" aria-label={t("supportOf", { title: idea.title })} onClick={send}>
      {t("support")}
    </Button>
  );
}
