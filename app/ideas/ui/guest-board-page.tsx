import { useTranslations } from "use-intl";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import type { BoardAnswer, BoardPageData } from "../board-page";
import { BoardBody } from "./board-body";

type Props = {
  page: BoardPageData;
  me: { personId: string; name: string };
  answer: BoardAnswer | undefined;
  ended: boolean;
  /** The page of their idea. */
  back: string;
};

/** The board of an idea for a guest, who draws on it or only looks, as the grant says; once it ended, nothing is sent. */
export function GuestBoardPage({ page, me, answer, ended, back }: Props) {
  const t = useTranslations("collab.board.page");
  const idea = useTranslations("ideas.page");
  return (
    <article>
      <Said sentences={{ thing: idea("commentSaid"), reply: idea("commentSaid") }} />
      <PageHeader
        above={!ended && <WayUp to={back}>{t("back")}</WayUp>}
        title={t("title")}
        lead={t("lead", { title: page.idea.title })}
      />
      <BoardBody
        page={page}
        me={me}
        answer={answer}
        guest={{ ended }}
        uploadImage={async () => ({ ok: false, why: t("guestPictures") })}
      />
    </article>
  );
}
