import { Building2, Frame, Handshake, House, Lamp, Lightbulb, Users } from "lucide-react";

/** Where staff's navigation leads, in its order: apart, for a customer's browser is sent nothing of it. */
export const STAFF_PLACES = [
  { to: "/staff", label: "ui.shell.home", icon: House, exact: true },
  { to: "/staff/ideas", label: "ideas.list.title", icon: Lightbulb },
  { to: "/staff/prototypes", label: "prototypes.list.title", icon: Frame },
  { to: "/staff/decisions", label: "decisions.list.title", icon: Handshake },
  { to: "/staff/products", label: "catalog.staff.title", icon: Lamp },
  { to: "/staff/accounts", label: "accounts.staffPlaces.accounts", icon: Building2 },
  { to: "/staff/people", label: "accounts.people.staffTitle", icon: Users },
] as const;
