import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { boardRoom } from "~/collab/room";
import { Tabs } from "~/ui/tabs";
import type { BoardAnswer, BoardPageData } from "../board-page";
import { BoardPage } from "./board-page";
import type { Me } from "./brief-section";

/** An idea's board as staff see it: what is shared with the customer, and beside it a layer of their own. */
export function StaffSketchPage({
  page,
  me,
  answer,
}: {
  page: BoardPageData;
  me: Me;
  answer?: BoardAnswer | undefined;
}) {
  const t = useTranslations("ideas.layer");
  const idea = `/staff/ideas/${page.idea.id}`;
  const isOwn = page.layer === "staff-layer";
  const own = isOwn ? { lead: t("ownLead", { title: page.idea.title }) } : {};
  const label = t(isOwn ? "overOwn" : "overShared");
  const other = boardRoom(page.idea.id, isOwn ? "board" : "staff-layer");
  const over = useMemo(() => ({ room: other, label }), [other, label]);
  const tabs = [
    { to: `${idea}/board`, label: t("shared") },
    { to: `${idea}/layer`, label: t("own") },
  ];
  const above = <Tabs label={t("layers")} tabs={tabs} />;
  return <BoardPage page={page} me={me} back={idea} {...own} above={above} answer={answer} over={over} />;
}
