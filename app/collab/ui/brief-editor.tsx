import Collaboration from "@tiptap/extension-collaboration";
import { EditorContent, useEditor } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useState } from "react";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { BriefEditorProps } from "./brief-props";

/** The live editor of a brief. */
export default function BriefEditor({ room, canEdit, label, onLive }: BriefEditorProps) {
  const [ydoc] = useState(() => new Y.Doc());
  const editor = useEditor({
    immediatelyRender: false,
    editable: canEdit,
    extensions: [StarterKit.configure({ undoRedo: false }), Collaboration.configure({ document: ydoc })],
    editorProps: { attributes: { "aria-label": label, role: "textbox", "aria-multiline": "true" } },
  });
  useEffect(() => {
    const provider = new WebsocketProvider(`${location.origin.replace(/^http/, "ws")}/collab`, room, ydoc, {
      disableBc: true,
    });
    provider.once("sync", onLive);
    return () => provider.destroy();
  }, [room, ydoc, onLive]);
  return <EditorContent editor={editor} className="rich-text" />;
}
