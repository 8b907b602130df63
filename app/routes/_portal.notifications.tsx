import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireClient } from "~/accounts/session.server";
import { readCursor } from "~/kernel/cursor";
import { parseForm, readForm } from "~/kernel/form";
import { readNoticesForm, whichOf } from "~/notifications/notification.schema";
import { bellOf, listNotices, readNotices } from "~/notifications/notifications.server";
import { NoticesPage } from "~/notifications/ui/notices-page";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requireClient(context);
  const after = readCursor(new URL(request.url).searchParams.get("after"));
  const { unread } = await bellOf(person, context.asked);
  const title = translatorOf(context.locale)("notifications.page.title");
  return { notices: await listNotices(person, context.locale, after), unread, further: after !== null, title };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requireClient(context);
  const form = parseForm(await readForm(request), readNoticesForm);
  if (!form.ok) return data(form, 422);
  await readNotices(person, whichOf(form.value));
  // A browser's own form is followed by a page; the bell stays where its reader is.
  return request.headers.get("accept")?.includes("text/html") ? redirect("/notifications") : { ok: true as const };
}

export default function Notifications() {
  const { notices, unread, further } = useLoaderData<typeof loader>();
  return <NoticesPage notices={notices} unread={unread} further={further} settings="/settings/notifications" />;
}
