import { useNavigate } from "@remix-run/react";
import { type ReactNode, useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { boardRoom } from "~/collab/room";
import { LiveBoard } from "~/collab/ui/live-board";
import { LinkButton } from "~/ui/button";
import { later } from "~/ui/later";
import { useLive } from "~/ui/live";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import type { BoardAnswer, BoardPageData } from "../board-page";
import { talksOf } from "../idea-thread";
import type { Me } from "./brief-section";
import { IdeaHere } from "./idea-here";
import { sendPicture } from "./send-picture";
import { useDots } from "./use-dots";

const BoardVotes = later(() => import("./board-votes").then((votes) => votes.BoardVotes));
const ThingThreads = later(() => import("./thing-threads").then((threads) => threads.ThingThreads));
const TalkOf = later(() => import("./thing-talk").then((talk) => talk.TalkOf));
const DotsOf = later(() => import("./board-dots").then((dots) => dots.DotsOf));
await Promise.all([BoardVotes.ready(), DotsOf.ready(), TalkOf.ready(), ThingThreads.ready()]);

type Props = {
  page: BoardPageData;
  me: Me;
  back: string;
  /** Why a form of this page was refused. */
  answer?: BoardAnswer | undefined;
  lead?: string;
  above?: ReactNode;
  /** Another board of the idea that its reader may see laid over this one. */
  over?: { room: string; label: string } | undefined;
};

/** The board of an idea: what is drawn together, and the same as a list. */
export function BoardPage({ page, me, back, answer, lead, above, over }: Props) {
  const t = useTranslations("collab.board.page");
  const say = useTranslations("ideas.image");
  const versions = useTranslations("ideas.versions");
  const { idea, layer, items, mayEdit, voting, threads, mayComment } = page;
  const vote = voting?.vote ?? null;
  const pressing = useDots();
  const marks = useMemo(() => new Map(Object.entries(vote?.dots ?? {}).map(([id, dots]) => [id, `${dots}`])), [vote]);
  const talks = useMemo(() => talksOf(threads), [threads]);
  const said = useMemo(() => new Map([...talks].map(([id, talk]) => [id, `${talk.said}`])), [talks]);
  const navigate = useNavigate();
  const onPick = useCallback((element: string) => navigate(`?thing=${element}#things`), [navigate]);
  useLive([`idea:${idea.id}`]);
  return (
    <article>
      <PageHeader
        above={
          <div className="flex items-center gap-4">
            <WayUp to={back}>{t("back")}</WayUp>
            <IdeaHere ideaId={idea.id} except={layer} named />
          </div>
        }
        title={t("title")}
        lead={lead ?? t("lead", { title: idea.title })}
      >
        <LinkButton to={`${back}/versions?of=${layer}`}>{versions("link")}</LinkButton>
      </PageHeader>
      {above}
      {voting && <BoardVotes voting={voting} items={items} failure={answer?.failure} refused={answer?.refused} />}
      <LiveBoard
        key={layer}
        room={boardRoom(idea.id, layer)}
        items={items}
        canEdit={mayEdit}
        me={me}
        title={idea.title}
        marks={marks}
        over={over}
        said={said}
        onPick={mayComment ? onPick : undefined}
        beside={
          layer === "board"
            ? (item, connected) => (
                <>
                  {vote && voting && (
                    <DotsOf
                      item={item}
                      vote={vote}
                      mayVote={voting.mayVote}
                      connected={connected}
                      pressing={pressing}
                    />
                  )}
                  <TalkOf item={item} talk={talks.get(item.id)} mayComment={mayComment} />
                </>
              )
            : undefined
        }
        uploadImage={(file, signal) => sendPicture(idea.id, file, signal, (why) => say(why))}
      />
      <ThingThreads page={page} me={me} answer={answer} />
    </article>
  );
}
