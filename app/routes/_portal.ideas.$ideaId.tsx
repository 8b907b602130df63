import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { mayMake } from "~/decisions/decision";
import { decisionsBesideIdea } from "~/decisions/decision-pages.server";
import { afterwards } from "~/ideas/idea-form-answers.server";
import { actAsClient } from "~/ideas/idea-forms.server";
import { olderOf } from "~/ideas/idea-page.schema";
import { viewIdea, viewSharedIdea } from "~/ideas/ideas.server";
import { IdeaPage } from "~/ideas/ui/idea-page";
import { QUICK } from "~/ideas/ui/quick-form";
import type { Refused } from "~/ideas/ui/refused";
import { type FormFailure, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { later } from "~/ui/later";
import { useLive } from "~/ui/live";

const SharedIdeaPage = later(() => import("~/ideas/ui/shared-idea-page").then((page) => page.SharedIdeaPage));
await SharedIdeaPage.ready();

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

type Answer = { failure?: FormFailure; refused?: Refused };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const id = requireId(params, "ideaId");
  const { id: personId, name } = personBehind(context);
  const me = { personId, name, mayDecide: mayMake(client) };
  const before = olderOf(request.url);
  const own = await viewIdea(client, id, before, decisionsBesideIdea());
  // `comments` and `evidence` stand on top, where their next stretch is looked for.
  if (own) return { ...own, shared: null, title: own.idea.title, me };
  const page = await viewSharedIdea(client, id, before);
  if (!page) throw notThere();
  return { ...page, idea: null, title: page.shared.title, me };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const acted = await actAsClient(client, id, typed);
  if (acted.done) return typed.has(QUICK) ? data({}) : redirect(afterwards(`/ideas/${id}`, acted));
  if (acted.status === 404) throw notThere();
  const { done: _, status, ...answer } = acted;
  return data(answer, status);
}

export default function Idea() {
  const page = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  useLive([page.idea ?? page.shared, ...(page.idea?.gathered ?? [])].map(({ id }) => `idea:${id}`));
  if (!page.idea) return <SharedIdeaPage page={page} me={page.me} failure={answer?.failure} />;
  return <IdeaPage page={page} me={page.me} failure={answer?.failure} refused={answer?.refused} />;
}
