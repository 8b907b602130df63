import { type ComponentType, type ReactNode, startTransition, useEffect, useRef, useState } from "react";
import { IntlProvider } from "use-intl";
import { LOCALE_TAGS } from "~/kernel/locale";
import { useOnlyReading } from "~/ui/reading";
import { loadEditorWords, loadedWords, pageLocale } from "~/words";
import type { LiveBriefProps } from "./brief-props";
import { RichTextView } from "./rich-text-view";
import "./brief.css";

/**
 * The brief: the server's text at once, the live editor when it is on screen and the page has nothing else to load, or when
 * somebody means it. The text stays when scripts or the line fail, and for whoever only looks: no line is theirs.
 */
export function LiveBrief(props: LiveBriefProps): ReactNode {
  return useOnlyReading() ? <RichTextView doc={props.doc} /> : <Live {...props} />;
}

function Live(props: LiveBriefProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [Editor, setEditor] = useState<ComponentType<LiveBriefProps> | null>(null);

  useEffect(
    () =>
      whenWanted(frame.current, () => {
        Promise.all([import("./brief-editor"), loadEditorWords(pageLocale())]).then(
          ([module]) => startTransition(() => setEditor(() => module.default)),
          () => undefined, // The text that the server sent stays; the next visit tries again.
        );
      }),
    [],
  );

  return (
    <div ref={frame} className="live-brief" data-can-edit={props.canEdit} data-tools={Boolean(props.passages?.onPick)}>
      {Editor ? (
        <IntlProvider locale={LOCALE_TAGS[pageLocale()]} messages={loadedWords(pageLocale())}>
          <Editor {...props} />
        </IntlProvider>
      ) : (
        <>
          {/* As high as what the editor puts here, so that the text does not move when it comes. */}
          <div className="brief-head" />
          <RichTextView doc={props.doc} />
        </>
      )}
    </div>
  );
}

/** What shows that somebody means the brief: nothing is waited for then. */
const MEANT = ["pointerenter", "pointerdown", "focusin"] as const;

/**
 * Calls `then` once: when the element has come onto the screen, the page has loaded and the browser has nothing better to
 * do; at once when somebody points at it or comes to it by keyboard. Out: forgets it. On a phone the brief stands below the
 * fold: whoever only looks at an idea's status or supports it does not pay for an editor that is out of sight.
 */
function whenWanted(element: Element | null, then: () => void): () => void {
  if (!element) return () => undefined;
  const idle = (work: () => void) =>
    window.requestIdleCallback ? window.requestIdleCallback(work, { timeout: 1500 }) : setTimeout(work, 200);
  const over = new AbortController();
  const { signal } = over;
  const now = () => {
    if (signal.aborted) return;
    end();
    then();
  };
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    if (document.readyState === "complete") idle(now);
    else window.addEventListener("load", () => idle(now), { signal });
  });
  const end = () => {
    over.abort();
    observer.disconnect();
  };
  observer.observe(element);
  for (const sign of MEANT) element.addEventListener(sign, now, { signal });
  return end;
}
