import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import { House, Lightbulb, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { statusesFor } from "~/ideas/idea-statuses.server";
import { StatusesProvider } from "~/ideas/ui/status";
import { StaffShell } from "~/ui/staff-shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { troubleTitle } from "~/words";

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  return { ...personBehind(context), statuses: await statusesFor(staff, context.locale) };
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
        { to: "/staff/people", label: t("accounts.people.staffTitle"), icon: Users },
      ]}
      person={{ name: person?.name ?? "", detail: t("ui.shell.staff") }}
    >
      <StatusesProvider statuses={person?.statuses ?? []}>{children}</StatusesProvider>
    </StaffShell>
  );
}
