import type { Editor } from "@tiptap/react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { addressOf } from "./address";

/** The address of the link at the caret or of the words chosen. Escape leaves everything as it was. */
export function LinkPanel({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const t = useTranslations("collab");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const had: unknown = editor.getAttributes("link").href;
  const [typed, setTyped] = useState(typeof had === "string" ? had : "");
  const [wrong, setWrong] = useState(false);
  useEffect(() => field.current?.select(), []);

  const done = () => {
    onDone();
    editor.commands.focus();
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const href = addressOf(typed);
    if (!href) {
      setWrong(true);
      field.current?.focus();
      return;
    }
    const marks = [{ type: "link", attrs: { href } }];
    const chain = editor.chain().focus().extendMarkRange("link");
    const nothingChosen = editor.state.selection.empty && !editor.isActive("link");
    if (nothingChosen) chain.insertContent({ type: "text", text: typed.trim(), marks }).run();
    else chain.setMark("link", { href }).run();
    onDone();
  };
  return (
    <form
      aria-label={t("link.title")}
      className="brief-panel"
      onSubmit={apply}
      onKeyDown={({ key }) => key === "Escape" && done()}
    >
      <label htmlFor={id} className="font-medium">
        {t("link.address")}
      </label>
      <input
        ref={field}
        id={id}
        type="text"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        className="brief-field"
        value={typed}
        aria-invalid={wrong}
        aria-describedby={`${id}-help`}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setWrong(false);
        }}
      />
      <p id={`${id}-help`} className={`text-sm ${wrong ? "text-danger" : "text-muted"}`} aria-live="polite">
        {t(wrong ? "link.invalid" : "link.help")}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="main">{t("link.apply")}</Button>
        {had ? (
          <Button
            type="button"
            onClick={() => {
              editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
              onDone();
            }}
          >
            {t("link.remove")}
          </Button>
        ) : null}
        <Button type="button" look="quiet" onClick={done}>
          {t("link.cancel")}
        </Button>
      </div>
    </form>
  );
}
