import { type Editor, useEditorState } from "@tiptap/react";
import { AtSign, ImagePlus, Link as LinkIcon, type LucideIcon, MessageSquarePlus } from "lucide-react";
import { useRef } from "react";
import { Toolbar as AriaToolbar } from "react-aria-components";
import { useTranslations } from "use-intl";
import { PICTURE_TYPES, type Pictures } from "./pictures";
import { TABLE_TOOLS, TOOLS, type Tool } from "./tools";

type ToolbarProps = {
  editor: Editor;
  pictures: Pictures | null;
  mayMention: boolean;
  onLink: () => void;
  onComment: (() => void) | null;
};

/** The text's tools: one stop for the Tab key, arrows inside. */
export function Toolbar({ editor, pictures, mayMention, onLink, onComment }: ToolbarProps) {
  const t = useTranslations("collab");
  const chooser = useRef<HTMLInputElement>(null);
  const now = useEditorState({
    editor,
    selector: () => ({
      on: TOOLS.filter((tool) => tool.on?.(editor)).map(({ name }) => name),
      cannot: TOOLS.filter((tool) => tool.can && !tool.can(editor)).map(({ name }) => name),
      link: editor.isActive("link"),
    }),
  });
  const button = ({ name, icon, run, on }: Tool) => (
    <ToolButton
      key={name}
      label={t(`tools.${name}`)}
      icon={icon}
      pressed={on ? now.on.includes(name) : undefined}
      disabled={now.cannot.includes(name)}
      onPress={() => run(editor)}
    />
  );
  return (
    <>
      <AriaToolbar aria-label={t("tools.bar")} aria-keyshortcuts="Alt+F10" className="brief-tools">
        {TOOLS.map(button)}
        <ToolButton label={t("tools.link")} icon={LinkIcon} pressed={now.link} onPress={onLink} />
        {pictures ? (
          <ToolButton label={t("tools.image")} icon={ImagePlus} onPress={() => chooser.current?.click()} />
        ) : null}
        {mayMention ? (
          <ToolButton label={t("tools.mention")} icon={AtSign} onPress={() => startMention(editor)} />
        ) : null}
        {onComment ? <ToolButton label={t("passages.comment")} icon={MessageSquarePlus} onPress={onComment} /> : null}
      </AriaToolbar>
      <input
        ref={chooser}
        type="file"
        accept={PICTURE_TYPES}
        multiple
        hidden
        onChange={({ currentTarget }) => {
          pictures?.take([...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** What somebody can do who may comment and not write: the same button, with its words. */
export function ReaderTools({ onComment }: { onComment: () => void }) {
  const t = useTranslations("collab");
  return (
    <div className="brief-tools">
      <button
        type="button"
        className="brief-tool gap-2"
        onMouseDown={(event) => event.preventDefault()}
        onClick={onComment}
      >
        <MessageSquarePlus aria-hidden="true" className="size-4.5" />
        {t("passages.comment")}
      </button>
    </div>
  );
}

/** The tools of the table that the caret is in. */
export function TableTools({ editor }: { editor: Editor }) {
  const t = useTranslations("collab");
  return (
    <AriaToolbar aria-label={t("tools.table")} aria-keyshortcuts="Alt+F10" className="brief-tools brief-table-tools">
      {TABLE_TOOLS.map(({ name, run }) => (
        <ToolButton key={name} label={t(`tools.${name}`)} icon={undefined} onPress={() => run(editor)} />
      ))}
    </AriaToolbar>
  );
}

/** For Alt+F10 in the text, since the Tab key moves between cells there: on to the tools at hand. */
export function focusTools(editor: Editor): boolean {
  const bars = editor.view.dom.closest(".live-brief")?.querySelectorAll<HTMLElement>(".brief-tools");
  const bar = editor.isActive("table") ? bars?.[1] : bars?.[0];
  bar?.querySelector("button")?.focus();
  return Boolean(bar);
}

type ToolButtonProps = {
  label: string;
  icon: LucideIcon | undefined;
  pressed?: boolean | undefined;
  disabled?: boolean;
  onPress: () => void;
};

function ToolButton({ label, icon: Icon, pressed, disabled = false, onPress }: ToolButtonProps) {
  return (
    <button
      type="button"
      className="brief-tool"
      aria-pressed={pressed}
      // Stays reachable: a tool that vanishes from under the arrows confuses more than one that answers no.
      aria-disabled={disabled || undefined}
      {...(Icon ? { "aria-label": label, title: label } : {})}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => disabled || onPress()}
    >
      {Icon ? <Icon aria-hidden="true" className="size-4.5" /> : label}
    </button>
  );
}

/** An @ opens the list of people; before it, as in typing, a space. */
function startMention(editor: Editor): void {
  const { from } = editor.state.selection;
  const before = editor.state.doc.textBetween(Math.max(0, from - 1), from, "\n", "\n");
  editor
    .chain()
    .focus()
    .insertContent(before === "" || /\s/.test(before) ? "@" : " @")
    .run();
}
