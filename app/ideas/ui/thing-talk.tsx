import { useTranslations } from "use-intl";
import type { OutlineItem } from "~/collab/board-outline";
import { Link } from "~/ui/link";
import { useOnlyReading } from "~/ui/reading";
import type { ThingTalk } from "../idea-thread";
import { useItemName } from "./board-dots";

type BesideProps = {
  item: OutlineItem;
  talk: ThingTalk | undefined;
  mayComment: boolean;
  /** Where decisions are made, for whoever makes them. */
  decide: string | undefined;
};

/** Beside a thing in the list: what is said about it, and the way to say something. */
export function TalkOf({ item, talk, mayComment, decide }: BesideProps) {
  const decisions = useTranslations("decisions");
  const own = useTranslations("collab.things");
  const name = useItemName();
  const reading = useOnlyReading();
  const may = mayComment && !reading;
  const mayDecide = decide !== undefined && !reading;
  if (!talk && !may && !mayDecide) return null;
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      {talk && (
        <Link
          to={`?thread=${talk.thread}#thread-${talk.thread}`}
          preventScrollReset
          aria-label={`${own("said", { count: talk.said })}: ${name(item)}`}
          className="link py-1"
        >
          {own("said", { count: talk.said })}
        </Link>
      )}
      {may && (
        <Link
          to={`?thing=${item.id}#things`}
          preventScrollReset
          aria-label={`${own("comment")}: ${name(item)}`}
          className="link py-1"
        >
          {own("comment")}
        </Link>
      )}
      {mayDecide && (
        <Link
          to={`${decide}?thing=${item.id}`}
          aria-label={`${decisions("makeOne")}: ${name(item)}`}
          className="link py-1"
        >
          {decisions("makeOne")}
        </Link>
      )}
    </p>
  );
}
