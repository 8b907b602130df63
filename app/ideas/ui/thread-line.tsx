import { ChevronRight, Handshake, Lightbulb } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import type { Decided, IdeaHead, Together } from "../idea-page";

type Props = {
  ideas: "/ideas" | "/staff/ideas";
  idea: IdeaHead;
  decided: readonly Decided[];
  together: Pick<Together, "id" | "title"> | null;
};
type Bead = {
  key: string;
  to: string | null;
  here?: boolean;
  icon?: typeof Lightbulb;
  text: string;
  at: Date | string;
  tip: ReactNode;
};

/**
 * The beads that there are on this idea's thread: what it came from, itself, what was decided, and what it is followed up in. Pointed at or
 * focused, each says when it came to be, through whom, and what for.
 */
export function ThreadLine({ ideas, idea, decided, together }: Props) {
  const t = useTranslations("ideas");
  const { cameFrom, joined } = idea;
  const suggested = (name: string, at: Date | string) =>
    t.rich("page.suggested", { name, date: () => <DateTime key="date" at={at} /> });
  const beads: Bead[] = [];
  if (cameFrom) {
    const { id, title, author, at } = cameFrom;
    beads.push({
      key: id,
      to: `${ideas}/${id}`,
      text: title,
      at,
      tip: (
        <>
          {suggested(author, at)}. {t("thread.splitFrom")}
        </>
      ),
    });
  }
  const support = { accounts: idea.supportAccounts, people: idea.supportPeople };
  beads.push({
    key: idea.id,
    to: `${ideas}/${idea.id}`,
    here: true,
    text: idea.title,
    at: idea.createdAt,
    tip: (
      <>
        {suggested(idea.author, idea.createdAt)}. {t("support.title")}: {t("lists.support", support)}
      </>
    ),
  });
  for (const { id, title, state, by, at } of decided) {
    beads.push({
      key: id,
      to: `${ideas === "/ideas" ? "" : "/staff"}/decisions/${id}`,
      icon: Handshake,
      text: title,
      at,
      tip: t.rich("thread.decided", {
        name: by,
        date: () => <DateTime key="date" at={at} />,
        state: t(`thread.${state}`),
      }),
    });
  }
  if (together && joined) {
    beads.push({
      key: "together",
      to: together.id && `${ideas}/${together.id}`,
      text: together.title ?? t("thread.together"),
      at: joined.at,
      tip: t.rich("thread.joined", {
        name: joined.by ?? t("step.system"),
        date: () => <DateTime key="date" at={joined.at} />,
      }),
    });
  }
  return (
    <nav aria-label={t("thread.label")}>
      <ol className="relative flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-muted">
        {beads.map((bead, at) => (
          <BeadItem key={bead.key} bead={bead} first={at === 0} />
        ))}
      </ol>
    </nav>
  );
}

/** One bead; what it says stands below the whole line, so that it never reaches over the edge of a phone. Escape hides it. */
function BeadItem({ bead, first }: { bead: Bead; first: boolean }) {
  const { key, to, here, icon: Icon = Lightbulb, text, at, tip } = bead;
  const [hidden, setHidden] = useState(false);
  const shared = {
    "aria-describedby": `bead-${key}`,
    onKeyDown: (event: KeyboardEvent) => event.key === "Escape" && setHidden(true),
    onBlur: () => setHidden(false),
  };
  return (
    <li className="group/bead inline-flex min-w-0 items-center gap-1.5">
      {!first && <ChevronRight className="size-3.5 shrink-0" aria-hidden="true" />}
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {to ? (
        <Link
          {...shared}
          to={to}
          aria-current={here && "page"}
          className={here ? "max-w-48 truncate text-ink" : "link max-w-48 truncate"}
        >
          {text}
        </Link>
      ) : (
        <button {...shared} type="button" className="max-w-48 cursor-default truncate">
          {text}
        </button>
      )}
      <DateTime at={at} time={false} />
      <span
        role="tooltip"
        id={`bead-${key}`}
        className={`absolute top-full left-0 z-20 mt-1 max-w-full rounded-md border border-line bg-surface px-3 py-1.5 text-ink ${hidden ? "hidden" : "hidden group-focus-within/bead:block group-hover/bead:block"}`}
      >
        {tip}
      </span>
    </li>
  );
}
