import { useTranslations } from "use-intl";
import type { OutlineItem } from "~/collab/board-outline";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { useOnline } from "~/ui/online";
import { useOnlyReading } from "~/ui/reading";
import type { BoardAnswer } from "../board-page";
import {
  type BoardVote,
  DOTS_MOST,
  DOTS_USUAL,
  dotsIn,
  dotsLeft,
  QUESTION_MAX,
  strayDots,
  type VotePart,
  type VoteRefusal,
} from "../idea-vote";
import { useItemName, VoteWhyNot } from "./board-dots";
import { QuickForm, useQuick } from "./quick-form";
import { Send } from "./send";

type Props = {
  voting: VotePart;
  /** What stands on the board, as the page knows it. */
  items: readonly OutlineItem[];
  failure: FormFailure | undefined;
  refused: BoardAnswer["refused"];
};

/** The newest vote about a board: what is asked, how many dots one has left, what it came to; and the way to begin one. */
export function BoardVotes({ voting, items, failure, refused }: Props) {
  const t = useTranslations("collab.board.votes");
  const { vote } = voting;
  const reading = useOnlyReading();
  const mayBegin = voting.mayBegin && !reading && (!vote || vote.closed !== null);
  if (!vote && !mayBegin) return null;
  return (
    <section aria-labelledby="vote" className="flex flex-col gap-3 rounded-md border border-line bg-surface px-4 py-3">
      <h2 id="vote" className="font-semibold wrap-anywhere">
        {vote ? t("about", { question: vote.question }) : t("title")}
      </h2>
      {vote && !vote.closed && <OpenVote voting={{ ...voting, vote }} items={items} refused={refused} />}
      {vote?.closed && <ClosedVote closed={vote.closed} />}
      {refused?.form === "dot" && <VoteWhyNot why={refused.why} />}
      {mayBegin && <BeginVote failure={failure} refused={refused} />}
    </section>
  );
}

type OpenProps = Pick<Props, "items" | "refused"> & { voting: VotePart & { vote: BoardVote } };

function OpenVote({ voting, items, refused }: OpenProps) {
  const t = useTranslations("collab.board.votes");
  const { vote, mayVote, mayClose } = voting;
  const reading = useOnlyReading();
  const online = useOnline();
  const quick = useQuick<VoteRefusal>();
  const stray = strayDots(vote, new Set(items.map(({ id }) => id)));
  const why = quick.why ?? (refused?.form === "close-vote" ? refused.why : null);
  return (
    <>
      <p className="text-sm text-muted">
        {t.rich("begun", { name: vote.begunBy, date: () => <DateTime key="date" at={vote.begunAt} /> })}
      </p>
      <p role="status">
        {t("given", { count: dotsIn(vote.dots) })} {mayVote && t("left", { left: dotsLeft(vote), each: vote.dotsEach })}
      </p>
      {mayVote && !reading && <p className="text-sm text-muted">{t("how")}</p>}
      {!mayVote && <p className="text-sm text-muted">{t("mayNot")}</p>}
      {mayVote && stray.map((id) => <Stray key={id} vote={vote} id={id} />)}
      {mayClose && !reading && (
        <QuickForm quick={quick} name="close-vote" fields={{ vote: vote.id }}>
          <Button busy={quick.sent !== null || !online}>{t(online ? "close" : "closeOffline")}</Button>
        </QuickForm>
      )}
      <VoteWhyNot why={why} />
    </>
  );
}

/** An own dot on something that has left the board. */
function Stray({ vote, id }: { vote: BoardVote; id: string }) {
  const t = useTranslations("collab.board.votes");
  const online = useOnline();
  const quick = useQuick<VoteRefusal>();
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <p>{t("stray", { count: vote.mine[id] ?? 0 })}</p>
      <QuickForm quick={quick} name="dot" fields={{ vote: vote.id, element: id, way: "take" }}>
        <Button look="quiet" busy={quick.sent !== null || !online}>
          {t(online ? "take" : "offline")}
        </Button>
      </QuickForm>
      <VoteWhyNot why={quick.why} />
    </div>
  );
}

function ClosedVote({ closed }: { closed: NonNullable<BoardVote["closed"]> }) {
  const t = useTranslations("collab.board.votes");
  const name = useItemName();
  return (
    <>
      <p className="text-sm text-muted">
        {t.rich("closed", { name: closed.by, date: () => <DateTime key="date" at={closed.at} /> })}
      </p>
      {closed.result.length === 0 ? (
        <p>{t("nothing")}</p>
      ) : (
        <ol className="list-decimal ps-6">
          {closed.result.map(({ id, item, dots }) => (
            <li key={id} className="wrap-anywhere">
              {item ? name(item) : t("gone")}: {t("dots", { count: dots })}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

const NUMBERS = Array.from({ length: DOTS_MOST }, (_, at) => ({ value: `${at + 1}`, label: `${at + 1}` }));

function BeginVote({ failure, refused }: Pick<Props, "failure" | "refused">) {
  const t = useTranslations("collab.board.votes");
  const labels = { question: t("question"), dots: t("each") };
  const why = refused?.form === "begin-vote" ? refused.why : null;
  return (
    <details open={failure !== undefined || why !== null || undefined}>
      <summary className="link inline-flex min-h-8 cursor-pointer items-center">{t("begin")}</summary>
      <PostForm name="begin-vote" failure={failure} labels={labels} className="flex max-w-xl flex-col gap-3 pt-2">
        <TextField name="question" label={labels.question} maxLength={QUESTION_MAX} help={t("questionHelp")} />
        <Select name="dots" label={labels.dots} defaultValue={`${DOTS_USUAL}`} options={NUMBERS} />
        <Send label={t("beginIt")} />
      </PostForm>
      <VoteWhyNot why={why} />
    </details>
  );
}
