import { Megaphone } from "lucide-react";
import { type FocusEvent, type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { Calls, ledAt } from "../calls";
import { type BriefLine, type LineState, presentOf } from "./brief-line";

type Call = { client: number; personId: string; name: string; at: unknown; heardAt: number };
type Told = { call?: { n?: unknown; at?: unknown } };

type CallProps = {
  line: BriefLine;
  state: LineState;
  /** Whether this page's reader may call everybody; the server decides again. */
  may: boolean;
  /** Where to: null when everybody here tells it anyway. */
  place: () => unknown;
};

/** Calls everybody in this document to where one is. Nothing, where nobody else is. */
export function CallEverybody({ line, state, may, place }: CallProps) {
  const t = useTranslations("collab.call");
  const [said, setSaid] = useState(false);
  const alone = state.others.length === 0;
  useEffect(() => {
    if (alone) setSaid(false);
  }, [alone]);
  if (!may || !state.mayEdit) return null;
  const call = () => {
    const { awareness } = line.provider;
    const before = (awareness.getLocalState() as Told | null)?.call?.n;
    awareness.setLocalStateField("call", { n: (typeof before === "number" ? before : 0) + 1, at: place() });
    setSaid(true);
  };
  return (
    <>
      {!alone && (
        <button
          type="button"
          className="brief-tool call-button"
          title={t("button")}
          aria-label={t("button")}
          // The caret stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={call}
        >
          <Megaphone aria-hidden="true" className="size-4" />
        </button>
      )}
      <span aria-live="polite" className="sr-only">
        {said && t("said")}
      </span>
    </>
  );
}

type Props = {
  line: BriefLine;
  /** In: whom to follow, and where they called to. */
  onGo: (personId: string, to: unknown) => void;
};

/**
 * Says that somebody calls everybody to where they are, and takes one along, unless one says no, or is writing: then nothing
 * moves until one says yes.
 */
export function ComeHere({ line, onGo }: Props) {
  const t = useTranslations("collab.call");
  const [call, setCall] = useState<Call | null>(null);
  const [waits, setWaits] = useState(false);
  const wroteAt = useWriting(useCallback(() => setWaits(true), []));
  const cameFrom = useRef<Element | null>(null);
  useCalls(
    line,
    useCallback(
      (heard) => {
        setWaits(ledAt(performance.now(), wroteAt.current) === null);
        setCall(heard);
      },
      [wroteAt],
    ),
  );

  const answer = useCallback(
    (yes: boolean) => {
      if (yes && call) onGo(call.personId, call.at);
      setCall(null);
      const before = cameFrom.current;
      cameFrom.current = null;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [call, onGo],
  );

  useEffect(() => {
    if (!call) return undefined;
    const due = waits ? null : ledAt(call.heardAt, wroteAt.current);
    const timer = due === null ? undefined : setTimeout(() => answer(true), Math.max(0, due - performance.now()));
    // The text takes the key for itself; what is open above the page closes first.
    const pressed = ({ key }: KeyboardEvent) =>
      key === "Escape" && !document.querySelector("[role=listbox], [role=dialog]") && answer(false);
    document.addEventListener("keydown", pressed, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", pressed, true);
    };
  }, [call, waits, answer, wroteAt]);

  const button = {
    type: "button" as const,
    // A mouse leaves the caret where it is; who came by keyboard goes back to where they were.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onFocus: ({ relatedTarget, currentTarget }: FocusEvent) => {
      if (!currentTarget.parentElement?.contains(relatedTarget)) cameFrom.current = relatedTarget;
    },
  };
  return (
    // It stands there before it says anything, so that it is heard.
    <div {...(call && { role: "group", "aria-label": t("title"), className: "come-here" })}>
      <p aria-live="polite">{call && `${t("asks", { name: call.name })} ${t(waits ? "whenYouLike" : "soon")}`}</p>
      {call && (
        <div className="come-here-answers">
          <Button {...button} look="main" onClick={() => answer(true)}>
            {t("go")}
          </Button>
          <Button {...button} onClick={() => answer(false)}>
            {t("stay")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Hears calls of others; null when the caller has gone. */
function useCalls(line: BriefLine, onCall: (call: Call | null) => void): void {
  useEffect(() => {
    const { awareness } = line.provider;
    const calls = new Calls();
    let last: Call | null = null;
    const hear = () => {
      const present = new Map<number, number>();
      for (const [client, state] of awareness.getStates()) {
        const times = (state as Told).call?.n;
        if (client !== awareness.clientID) present.set(client, typeof times === "number" ? times : 0);
      }
      for (const client of calls.hear(present)) {
        const state = awareness.getStates().get(client) as Told | undefined;
        const person = presentOf(state);
        // One's own other window calls the others.
        if (!person || person.personId === line.me) continue;
        last = { client, ...person, at: state?.call?.at ?? null, heardAt: performance.now() };
        onCall(last);
      }
      if (!last || present.has(last.client)) return;
      last = null;
      onCall(null);
    };
    hear();
    awareness.on("change", hear);
    return () => awareness.off("change", hear);
  }, [line, onCall]);
}

/** When one last wrote or drew on this page. In: told each time. */
function useWriting(onWriting: () => void) {
  const at = useRef<number | null>(null);
  useEffect(() => {
    const writes = () => {
      at.current = performance.now();
      onWriting();
    };
    const draws = ({ target }: PointerEvent) => target instanceof Element && target.closest(".board-frame") && writes();
    document.addEventListener("input", writes);
    document.addEventListener("pointerdown", draws);
    return () => {
      document.removeEventListener("input", writes);
      document.removeEventListener("pointerdown", draws);
    };
  }, [onWriting]);
  return at;
}
