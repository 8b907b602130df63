import { useTranslations } from "use-intl";
import { Avatar } from "~/ui/avatar";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import type { GuestComment } from "../guest-idea";
import { SaidText } from "./said-text";

/** One comment as a guest reads it. In: the page of the board. */
export function GuestSaid({ said, board }: { said: GuestComment; board: string }) {
  const t = useTranslations("ideas.page");
  const tag = said.side === "staff" ? t("maker") : said.side === "guest" ? t("guest") : null;
  return (
    <li id={said.id} className="flex gap-3">
      <Avatar name={said.author} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium wrap-anywhere">{said.author}</span>
          {tag && <span className="rounded-sm bg-accent-soft px-1.5 text-xs font-medium text-accent">{tag}</span>}
          <span className="text-sm text-muted">
            <DateTime at={said.createdAt} />
          </span>
        </p>
        {said.passage && (
          <Link
            to={`${said.passage.about === "board" ? board : ""}?thread=${said.passage.thread}#thread-${said.passage.thread}`}
            preventScrollReset
            className="link line-clamp-1 py-0.5 text-sm wrap-anywhere"
          >
            {said.passage.quote ? <q>{said.passage.quote}</q> : t("onBoard")}
          </Link>
        )}
        <SaidText said={{ body: said.body, mentions: said.mentions ?? {} }} />
      </div>
    </li>
  );
}
