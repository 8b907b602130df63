import { Building2, Frame, Handshake, House, Lamp, Lightbulb, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Place } from "~/ui/place";

type Side = "client" | "staff";

/** Where the navigation leads, in its order; the numbers on the keyboard lead there, too. A module adds its place here. */
export const PLACES = {
  client: [
    { to: "/", label: "ui.shell.home", icon: House, exact: true },
    { to: "/ideas", label: "ideas.list.title", icon: Lightbulb },
    { to: "/decisions", label: "decisions.list.title", icon: Handshake },
    { to: "/people", label: "accounts.people.title", icon: Users },
  ],
  staff: [
    { to: "/staff", label: "ui.shell.home", icon: House, exact: true },
    { to: "/staff/ideas", label: "ideas.list.title", icon: Lightbulb },
    { to: "/staff/prototypes", label: "prototypes.list.title", icon: Frame },
    { to: "/staff/decisions", label: "decisions.list.title", icon: Handshake },
    { to: "/staff/products", label: "catalog.staff.title", icon: Lamp },
    { to: "/staff/accounts", label: "accounts.staffPlaces.accounts", icon: Building2 },
    { to: "/staff/people", label: "accounts.people.staffTitle", icon: Users },
  ],
} as const;

/** The places of one side's navigation, named in the reader's language. */
export function usePlaces(side: Side): Place[] {
  const t = useTranslations();
  return PLACES[side].map((place) => ({ ...place, label: t(place.label) }));
}

/** What the palette offers besides. A customer's browser loads neither what staff may do nor their sentences. */
export const loadClientCommands = () => import("./commands").then(({ ClientCommands }) => ClientCommands);
export const loadStaffCommands = () => import("./staff-commands").then(({ StaffCommands }) => StaffCommands);
