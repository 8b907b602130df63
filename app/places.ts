import { Building2, House, Lamp, Lightbulb, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Command } from "~/ui/command";
import type { Place } from "~/ui/place";

type Side = "client" | "staff";

/** Where the navigation leads, in its order; the numbers on the keyboard lead there, too. A module adds its place here. */
const PLACES = {
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

/** Where the palette leads besides. `may`: a name that the layout says its reader may; without it, everybody. */
const FURTHER = {
  client: [
    { to: "/ideas/new", label: "ideas.home.suggest", may: "submit" },
    { to: "/people/invite", label: "accounts.invite.title", may: "invite" },
    { to: "/settings", label: "accounts.settings.title" },
  ],
  staff: [
    { to: "/settings", label: "accounts.settings.title" },
    { to: "/staff/absences", label: "accounts.staffPlaces.absences" },
    { to: "/staff/settings/second-factor", label: "accounts.secondFactor.title" },
    { to: "/staff/settings/security", label: "staffAccounts.security.title", may: "administer" },
  ],
} as const;

/** The places of one side's navigation, named in the reader's language. */
export function usePlaces(side: Side): Place[] {
  const t = useTranslations();
  return PLACES[side].map((place) => ({ ...place, label: t(place.label) }));
}

/** What the palette offers besides the navigation. In: what the reader may. */
export function useCommands(side: Side, mays: readonly string[]): Command[] {
  const t = useTranslations();
  return FURTHER[side]
    .filter((one) => !("may" in one) || mays.includes(one.may))
    .map(({ to, label }) => ({ id: to, to, label: t(label), group: t("ui.palette.do") }));
}
