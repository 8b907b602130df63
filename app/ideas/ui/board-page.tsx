import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { boardRoom } from "~/collab/room";
import { LiveBoard } from "~/collab/ui/live-board";
import { LinkButton } from "~/ui/button";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import type { BoardPageData } from "../board-page";
import type { Me } from "./brief-section";
import { IdeaHere } from "./idea-here";
import { sendPicture } from "./send-picture";

type Props = { page: BoardPageData; me: Me; back: string; lead?: string; above?: ReactNode };

/** The board of an idea: what is drawn together, and the same as a list. */
export function BoardPage({ page, me, back, lead, above }: Props) {
  const t = useTranslations("collab.board.page");
  const say = useTranslations("ideas.image");
  const versions = useTranslations("ideas.versions");
  const { idea, layer, items, mayEdit } = page;
  return (
    <article>
      <PageHeader
        above={
          <div className="flex items-center gap-4">
            <Link to={back} className="link inline-flex min-h-8 shrink-0 items-center">
              {t("back")}
            </Link>
            <IdeaHere ideaId={idea.id} except={layer} named />
          </div>
        }
        title={t("title")}
        lead={lead ?? t("lead", { title: idea.title })}
      >
        <LinkButton to={`${back}/versions?of=${layer}`}>{versions("link")}</LinkButton>
      </PageHeader>
      {above}
      <LiveBoard
        key={layer}
        room={boardRoom(idea.id, layer)}
        items={items}
        canEdit={mayEdit}
        me={me}
        title={idea.title}
        uploadImage={(file, signal) => sendPicture(idea.id, file, signal, (why) => say(why))}
      />
    </article>
  );
}
