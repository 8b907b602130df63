import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { decisionsBesideHome } from "~/decisions/decision-pages.server";
import { WaitingDecisions } from "~/decisions/ui/waiting-decisions";
import { maySubmit } from "~/ideas/idea";
import { portalHome } from "~/ideas/idea-homes.server";
import { HomePage } from "~/ideas/ui/home-page";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { name, accountName } = personBehind(context);
  const { beside: decisions, ...home } = await portalHome(client, decisionsBesideHome(client));
  const title = translatorOf(context.locale)("ui.shell.home");
  return { ...home, decisions, title, name, account: accountName ?? "", maySubmit: maySubmit(client) };
}

export default function Home() {
  const { title: _, decisions, ...home } = useLoaderData<typeof loader>();
  useLive(["ideas", "decisions"]);
  return (
    <HomePage {...home}>
      <WaitingDecisions waiting={decisions} path="/decisions" />
    </HomePage>
  );
}
