import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";
import { IntlProvider } from "use-intl";
import { LOCALE_TAGS } from "~/kernel/locale";
import { loadEditorWords, loadedWords, pageLocale } from "~/words";
import type { LiveBriefProps } from "./brief-props";
import { RichTextView } from "./rich-text-view";
import "./brief.css";

/**
 * The brief: the server's text at once, the live editor when it is on screen and the browser is idle. The text stays
 * when scripts or the line fail.
 */
export function LiveBrief(props: LiveBriefProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [Editor, setEditor] = useState<ComponentType<LiveBriefProps> | null>(null);

  useEffect(
    () =>
      whenSeenAndIdle(frame.current, () => {
        Promise.all([import("./brief-editor"), loadEditorWords(pageLocale())]).then(
          ([module]) => setEditor(() => module.default),
          () => undefined, // The text that the server sent stays; the next visit tries again.
        );
      }),
    [],
  );

  return (
    <div ref={frame} className="live-brief" data-can-edit={props.canEdit}>
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

/** Calls `then` once the element has come near the screen and the browser has nothing better to do. */
function whenSeenAndIdle(element: Element | null, then: () => void): () => void {
  if (!element) return () => undefined;
  const idle = (work: () => void) =>
    window.requestIdleCallback ? window.requestIdleCallback(work, { timeout: 1500 }) : setTimeout(work, 200);
  let left = false;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      idle(() => {
        if (!left) then();
      });
    },
    { rootMargin: "300px" },
  );
  observer.observe(element);
  return () => {
    left = true;
    observer.disconnect();
  };
}
