import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { viewColleague } from "~/accounts/people.server";
import type { PersonRefused } from "~/accounts/person";
import { decideByForm } from "~/accounts/person-forms.server";
import { requireClient, requireRecentProof } from "~/accounts/session.server";
import { PersonPage } from "~/accounts/ui/person-page";
import { type FormFailure, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { useLive } from "~/ui/live";
import { loadPageWords } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.person.name} · Tandem` : "Tandem" },
];

// Whoever is told that somebody was quicker sees at once how things stand now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const page = await viewColleague(client, requireId(params, "personId"));
  if (!page) throw new Response(null, { status: 404, statusText: "Not Found" });
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const typed = await readForm(request);
  await requireRecentProof(context);
  return decideByForm(client, requireId(params, "personId"), typed, "/people");
}

export default function Person() {
  const page = useLoaderData<typeof loader>();
  const answer: { failure?: FormFailure; refused?: PersonRefused } | undefined = useActionData<typeof action>();
  useLive([`person:${page.person.id}`]);
  return <PersonPage {...page} failure={answer?.failure} refused={answer?.refused} />;
}
