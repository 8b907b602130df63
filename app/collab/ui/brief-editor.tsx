import {
  type ComponentType,
  type ReactNode,
  startTransition,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { AwayNote } from "./away-note";
import { lineOf } from "./brief-line";
import type { LiveBriefProps, LiveTextProps } from "./brief-props";
import { CallEverybody, ComeHere } from "./come-here";
import { FollowingLine, useFollowed } from "./following";
import { LineStatus } from "./line-status";
import { RichTextView } from "./rich-text-view";
import { WhoIsHere } from "./who-is-here";

/**
 * The live editor of a brief, or its live text for who may only read. Until the line is up, the text as it was served.
 * Who is here and how the line stands are shown as soon as the line's own script is here; what writes comes after it.
 */
export default function BriefEditor(props: LiveBriefProps) {
  const { room, canEdit, me, doc, title } = props;
  const line = useMemo(
    () => lineOf(room, canEdit, me.personId, title === undefined ? null : { title, name: me.name }),
    [room, canEdit, me.personId, me.name, title],
  );
  const state = useSyncExternalStore(line.subscribe, line.state);
  const LiveText = useLiveText();
  const { ahead, follow, following } = useFollowed(state.others);
  const onScreen = useRef<() => unknown>(() => null);
  useEffect(() => {
    line.hold();
    return () => line.letGo();
  }, [line]);
  const served = <RichTextView doc={doc} />;
  const head = (tools: ReactNode) => (
    <div className="brief-head">
      <div className="brief-head-line">
        <LineStatus state={state} onAgain={line.connectAgain} />
        <div className="brief-head-line">
          <CallEverybody line={line} state={state} may={me.mayCall === true} place={() => onScreen.current()} />
          <WhoIsHere me={me.name} others={state.others} followed={following.personId} onFollow={follow} />
        </div>
      </div>
      <FollowingLine ahead={ahead} onEnd={following.end} of="brief" />
      <ComeHere line={line} onGo={follow} />
      <AwayNote away={state.away} onSeen={line.seen} of="brief" />
      {tools}
    </div>
  );
  return LiveText && state.arrived ? (
    <LiveText
      key={room}
      {...props}
      line={line}
      state={state}
      served={served}
      head={head}
      following={following}
      onScreen={onScreen}
    />
  ) : (
    <>
      {head(null)}
      {served}
    </>
  );
}

function useLiveText(): ComponentType<LiveTextProps> | null {
  const [LiveText, setLiveText] = useState<ComponentType<LiveTextProps> | null>(null);
  useEffect(() => {
    let left = false;
    loadLiveText().then(
      (loaded) => left || startTransition(() => setLiveText(() => loaded)),
      () => undefined, // The text that the server sent stays; the next visit tries again.
    );
    return () => {
      left = true;
    };
  }, []);
  return LiveText;
}

/** One after the other: a phone that takes in half a megabyte of script in one go answers nobody meanwhile. */
async function loadLiveText() {
  await import("@tiptap/core");
  await import("./brief-extensions");
  return (await import("./live-text")).LiveText;
}
