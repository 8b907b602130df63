import { Bold, Heading2, Link2, List, ListOrdered, ListTodo, type LucideIcon } from "lucide-react";
import { useTranslations } from "use-intl";

type Sign = {
  name: "heading" | "bullets" | "numbers" | "tasks" | "bold" | "link";
  icon: LucideIcon;
  write: (field: HTMLTextAreaElement) => void;
};

const SIGNS: readonly Sign[] = [
  { name: "heading", icon: Heading2, write: (field) => beginLines(field, () => "## ") },
  { name: "bullets", icon: List, write: (field) => beginLines(field, () => "- ") },
  { name: "numbers", icon: ListOrdered, write: (field) => beginLines(field, (line) => `${line + 1}. `) },
  { name: "tasks", icon: ListTodo, write: (field) => beginLines(field, () => "[ ] ") },
  { name: "bold", icon: Bold, write: surround },
  { name: "link", icon: Link2, write: link },
];

/** Buttons that write the signs of headings, lists, bold and links into a field. */
export function FormatBar({ field }: { field: HTMLTextAreaElement }) {
  const t = useTranslations("ideas.submit");
  return (
    <div role="toolbar" aria-label={t("toolbar")} className="flex flex-wrap gap-1">
      {SIGNS.map(({ name, icon: Icon, write }) => (
        <button
          key={name}
          type="button"
          aria-label={t(name)}
          title={t(name)}
          onClick={() => write(field)}
          className="inline-flex size-11 items-center justify-center rounded-md border border-line bg-surface text-muted hover:bg-sunken hover:text-ink pointer-fine:size-9"
        >
          <Icon className="size-4" aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}

/** Begins each selected line with a sign. */
function beginLines(field: HTMLTextAreaElement, sign: (line: number) => string): void {
  const { value, selectionStart, selectionEnd } = field;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const lines = value.slice(from, selectionEnd).split("\n");
  put(field, lines.map((line, index) => sign(index) + line).join("\n"), from, selectionEnd);
}

/** Puts the selection between two pairs of stars. */
function surround(field: HTMLTextAreaElement): void {
  const { value, selectionStart, selectionEnd } = field;
  put(field, `**${value.slice(selectionStart, selectionEnd)}**`, selectionStart, selectionEnd);
  if (selectionStart === selectionEnd) field.setSelectionRange(selectionStart + 2, selectionStart + 2);
}

const ADDRESS = /^https?:\/\/\S+$/;

/** Makes the selection the words of a link, or its address when it is one; what is missing is typed next. */
function link(field: HTMLTextAreaElement): void {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const chosen = value.slice(from, to);
  const isAddress = ADDRESS.test(chosen.trim());
  const [words, address] = isAddress ? ["", chosen.trim()] : [chosen, "https://"];
  put(field, `[${words}](${address})`, from, to);
  const next = words === "" ? from + 1 : from + words.length + 3 + address.length;
  field.setSelectionRange(next, next);
}

function put(field: HTMLTextAreaElement, text: string, from: number, to: number): void {
  field.focus();
  field.setRangeText(text, from, to, "end");
  // Whoever follows what is typed (draft, preview) hears of it as of typing.
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
