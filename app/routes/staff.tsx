import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { IntlProvider, useTranslations } from "use-intl";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { statusesFor } from "~/ideas/idea-statuses.server";
import { StatusesProvider } from "~/ideas/ui/status";
import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { STAFF_PLACES } from "~/maker-places";
import { maysOf } from "~/mays.server";
import { bellOf } from "~/notifications/notifications.server";
import { Bell } from "~/notifications/ui/bell";
import { loadStaffCommands, usePlaces } from "~/places";
import { hasStaffWords, loadStaffWords } from "~/staff-words";
import { useKeptFor } from "~/ui/kept-guard";
import { StaffShell } from "~/ui/staff-shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { loadedWords, troubleTitle } from "~/words";

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const [statuses, bell] = await Promise.all([statusesFor(staff, context.locale), bellOf(staff, context.asked)]);
  return { ...personBehind(context), mays: maysOf(staff), statuses, bell };
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

/** Staff's own sentences are here already, except for somebody who has just signed in without a new document. */
function Shell({ children }: { children: ReactNode }) {
  const locale = useRouteLoaderData<{ locale: Locale }>("root")?.locale ?? "en";
  const [, setLoaded] = useState(hasStaffWords(locale));
  useEffect(() => {
    if (!hasStaffWords(locale))
      loadStaffWords(locale).then(
        () => setLoaded(true),
        () => window.location.reload(),
      );
  }, [locale]);
  if (!hasStaffWords(locale)) return null;
  return (
    <IntlProvider locale={LOCALE_TAGS[locale]} messages={loadedWords(locale)}>
      <Frame>{children}</Frame>
    </IntlProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const person = useRouteLoaderData<typeof loader>("routes/staff");
  useKeptFor(person?.id);
  return (
    <StaffShell
      home="/staff"
      places={usePlaces(STAFF_PLACES)}
      commands={loadStaffCommands}
      person={{ name: person?.name ?? "", detail: t("ui.shell.staff") }}
      bell={person && <Bell personId={person.id} bell={person.bell} list="/staff/notifications" aside />}
    >
      <StatusesProvider statuses={person?.statuses ?? []}>{children}</StatusesProvider>
    </StaffShell>
  );
}
