import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { maySubmit } from "~/ideas/idea";
import { portalFilter } from "~/ideas/idea-list.schema";
import { listIdeas } from "~/ideas/idea-lists.server";
import { IdeaListPage } from "~/ideas/ui/idea-list-page";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { filter, after } = portalFilter(request.url);
  return {
    ideas: await listIdeas(client, { ...filter, after }),
    filter,
    further: after !== null,
    account: personBehind(context).accountName ?? "",
    maySubmit: maySubmit(client),
    title: translatorOf(context.locale)("ideas.list.title"),
  };
}

export default function Ideas() {
  const { ideas, filter, further, account, maySubmit } = useLoaderData<typeof loader>();
  useLive(["ideas"]);
  return <IdeaListPage ideas={ideas} filter={filter} further={further} account={account} maySubmit={maySubmit} />;
}
