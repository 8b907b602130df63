import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { listStaff, viewRemoved } from "~/accounts/people.server";
import { answerInvitations } from "~/accounts/person-forms.server";
import { personBehind, requireRecentProof, requireStaff } from "~/accounts/session.server";
import { newsIn } from "~/accounts/ui/invitation-list";
import { StaffPeoplePage } from "~/accounts/ui/staff-people-page";
import { readCursor } from "~/kernel/cursor";
import { readForm } from "~/kernel/form";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

// Whoever was too late sees at once how things stand now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const query = new URL(request.url).searchParams;
  const gone = readCursor(query.get("gone"));
  const page = await listStaff(staff, readCursor(query.get("after")));
  return {
    ...page,
    gone: (gone && (await viewRemoved(staff, gone))) || null,
    news: newsIn(query, page.invitations),
    me: personBehind(context).id,
    title: translatorOf(context.locale)("accounts.people.staffTitle"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  await requireRecentProof(context);
  return answerInvitations(staff, typed, "/staff/people");
}

export default function StaffPeople() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useLive(["persons", "invitations"]);
  return <StaffPeoplePage {...page} news={answer ?? page.news} />;
}
