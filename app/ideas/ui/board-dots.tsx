import { useTranslations } from "use-intl";
import type { OutlineItem } from "~/collab/board-outline";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { useOnline } from "~/ui/online";
import { useOnlyReading } from "~/ui/reading";
import { type BoardVote, dotsLeft, type VoteRefusal } from "../idea-vote";
import { QuickForm } from "./quick-form";
import type { useDots } from "./use-dots";

type DotsProps = {
  item: OutlineItem;
  vote: BoardVote;
  mayVote: boolean;
  /** Whether the board's own line stands. */
  connected: boolean;
  pressing: ReturnType<typeof useDots>;
};

/** How many dots a thing has, and the way to give it one or to take one's own back. Without a connection the buttons say so. */
export function DotsOf({ item, vote, mayVote, connected, pressing }: DotsProps) {
  const t = useTranslations("collab.board.votes");
  const name = useItemName();
  const online = useOnline() && connected;
  const reading = useOnlyReading();
  const { quick, about } = pressing;
  const { [item.id]: dots = 0 } = vote.dots;
  const { [item.id]: mine = 0 } = vote.mine;
  if (vote.closed) return dots > 0 ? <p className="text-sm">{t("dots", { count: dots })}</p> : null;
  const way = about === item.id ? quick.sent?.get("way") : null;
  const change = way === "give" ? 1 : way === "take" ? -1 : 0;
  const button = (to: "give" | "take", can: boolean, cannot: "noneLeft" | "noneHere") => {
    const words = online ? t(can ? to : cannot) : t("offline");
    return (
      <QuickForm quick={quick} name="dot" fields={{ vote: vote.id, element: item.id, way: to }}>
        <Button look="quiet" busy={!online || !can || quick.sent !== null} aria-label={`${words}: ${name(item)}`}>
          {words}
        </Button>
      </QuickForm>
    );
  };
  return (
    <div className="board-dots">
      <p className="text-sm">
        {t("dots", { count: dots + change })}
        {mine + change > 0 && ` ${t("yours", { count: mine + change })}`}
      </p>
      {mayVote && !reading && button("give", dotsLeft(vote) > 0, "noneLeft")}
      {mayVote && !reading && button("take", mine > 0, "noneHere")}
      {about === item.id && <VoteWhyNot why={quick.why} />}
    </div>
  );
}

/** What a thing on the board is called: what it is, and what it says. */
export function useItemName() {
  const kinds = useTranslations("collab.board.page.kind");
  const named = useTranslations("collab.board.outline");
  return ({ kind, says }: Pick<OutlineItem, "kind" | "says">) =>
    says ? named("named", { kind: kinds(kind), says }) : kinds(kind);
}

/** Says why somebody's part in a vote was not taken, where it was pressed. */
export function VoteWhyNot({ why }: { why: VoteRefusal | null }) {
  const t = useTranslations("collab.board.votes.whyNot");
  return why && <Notice tone="danger">{t(why)}</Notice>;
}
