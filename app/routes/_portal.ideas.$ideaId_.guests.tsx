import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerGuests, viewGuests } from "~/accounts/guests.server";
import { requireClient } from "~/accounts/session.server";
import { GuestsPage } from "~/accounts/ui/guests-page";
import { ideaForGuests } from "~/ideas/guest-ideas.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const idea = await ideaForGuests(client, requireId(params, "ideaId"));
  if (!idea) throw notThere();
  const title = translatorOf(context.locale)("accounts.guests.title");
  return { page: await viewGuests(client, idea), back: `/ideas/${idea.id}`, language: context.locale, title };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const idea = await ideaForGuests(client, requireId(params, "ideaId"));
  if (!idea) throw notThere();
  const { answer, status } = await answerGuests(client, idea, await readForm(request));
  return data(answer, status);
}

export default function PortalGuests() {
  const { page, back, language } = useLoaderData<typeof loader>();
  return <GuestsPage page={page} back={back} language={language} answer={useActionData<typeof action>()} />;
}
