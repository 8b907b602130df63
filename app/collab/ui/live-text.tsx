import { Editor, EditorContent, type EditorOptions } from "@tiptap/react";
import { startTransition, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { briefExtensions } from "./brief-extensions";
import type { LiveTextProps } from "./brief-props";
import { MentionListbox } from "./mention-listbox";
import { MentionSearch } from "./mention-search";
import { Panels } from "./panels";
import { pictureIn, usePictures } from "./pictures";
import { focusTools, Toolbar } from "./toolbar";

/** The text of a line that is up, with what writes it. In: `head`, what stands above it, around the tools. */
export function LiveText(props: LiveTextProps) {
  const { line, state, served, head, me, label, uploadImage, mentionables } = props;
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
  const editor = useEditorInSteps(() => ({
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
  }));
  held.current = editor;

  useEffect(() => {
    if (editor && editor.isEditable !== state.mayEdit) editor.setEditable(state.mayEdit, false);
  }, [editor, state.mayEdit]);

  return (
    <>
      {head(
        editor && state.mayEdit ? (
          <Toolbar
            editor={editor}
            pictures={uploadImage ? pictures : null}
            mayMention={mentions.possible}
            onLink={() => setLinking(true)}
          />
        ) : null,
      )}
      {editor ? <EditorContent editor={editor} /> : served}
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
