import { type Editor, useEditorState } from "@tiptap/react";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";

/** The description of the chosen picture, for who cannot see it. */
export function PicturePanel({ editor }: { editor: Editor }) {
  const t = useTranslations("collab");
  const id = useId();
  const { alt, at } = useEditorState({
    editor,
    selector: () => ({ alt: `${editor.getAttributes("image").alt ?? ""}`, at: editor.state.selection.from }),
  });
  return (
    <form
      key={`${at} ${alt}`}
      className="brief-panel"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get("alt");
        editor
          .chain()
          .focus()
          .updateAttributes("image", { alt: `${typed ?? ""}`.trim() })
          .run();
      }}
      onKeyDown={({ key }) => key === "Escape" && editor.commands.focus()}
    >
      <label htmlFor={id} className="font-medium">
        {t("image.alt")}
      </label>
      <input
        id={id}
        name="alt"
        type="text"
        maxLength={500}
        defaultValue={alt}
        className="brief-field"
        aria-describedby={`${id}-help`}
      />
      <p id={`${id}-help`} className="text-sm text-muted">
        {t("image.altHelp")}
      </p>
      <div>
        <Button look="main">{t("image.save")}</Button>
      </div>
    </form>
  );
}
