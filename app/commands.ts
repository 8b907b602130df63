import { useMatches } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { useIdeaCommands } from "~/ideas/ui/idea-commands";
import type { Command, CommandsProps } from "~/ui/command";
import type { staffFurther } from "./staff-places";

/** What the palette offers customers besides the navigation; it loads when the palette is first opened. */

/** Where the palette leads customers besides. `may`: a name that the layout says its reader may; without it, everybody. */
export const clientFurther = [
  { to: "/ideas/new", label: "ideas.home.suggest", may: "submit" },
  { to: "/people/invite", label: "accounts.invite.title", may: "invite" },
  { to: "/surveys", label: "priceResearch.list.title" },
  { to: "/notifications", label: "notifications.page.title" },
  { to: "/settings/notifications", label: "notifications.settings.title" },
  { to: "/settings", label: "accounts.settings.title" },
  { to: "/roadmap", label: "ideas.roadmap.title" },
] as const;

/** The ways there, of what the reader's layout says that they may. */
export function useFurther(further: typeof clientFurther | typeof staffFurther): Command[] {
  const t = useTranslations();
  const mays = new Set(useMatches().flatMap(({ data }) => (data as { mays?: string[] } | undefined)?.mays ?? []));
  return further
    .filter((one) => !("may" in one) || mays.has(one.may))
    .map(({ to, label }) => ({ id: to, to, label: t(label), group: t("ui.palette.do") }));
}

/** What may be done about the idea that is open, then where else there is to go. */
export function ClientCommands({ children }: CommandsProps) {
  return children([...useIdeaCommands("client"), ...useFurther(clientFurther)]);
}
