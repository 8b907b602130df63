import { useTranslations } from "use-intl";
import { Tabs } from "~/ui/tabs";
import type { BoardPageData } from "../board-page";
import { BoardPage } from "./board-page";
import type { Me } from "./brief-section";

/** An idea's board as staff see it: what is shared with the customer, and beside it a layer of their own. */
export function StaffSketchPage({ page, me }: { page: BoardPageData; me: Me }) {
  const t = useTranslations("ideas.layer");
  const idea = `/staff/ideas/${page.idea.id}`;
  const own = page.layer === "staff-layer" ? { lead: t("ownLead", { title: page.idea.title }) } : {};
  const tabs = [
    { to: `${idea}/board`, label: t("shared") },
    { to: `${idea}/layer`, label: t("own") },
  ];
  return <BoardPage page={page} me={me} back={idea} {...own} above={<Tabs label={t("layers")} tabs={tabs} />} />;
}
