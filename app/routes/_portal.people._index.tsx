import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { listColleagues, viewRemoved } from "~/accounts/people.server";
import { answerInvitations } from "~/accounts/person-forms.server";
import { personBehind, requireClient, requireRecentProof } from "~/accounts/session.server";
import { newsIn } from "~/accounts/ui/invitation-list";
import { PeoplePage } from "~/accounts/ui/people-page";
import { readCursor } from "~/kernel/cursor";
import { readForm } from "~/kernel/form";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

// Whoever was too late sees at once how things stand now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const query = new URL(request.url).searchParams;
  const gone = readCursor(query.get("gone"));
  const page = await listColleagues(client, readCursor(query.get("after")));
  const { id, accountName } = personBehind(context);
  return {
    ...page,
    gone: (gone && (await viewRemoved(client, gone))) || null,
    news: newsIn(query, page.invitations),
    me: id,
    account: accountName ?? "",
    title: translatorOf(context.locale)("accounts.people.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const typed = await readForm(request);
  await requireRecentProof(context);
  return answerInvitations(client, typed, "/people");
}

export default function People() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useLive(["persons", "invitations"]);
  return <PeoplePage {...page} news={answer ?? page.news} />;
}
