import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { personBehind, requireClient } from "~/accounts/session.server";
import { ViewBanner } from "~/accounts/ui/view-banner";
import { statusesFor } from "~/ideas/idea-statuses.server";
import { StatusesProvider } from "~/ideas/ui/status";
import { maysOf } from "~/mays.server";
import { bellOf } from "~/notifications/notifications.server";
import { Bell } from "~/notifications/ui/bell";
import { CLIENT_PLACES, loadClientCommands, usePlaces } from "~/places";
import { useKeptFor } from "~/ui/kept-guard";
import { OnlyReading } from "~/ui/reading";
import { PortalShell } from "~/ui/shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { troubleTitle } from "~/words";

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { visitor } = context;
  const viewing = visitor.actor && visitor.viewing;
  const [statuses, bell] = await Promise.all([statusesFor(client, context.locale), bellOf(client, context.asked)]);
  return {
    ...personBehind(context),
    mays: maysOf(client),
    statuses,
    bell,
    viewing: viewing ? { who: viewing.staffName, account: viewing.accountName, endsAt: viewing.endsAt } : null,
  };
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
  const person = useRouteLoaderData<typeof loader>("routes/_portal");
  return (
    <OnlyReading when={Boolean(person?.viewing)}>
      <Frame>{children}</Frame>
    </OnlyReading>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const person = useRouteLoaderData<typeof loader>("routes/_portal");
  useKeptFor(person?.id);
  return (
    <>
      {person?.viewing && <ViewBanner {...person.viewing} />}
      <PortalShell
        home="/"
        places={usePlaces(CLIENT_PLACES)}
        commands={loadClientCommands}
        person={{ name: person?.name ?? "", detail: t("ui.shell.account", { account: person?.accountName ?? "" }) }}
        bell={person && !person.viewing && <Bell personId={person.id} bell={person.bell} list="/notifications" />}
      >
        <StatusesProvider statuses={person?.statuses ?? []}>{children}</StatusesProvider>
      </PortalShell>
    </>
  );
}
