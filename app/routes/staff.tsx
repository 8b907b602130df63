import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import { House, Lamp, Lightbulb, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { statusesFor } from "~/ideas/idea-statuses.server";
import { StatusesProvider } from "~/ideas/ui/status";
import { bellOf } from "~/notifications/notifications.server";
import { Bell } from "~/notifications/ui/bell";
import { StaffShell } from "~/ui/staff-shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { troubleTitle } from "~/words";

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const [statuses, bell] = await Promise.all([statusesFor(staff, context.locale), bellOf(staff, context.asked)]);
  return { ...personBehind(context), statuses, bell };
}

export default function StaffArea() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

// A page that is not there keeps its surroundings, as long as they could be loaded.
export function ErrorBoundary() {
  const person = useRouteLoaderData<typeof loader>("routes/staff");
  if (!person) return <TroublePage />;
  return (
    <Shell>
      <Trouble home="/staff" />
    </Shell>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const person = useRouteLoaderData<typeof loader>("routes/staff");
  return (
    <StaffShell
      home="/staff"
      places={[
        { to: "/staff", label: t("ui.shell.home"), icon: House, exact: true },
        { to: "/staff/ideas", label: t("ideas.list.title"), icon: Lightbulb },
        { to: "/staff/products", label: t("catalog.staff.title"), icon: Lamp },
        { to: "/staff/people", label: t("accounts.people.staffTitle"), icon: Users },
      ]}
      person={{ name: person?.name ?? "", detail: t("ui.shell.staff") }}
      bell={person && <Bell personId={person.id} bell={person.bell} list="/staff/notifications" aside />}
    >
      <StatusesProvider statuses={person?.statuses ?? []}>{children}</StatusesProvider>
    </StaffShell>
  );
}
