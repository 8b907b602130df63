import { useNavigate } from "@remix-run/react";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { boardRoom } from "~/collab/room";
import type { LiveBoardProps } from "~/collab/ui/board-props";
import { LiveBoard } from "~/collab/ui/live-board";
import { later } from "~/ui/later";
import type { BoardAnswer, BoardPageData } from "../board-page";
import { talksOf } from "../idea-thread";
import type { Me } from "./brief-section";
import { useDots } from "./use-dots";

const BoardVotes = later(() => import("./board-votes").then((votes) => votes.BoardVotes));
const ThingThreads = later(() => import("./thing-threads").then((threads) => threads.ThingThreads));
const TalkOf = later(() => import("./thing-talk").then((talk) => talk.TalkOf));
const DotsOf = later(() => import("./board-dots").then((dots) => dots.DotsOf));
await Promise.all([BoardVotes.ready(), DotsOf.ready(), TalkOf.ready(), ThingThreads.ready()]);

type Props = Pick<LiveBoardProps, "over" | "uploadImage"> & {
  page: BoardPageData;
  me: Me;
  answer: BoardAnswer | undefined;
  /** Where decisions about the idea are made; left out: not by this reader, or not of this board. */
  decide?: string | undefined;
  /** The reader is a guest; see Talking. */
  guest?: { ended: boolean };
};

/** What is drawn on a board, the votes about it, and what is said about the things on it. */
export function BoardBody({ page, me, answer, over, uploadImage, decide, guest }: Props) {
  const { idea, layer, items, mayEdit, threads } = page;
  // Of somebody whose access has ended nothing is taken any more.
  const voting = page.voting && { ...page.voting, mayVote: page.voting.mayVote && !guest?.ended };
  const mayComment = page.mayComment && !guest?.ended;
  const vote = voting?.vote ?? null;
  const pressing = useDots();
  const marks = useMemo(() => new Map(Object.entries(vote?.dots ?? {}).map(([id, dots]) => [id, `${dots}`])), [vote]);
  const talks = useMemo(() => talksOf(threads), [threads]);
  const said = useMemo(() => new Map([...talks].map(([id, talk]) => [id, `${talk.said}`])), [talks]);
  const navigate = useNavigate();
  const things = useTranslations("collab.things");
  const decisions = useTranslations("decisions");
  const picks = useMemo(
    () => [
      ...(mayComment
        ? [{ label: things("pick"), onPick: (element: string) => navigate(`?thing=${element}#things`) }]
        : []),
      ...(decide
        ? [{ label: decisions("pick"), onPick: (element: string) => navigate(`${decide}?thing=${element}`) }]
        : []),
    ],
    [mayComment, decide, navigate, things, decisions],
  );
  return (
    <>
      {voting && <BoardVotes voting={voting} items={items} failure={answer?.failure} refused={answer?.refused} />}
      <LiveBoard
        key={layer}
        room={boardRoom(idea.id, layer)}
        items={items}
        canEdit={mayEdit}
        me={me}
        title={idea.title}
        unkept={guest !== undefined}
        marks={marks}
        over={over}
        said={said}
        picks={picks}
        beside={(item, connected) => (
          <>
            {vote && voting && (
              <DotsOf item={item} vote={vote} mayVote={voting.mayVote} connected={connected} pressing={pressing} />
            )}
            <TalkOf item={item} talk={talks.get(item.id)} mayComment={mayComment} decide={decide} />
          </>
        )}
        uploadImage={uploadImage}
      />
      <ThingThreads page={page} me={me} answer={answer} {...(guest && { guest })} />
    </>
  );
}
