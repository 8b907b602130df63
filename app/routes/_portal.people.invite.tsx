import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { invite } from "~/accounts/invitations.server";
import { type InviteRefused, mayDecideAbout, statusOfInviteRefusal } from "~/accounts/person";
import { inviteForm } from "~/accounts/person.schema";
import { requireClient, requireRecentProof } from "~/accounts/session.server";
import { InvitePage } from "~/accounts/ui/invite-page";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

type Answer = { failure?: FormFailure; refused?: InviteRefused };

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  return {
    whyNot: mayDecideAbout(client, client.accountId) ? null : ("not-yours" as const),
    language: context.locale,
    title: translatorOf(context.locale)("accounts.invite.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const typed = await readForm(request);
  const form = parseForm(typed, inviteForm);
  if (!form.ok) return data<Answer>({ failure: form }, 422);
  await requireRecentProof(context);
  const outcome = await invite(client, { ...form.value, accountId: client.accountId });
  if (outcome.ok) return redirect(`/people?sent=${outcome.id}`);
  return data<Answer>({ failure: refuseForm(typed, {}), refused: outcome }, statusOfInviteRefusal(outcome.why));
}

export default function Invite() {
  const page = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  return <InvitePage {...page} back="/people" failure={answer?.failure} refused={answer?.refused} />;
}
