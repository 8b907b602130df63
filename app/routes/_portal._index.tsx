import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { maySubmit } from "~/ideas/idea";
import { portalHome } from "~/ideas/idea-lists.server";
import { HomePage } from "~/ideas/ui/home-page";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { name, accountName } = personBehind(context);
  const { ideas, news } = await portalHome(client);
  const title = translatorOf(context.locale)("ui.shell.home");
  return { ideas, news, title, name, account: accountName ?? "", maySubmit: maySubmit(client) };
}

export default function Home() {
  const { ideas, news, name, account, maySubmit } = useLoaderData<typeof loader>();
  useLive(["ideas"]);
  return <HomePage ideas={ideas} news={news} name={name} account={account} maySubmit={maySubmit} />;
}
