import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { parseForm, readForm } from "~/kernel/form";
import { settingsForm } from "~/notifications/notification.schema";
import { saveSettings, settingsOf } from "~/notifications/notifications.server";
import { SettingsPage } from "~/notifications/ui/settings-page";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("notifications");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requireStaff(context);
  const title = translatorOf(context.locale)("notifications.settings.title");
  const saved = new URL(request.url).searchParams.has("saved");
  return { settings: await settingsOf(person), zone: personBehind(context).zone, saved, title };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requireStaff(context);
  const form = parseForm(await readForm(request), settingsForm);
  if (!form.ok) return data(form, 422);
  await saveSettings(person, form.value);
  return redirect("/staff/settings/notifications?saved");
}

export default function NotificationSettings() {
  const { settings, zone, saved } = useLoaderData<typeof loader>();
  return (
    <SettingsPage
      settings={settings}
      zone={zone}
      saved={saved}
      back="/settings"
      failure={useActionData<typeof action>()}
    />
  );
}
