import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { colourOf } from "~/collab/ui/shown-text";
import { loadEditorWords, pageLocale } from "~/words";
import type { VersionRow, Writer } from "../idea-version";

// Their sentences come with those of the editor, so that no other page carries them; the server has them.
if (typeof document !== "undefined") await loadEditorWords(pageLocale());

/** Names of those who wrote, each with their colour. */
export function Writers({ writers }: { writers: readonly Writer[] }) {
  const t = useTranslations("collab.versions");
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {writers.map(({ id, name }) => (
        <li key={id}>
          <span className="person-dot" style={colourOf(id)} aria-hidden="true" />
          {name ?? t("somebody")}
        </li>
      ))}
    </ul>
  );
}

/** What a version is called: by its name, or by why it is there. */
export function useVersionTitle() {
  const t = useTranslations("collab.versions");
  return ({ name, reason }: Pick<VersionRow, "name" | "reason">) => name ?? t(`reason.${reason}`);
}

/** A choice among pages that differ in their query alone. */
export function Choices({
  label,
  choices,
}: {
  label: string;
  choices: readonly { to: string; label: string; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="mb-6 overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {choices.map(({ to, label: name, current }) => (
          <li key={to}>
            <Link
              to={to}
              {...(current ? { "aria-current": "page" as const } : {})}
              className="-mb-px flex h-11 items-center border-b-2 border-transparent px-3 whitespace-nowrap text-muted -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
