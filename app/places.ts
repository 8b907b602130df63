import { Frame, Handshake, House, Lightbulb, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Place } from "~/ui/place";
import type { STAFF_PLACES } from "./maker-places";

/** Where customers' navigation leads, in its order; the numbers on the keyboard lead there, too. A module adds its place here. */
export const CLIENT_PLACES = [
  { to: "/", label: "ui.shell.home", icon: House, exact: true },
  { to: "/ideas", label: "ideas.list.title", icon: Lightbulb },
  { to: "/prototypes", label: "prototypes.list.title", icon: Frame },
  { to: "/decisions", label: "decisions.list.title", icon: Handshake },
  { to: "/people", label: "accounts.people.title", icon: Users },
] as const;

/** The places of one side's navigation, named in the reader's language. */
export function usePlaces(places: typeof CLIENT_PLACES | typeof STAFF_PLACES): Place[] {
  const t = useTranslations();
  return places.map((place) => ({ ...place, label: t(place.label) }));
}

/** What the palette offers besides. A customer's browser loads neither what staff may do nor their sentences. */
export const loadClientCommands = () => import("./commands").then(({ ClientCommands }) => ClientCommands);
export const loadStaffCommands = () => import("./staff-commands").then(({ StaffCommands }) => StaffCommands);
