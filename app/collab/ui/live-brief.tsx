import { type ReactNode, useEffect, useRef, useState } from "react";
import type { BriefEditorProps, LiveBriefProps } from "./brief-props";
import { RichTextView } from "./rich-text-view";
import "./brief.css";

/**
 * The brief: the server's text at once, the live editor when it is on screen and the browser is idle. The text stays
 * when scripts or the line fail.
 */
export function LiveBrief({ doc, ...rest }: LiveBriefProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const [Editor, setEditor] = useState<((props: BriefEditorProps) => ReactNode) | null>(null);
  const [live, setLive] = useState(false);

  useEffect(() => whenSeenAndIdle(frame.current, () => loadEditor(setEditor)), []);

  return (
    <div ref={frame} className="live-brief">
      {Editor ? <Editor {...rest} onLive={() => setLive(true)} /> : null}
      {live ? null : <RichTextView doc={doc} />}
    </div>
  );
}

function loadEditor(use: (make: () => (props: BriefEditorProps) => ReactNode) => void) {
  import("./brief-editor").then(
    (module) => use(() => module.default),
    () => undefined, // The text that the server sent stays; the next visit tries again.
  );
}

/** Calls `then` once the element has come near the screen and the browser has nothing better to do. */
function whenSeenAndIdle(element: Element | null, then: () => void): () => void {
  if (!element) return () => undefined;
  const idle: (work: () => void) => void = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
  let left = false;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      idle(() => left || then());
    },
    { rootMargin: "300px" },
  );
  observer.observe(element);
  return () => {
    left = true;
    observer.disconnect();
  };
}
