import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { IntlProvider, useTranslations } from "use-intl";
import { personBehind, requirePerson } from "~/accounts/session.server";
import { ViewBanner } from "~/accounts/ui/view-banner";
import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { STAFF_PLACES } from "~/maker-places";
import { maysOf } from "~/mays.server";
import { bellOf } from "~/notifications/notifications.server";
import { Bell } from "~/notifications/ui/bell";
import { CLIENT_PLACES, loadClientCommands, loadStaffCommands, usePlaces } from "~/places";
import { OnlyReading } from "~/ui/reading";
import { PortalShell } from "~/ui/shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { loadedWords, troubleTitle } from "~/words";

/** Around the pages that are one's own on either side. Staff find their way back to theirs. */

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const viewing = context.visitor.actor && context.visitor.viewing;
  return {
    ...personBehind(context),
    mays: maysOf(person),
    bell: await bellOf(person, context.asked),
    viewing: viewing ? { who: viewing.staffName, account: viewing.accountName, endsAt: viewing.endsAt } : null,
  };
}

export default function OwnPages() {
  return (
    <Shell>
      <Outlet />
    </Shell>
  );
}

// A page that is not there keeps its surroundings, as long as they could be loaded.
export function ErrorBoundary() {
  const person = useRouteLoaderData<typeof loader>("routes/_person");
  if (!person) return <TroublePage />;
  return (
    <Shell>
      <Trouble home={person.side === "staff" ? "/staff" : "/"} />
    </Shell>
  );
}

function Shell({ children }: { children: ReactNode }) {
  const locale = useRouteLoaderData<{ locale: Locale }>("root")?.locale ?? "en";
  const person = useRouteLoaderData<typeof loader>("routes/_person");
  const side = person?.side === "staff" ? "staff" : "client";
  const viewing = Boolean(person?.viewing);
  return (
    <IntlProvider locale={LOCALE_TAGS[locale]} messages={loadedWords(locale)}>
      <OnlyReading when={viewing}>
        <Frame side={side}>{children}</Frame>
      </OnlyReading>
    </IntlProvider>
  );
}

function Frame({ side, children }: { side: "client" | "staff"; children: ReactNode }) {
  const t = useTranslations();
  const person = useRouteLoaderData<typeof loader>("routes/_person");
  const staff = side === "staff";
  return (
    <>
      {person?.viewing && <ViewBanner {...person.viewing} />}
      <PortalShell
        home={staff ? "/staff" : "/"}
        places={usePlaces(side === "staff" ? STAFF_PLACES : CLIENT_PLACES)}
        commands={staff ? loadStaffCommands : loadClientCommands}
        person={{
          name: person?.name ?? "",
          detail: staff ? t("ui.shell.staff") : t("ui.shell.account", { account: person?.accountName ?? "" }),
        }}
        bell={
          person &&
          !person.viewing && (
            <Bell personId={person.id} bell={person.bell} list={staff ? "/staff/notifications" : "/notifications"} />
          )
        }
      >
        {children}
      </PortalShell>
    </>
  );
}
