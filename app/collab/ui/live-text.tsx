import type { EditorView } from "@tiptap/pm/view";
import { Editor, EditorContent, type EditorOptions } from "@tiptap/react";
import { startTransition, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { briefExtensions } from "./brief-extensions";
import { placeOnScreen, useBriefFollowing } from "./brief-following";
import type { LiveTextProps } from "./brief-props";
import { MentionListbox } from "./mention-listbox";
import { MentionSearch } from "./mention-search";
import { Panels } from "./panels";
import { lookAgain, passageMarks, pickedIn } from "./passage-marks";
import { pictureIn, usePictures } from "./pictures";
import { focusTools, ReaderTools, Toolbar } from "./toolbar";

/** The text of a line that is up, with what writes it. In: `head`, what stands above it, around the tools. */
export function LiveText(props: LiveTextProps) {
  const { line, state, served, head, me, label, uploadImage, mentionables, passages } = props;
  const t = useTranslations("collab");
  const held = useRef<Editor | null>(null);
  const [linking, setLinking] = useState(false);
  const pictures = usePictures(held, uploadImage);
  // The callbacks of the page change with every render of it; the editor is made once.
  const latest = useRef({ mentionables, pictures, passages });
  latest.current = { mentionables, pictures, passages };
  const [mentions] = useState(
    () =>
      new MentionSearch(
        mentionables && ((typed, signal) => latest.current.mentionables?.(typed, signal) ?? Promise.resolve([])),
      ),
  );
  const [nothingPicked, setNothingPicked] = useState(false);
  /** Hands on what is selected, to be commented on. Out: whether it is a passage. */
  const pick = (view: EditorView): boolean => {
    const picked = pickedIn(view, line.doc);
    if (picked) latest.current.passages?.onPick?.(picked);
    return picked !== null;
  };
  const editor = useEditorInSteps(() => ({
    editable: state.mayEdit,
    injectNonce: pageNonce(),
    extensions: [
      ...briefExtensions({
        line,
        me,
        mentions,
        taskLabel: (text, done) => t(done ? "tasks.done" : "tasks.open", { text }),
      }),
      passageMarks(line.doc, () => latest.current.passages),
    ],
    editorProps: {
      attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true", class: "rich-text" },
      handleKeyDown: (view, { key, code, altKey, ctrlKey }) => {
        if (key === "F10" && altKey && held.current) return focusTools(held.current);
        return code === "KeyM" && altKey && ctrlKey && pick(view);
      },
      handlePaste: (_view, event) => latest.current.pictures.take(pictureIn(event.clipboardData)),
      handleDrop: (view, event, _slice, moved) => {
        const files = moved ? [] : pictureIn(event.dataTransfer);
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        return latest.current.pictures.take(files, place?.pos);
      },
    },
  }));
  held.current = editor;
  useBriefFollowing(editor, line, props.following);
  props.onScreen.current = () => (editor ? placeOnScreen(editor) : null);

  useEffect(() => {
    if (editor && editor.isEditable !== state.mayEdit) editor.setEditable(state.mayEdit, false);
  }, [editor, state.mayEdit]);

  const { marked, open, onPick } = passages ?? {};
  useEffect(() => {
    if (editor && marked)
      lookAgain(editor.view, line.doc, () => ({ marked, open: open ?? null, onOpen: () => undefined }));
  }, [editor, line, marked, open]);

  const comment = editor && onPick ? () => setNothingPicked(!pick(editor.view)) : null;

  return (
    <>
      {head(
        editor ? (
          state.mayEdit ? (
            <Toolbar
              editor={editor}
              pictures={uploadImage ? pictures : null}
              mayMention={mentions.possible}
              onLink={() => setLinking(true)}
              onComment={comment}
            />
          ) : (
            comment && <ReaderTools onComment={comment} />
          )
        ) : null,
      )}
      {editor ? <EditorContent editor={editor} /> : served}
      {comment && (
        <p aria-live="polite" className={nothingPicked ? "brief-panel text-muted" : "sr-only"}>
          {nothingPicked ? t("passages.nothing") : null}
        </p>
      )}
      {editor && state.mayEdit ? (
        <Panels editor={editor} pictures={pictures} linking={linking} onLinked={() => setLinking(false)} />
      ) : null}
      {editor ? <MentionListbox editor={editor} search={mentions} /> : null}
    </>
  );
}

/**
 * The library's own hook makes an editor, draws its text and renders what stands around it in one task, during which a slow
 * phone answers nobody for a quarter of a second; here they are three. `options` is read once.
 */
function useEditorInSteps(options: () => Partial<EditorOptions>): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  const first = useRef(options);
  const readInside = useRef(false);
  useEffect(() => {
    const made = new Editor({ ...first.current(), element: null });
    const nextTask = setTimeout(() => {
      made.mount(document.createElement("div"));
      readInside.current = document.activeElement?.closest(".live-brief .rich-text") != null;
      startTransition(() => setEditor(made));
    });
    return () => {
      clearTimeout(nextTask);
      made.destroy();
    };
  }, []);
  // A link of the served text had the focus, and has gone with it.
  useEffect(() => {
    if (readInside.current && document.activeElement === document.body) editor?.view.focus();
  }, [editor]);
  return editor;
}

/** Browsers hide a nonce from everything but scripts of the page. */
function pageNonce(): string | undefined {
  return document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce;
}
