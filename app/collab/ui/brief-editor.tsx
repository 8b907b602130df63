import { type Editor, EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { briefExtensions } from "./brief-extensions";
import { type BriefLine, type LineState, lineOf } from "./brief-line";
import type { LiveBriefProps } from "./brief-props";
import { LineStatus } from "./line-status";
import { MentionListbox } from "./mention-listbox";
import { MentionSearch } from "./mention-search";
import { Panels } from "./panels";
import { pictureIn, usePictures } from "./pictures";
import { RichTextView } from "./rich-text-view";
import { focusTools, Toolbar } from "./toolbar";
import { WhoIsHere } from "./who-is-here";

/** The live editor of a brief, or its live text for who may only read. Until the line is up, the text as it was served. */
export default function BriefEditor(props: LiveBriefProps) {
  const { room, canEdit, me, doc } = props;
  const line = useMemo(() => lineOf(room, canEdit, me.personId), [room, canEdit, me.personId]);
  const state = useSyncExternalStore(line.subscribe, line.state);
  useEffect(() => {
    line.hold();
    return () => line.letGo();
  }, [line]);
  const served = <RichTextView doc={doc} />;
  return state.arrived ? (
    <LiveText key={room} {...props} line={line} state={state} served={served} />
  ) : (
    <>
      <Head state={state} name={me.name} line={line} />
      {served}
    </>
  );
}

type HeadProps = { line: BriefLine; state: LineState; name: string; children?: React.ReactNode };

function Head({ line, state, name, children }: HeadProps) {
  return (
    <div className="brief-head">
      <div className="brief-head-line">
        <LineStatus state={state} onAgain={line.connectAgain} />
        <WhoIsHere me={name} others={state.others} />
      </div>
      {children}
    </div>
  );
}

type LiveTextProps = LiveBriefProps & { line: BriefLine; state: LineState; served: React.ReactNode };

function LiveText({ line, state, served, me, label, uploadImage, mentionables }: LiveTextProps) {
  const t = useTranslations("collab");
  const held = useRef<Editor | null>(null);
  const [linking, setLinking] = useState(false);
  const pictures = usePictures(held, uploadImage);
  // The callbacks of the page change with every render of it; the editor is made once.
  const latest = useRef({ mentionables, pictures });
  latest.current = { mentionables, pictures };
  const [mentions] = useState(
    () =>
      new MentionSearch(
        mentionables && ((typed, signal) => latest.current.mentionables?.(typed, signal) ?? Promise.resolve([])),
      ),
  );
  const editor = useEditor({
    immediatelyRender: false,
    editable: state.mayEdit,
    injectNonce: pageNonce(),
    extensions: briefExtensions({
      line,
      me,
      mentions,
      taskLabel: (text, done) => t(done ? "tasks.done" : "tasks.open", { text }),
    }),
    editorProps: {
      attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true", class: "rich-text" },
      handleKeyDown: (_view, { key, altKey }) =>
        key === "F10" && altKey && held.current ? focusTools(held.current) : false,
      handlePaste: (_view, event) => latest.current.pictures.take(pictureIn(event.clipboardData)),
      handleDrop: (view, event, _slice, moved) => {
        const files = moved ? [] : pictureIn(event.dataTransfer);
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        return latest.current.pictures.take(files, place?.pos);
      },
    },
  });
  held.current = editor;

  useEffect(() => {
    if (editor && editor.isEditable !== state.mayEdit) editor.setEditable(state.mayEdit, false);
  }, [editor, state.mayEdit]);

  return (
    <>
      <Head state={state} name={me.name} line={line}>
        {editor && state.mayEdit ? (
          <Toolbar
            editor={editor}
            pictures={uploadImage ? pictures : null}
            mayMention={mentions.possible}
            onLink={() => setLinking(true)}
          />
        ) : null}
      </Head>
      {editor ? <EditorContent editor={editor} /> : served}
      {editor && state.mayEdit ? (
        <Panels editor={editor} pictures={pictures} linking={linking} onLinked={() => setLinking(false)} />
      ) : null}
      {editor ? <MentionListbox editor={editor} search={mentions} /> : null}
    </>
  );
}

/** Browsers hide a nonce from everything but scripts of the page. */
function pageNonce(): string | undefined {
  return document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;
}
