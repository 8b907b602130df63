import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Outlet, useRouteLoaderData } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { personBehind, requirePerson } from "~/accounts/session.server";
import { bellOf } from "~/notifications/notifications.server";
import { Bell } from "~/notifications/ui/bell";
import { clientFurther, useCommands, usePlaces } from "~/places";
import { PortalShell } from "~/ui/shell";
import { Trouble, TroublePage } from "~/ui/trouble";
import { troubleTitle } from "~/words";

/** Around the pages that are one's own on either side. Staff find their way back to theirs. */

export const meta: MetaFunction = ({ error, matches }) => [{ title: error ? troubleTitle(error, matches) : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  return { ...personBehind(context), bell: await bellOf(person, context.asked) };
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

/** Where the palette leads besides: a customer's browser does not load where it leads staff. */
function useFurther(side: "client" | "staff") {
  const [ofStaff, setOfStaff] = useState<typeof import("~/staff-places")["staffFurther"]>();
  useEffect(() => {
    if (side === "staff") void import("~/staff-places").then((places) => setOfStaff(places.staffFurther));
  }, [side]);
  return side === "client" ? clientFurther : (ofStaff ?? ([] as const));
}

function Shell({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const person = useRouteLoaderData<typeof loader>("routes/_person");
  const staff = person?.side === "staff";
  const side = staff ? "staff" : "client";
  const further = useFurther(side);
  return (
    <PortalShell
      home={staff ? "/staff" : "/"}
      places={usePlaces(side)}
      commands={useCommands(side, further, [])}
      person={{
        name: person?.name ?? "",
        detail: staff ? t("ui.shell.staff") : t("ui.shell.account", { account: person?.accountName ?? "" }),
      }}
      bell={
        person && (
          <Bell personId={person.id} bell={person.bell} list={staff ? "/staff/notifications" : "/notifications"} />
        )
      }
    >
      {children}
    </PortalShell>
  );
}
