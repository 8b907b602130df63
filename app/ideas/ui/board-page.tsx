import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { useLive } from "~/ui/live";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import type { BoardAnswer, BoardPageData } from "../board-page";
import { BoardBody } from "./board-body";
import type { Me } from "./brief-section";
import { IdeaHere } from "./idea-here";
import { sendPicture } from "./send-picture";

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
  const { idea, layer } = page;
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
      <BoardBody
        page={page}
        me={me}
        answer={answer}
        over={over}
        decide={me.mayDecide && layer === "board" ? `${back}/decide` : undefined}
        uploadImage={(file, signal) => sendPicture(idea.id, file, signal, (why) => say(why))}
      />
    </article>
  );
}
