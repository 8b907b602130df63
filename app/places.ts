import { Building2, House, Lamp, Lightbulb, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import { useAccountCommands } from "~/accounts/ui/account-commands";
import { useIdeaCommands } from "~/ideas/ui/idea-commands";
import type { Command } from "~/ui/command";
import type { Place } from "~/ui/place";
import type { staffFurther } from "./staff-places";

type Side = "client" | "staff";

/** Where the navigation leads, in its order; the numbers on the keyboard lead there, too. A module adds its place here. */
export const PLACES = {
  client: [
    { to: "/", label: "ui.shell.home", icon: House, exact: true },
    { to: "/ideas", label: "ideas.list.title", icon: Lightbulb },
    { to: "/people", label: "accounts.people.title", icon: Users },
  ],
  staff: [
    { to: "/staff", label: "ui.shell.home", icon: House, exact: true },
    { to: "/staff/ideas", label: "ideas.list.title", icon: Lightbulb },
    { to: "/staff/products", label: "catalog.staff.title", icon: Lamp },
    { to: "/staff/accounts", label: "accounts.staffPlaces.accounts", icon: Building2 },
    { to: "/staff/people", label: "accounts.people.staffTitle", icon: Users },
  ],
} as const;

/** Where the palette leads customers besides. `may`: a name that the layout says its reader may; without it, everybody. */
export const clientFurther = [
  { to: "/ideas/new", label: "ideas.home.suggest", may: "submit" },
  { to: "/people/invite", label: "accounts.invite.title", may: "invite" },
  { to: "/notifications", label: "notifications.page.title" },
  { to: "/settings/notifications", label: "notifications.settings.title" },
  { to: "/settings", label: "accounts.settings.title" },
  { to: "/roadmap", label: "ideas.roadmap.title" },
] as const;

/** The places of one side's navigation, named in the reader's language. */
export function usePlaces(side: Side): Place[] {
  const t = useTranslations();
  return PLACES[side].map((place) => ({ ...place, label: t(place.label) }));
}

/**
 * What the palette offers besides the navigation: what may be done about the idea that is open, then where else there is to
 * go. In: where, and what the reader may.
 */
export function useCommands(
  side: Side,
  further: typeof clientFurther | typeof staffFurther | readonly [],
  mays: readonly string[],
): Command[] {
  const t = useTranslations();
  const leads = further
    .filter((one) => !("may" in one) || mays.includes(one.may))
    .map(({ to, label }) => ({ id: to, to, label: t(label), group: t("ui.palette.do") }));
  return [...useIdeaCommands(side), ...useAccountCommands(), ...leads];
}
