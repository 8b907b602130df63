import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  redirectDocument,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { profileForm, sessionForm } from "~/accounts/person.schema";
import { personBehind, requirePerson, sessionBehind } from "~/accounts/session.server";
import { endSessions, saveProfile, viewSettings } from "~/accounts/settings.server";
import { SettingsPage } from "~/accounts/ui/settings-page";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, readForm } from "~/kernel/form";
import { preferenceCookie } from "~/kernel/http";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const { name, zone } = personBehind(context);
  const query = new URL(request.url).searchParams;
  const ended = query.get("ended");
  return {
    side: person.side,
    ...(await viewSettings(person, sessionBehind(context))),
    profile: { name, zone, language: context.locale, theme: context.theme },
    saved: query.has("saved"),
    ended: ended && /^\d{1,3}$/.test(ended) ? Number(ended) : null,
    title: translatorOf(context.locale)("accounts.settings.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requirePerson(context);
  const typed = await readForm(request);
  if (typed.get("form") === "profile") return save(person, typed, context.origin);
  const form = parseForm(typed, sessionForm);
  if (!form.ok) return data<{ failure: FormFailure }>({ failure: form }, 422);
  return redirect(`/settings?ended=${await endSessions(person, sessionBehind(context), form.value.session ?? null)}`);
}

async function save(person: ClientActor | StaffActor, typed: FormData, origin: string) {
  const form = parseForm(typed, profileForm);
  if (!form.ok) return data<{ failure: FormFailure }>({ failure: form }, 422);
  const { theme, ...profile } = form.value;
  await saveProfile(person, profile);
  const headers = new Headers();
  headers.append("Set-Cookie", preferenceCookie("locale", profile.language, origin));
  headers.append("Set-Cookie", preferenceCookie("theme", theme, origin));
  // The whole page anew: it may be in another language now.
  return redirectDocument("/settings?saved=1", { headers });
}

export default function Settings() {
  const page = useLoaderData<typeof loader>();
  const answer: { failure?: FormFailure } | undefined = useActionData<typeof action>();
  return <SettingsPage {...page} failure={answer?.failure} />;
}
