import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { listAsked } from "~/decisions/decision.schema";
import { listDecisions } from "~/decisions/decision-pages.server";
import { DecisionListPage } from "~/decisions/ui/decision-list-page";
import { useLive } from "~/ui/live";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("decisions");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { list, idea, after } = listAsked(request.url);
  return {
    decisions: await listDecisions(staff, { list, idea, after }),
    list,
    idea,
    further: after !== null,
    title: translatorOf(context.locale)("decisions.list.title"),
  };
}

export default function StaffDecisions() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  useLive(["decisions"]);
  return <DecisionListPage {...page} path="/staff/decisions" />;
}
