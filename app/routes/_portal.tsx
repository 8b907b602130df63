import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import { House, Lightbulb, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { personBehind, requireClient } from "~/accounts/session.server";
import { statusesFor } from "~/ideas/idea-statuses.server";
import { StatusesProvider } from "~/ideas/ui/status";
import { bellOf } from "~/notifications/notifications.server";
import { Bell } from "~/notifications/ui/bell";
import { PortalShell } from "~/ui/shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { troubleTitle } from "~/words";

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const [statuses, bell] = await Promise.all([statusesFor(client, context.locale), bellOf(client, context.asked)]);
  return { ...personBehind(context), statuses, bell };
}

export default function Portal() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

// A page that is not there keeps its surroundings, as long as they could be loaded.
export function ErrorBoundary() {
  const person = useRouteLoaderData<typeof loader>("routes/_portal");
  if (!person) return <TroublePage />;
  return (
    <Shell>
      <Trouble />
    </Shell>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const person = useRouteLoaderData<typeof loader>("routes/_portal");
  return (
    <PortalShell
      home="/"
      places={[
        { to: "/", label: t("ui.shell.home"), icon: House, exact: true },
        { to: "/ideas", label: t("ideas.list.title"), icon: Lightbulb },
        { to: "/people", label: t("accounts.people.title"), icon: Users },
      ]}
      person={{ name: person?.name ?? "", detail: t("ui.shell.account", { account: person?.accountName ?? "" }) }}
      bell={person && <Bell personId={person.id} bell={person.bell} list="/notifications" />}
    >
      <StatusesProvider statuses={person?.statuses ?? []}>{children}</StatusesProvider>
    </PortalShell>
  );
}
