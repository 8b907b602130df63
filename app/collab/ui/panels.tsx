import { type Editor, useEditorState } from "@tiptap/react";
import { useTranslations } from "use-intl";
import { LinkPanel } from "./link-panel";
import { PicturePanel } from "./picture-panel";
import type { Pictures } from "./pictures";
import { TableTools } from "./toolbar";

type PanelsProps = { editor: Editor; pictures: Pictures; linking: boolean; onLinked: () => void };

/** What a tool asks for, under the text, so that nothing the person looks at moves. */
export function Panels({ editor, pictures, linking, onLinked }: PanelsProps) {
  const { picture, table } = useEditorState({
    editor,
    selector: () => ({ picture: editor.isActive("image"), table: editor.isActive("table") }),
  });
  return (
    <div className="brief-panels">
      {linking ? <LinkPanel editor={editor} onDone={onLinked} /> : null}
      {picture && !linking ? <PicturePanel editor={editor} /> : null}
      <PictureNews pictures={pictures} />
      {table ? <TableTools editor={editor} /> : null}
    </div>
  );
}

function PictureNews({ pictures: { adding, problem } }: { pictures: Pictures }) {
  const t = useTranslations("collab");
  return (
    <div aria-live="polite" className={adding.length > 0 || problem ? "brief-panel" : "sr-only"}>
      {adding.map((name) => (
        <p key={name} className="text-muted">
          {t("image.adding", { name })}
        </p>
      ))}
      {problem ? <p className="text-danger">{problem}</p> : null}
    </div>
  );
}
