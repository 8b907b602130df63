import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { mayMake } from "~/decisions/decision";
import { decisionsBesideIdea } from "~/decisions/decision-pages.server";
import { careChoices, mergeChoices } from "~/ideas/idea-care.server";
import { afterwards } from "~/ideas/idea-form-answers.server";
import { actAsStaff } from "~/ideas/idea-forms.server";
import type { MoveRefused } from "~/ideas/idea-page";
import { olderOf, openPanel } from "~/ideas/idea-page.schema";
import { accountNames } from "~/ideas/idea-support.server";
import { viewStaffIdea } from "~/ideas/ideas.server";
import { QUICK } from "~/ideas/ui/quick-form";
import type { Refused } from "~/ideas/ui/refused";
import { StaffIdeaPage, type StaffPanel } from "~/ideas/ui/staff-idea-page";
import type { StaffActor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { type FormFailure, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { useLive } from "~/ui/live";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever is told that somebody was quicker sees at once how the idea stands now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

type Answer = { failure?: FormFailure; refused?: Refused; moved?: MoveRefused };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const page = await viewStaffIdea(staff, id, olderOf(request.url), decisionsBesideIdea());
  if (!page) throw notThere();
  const person = personBehind(context);
  const panel = page.mayShape ? await panelOf(staff, id, request.url) : ({ panel: null } as const);
  return { ...page, panel, me: { personId: person.id, name: person.name, mayCall: true, mayDecide: mayMake(staff) } };
}

/** What a form needs that staff have opened, and that no other page is to wait for. */
async function panelOf(staff: StaffActor, id: string, url: string): Promise<StaffPanel> {
  const { panel, q, into } = openPanel(url);
  if (panel === "behalf") {
    return { panel, accounts: await accountNames(staff), today: now().toISOString().slice(0, 10) };
  }
  if (panel === "care") return { panel, ...(await careChoices(staff, id)) };
  if (panel === "merge") return { panel, q, ...(await mergeChoices(staff, id, { q, into })) };
  return { panel: null };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const acted = await actAsStaff(staff, id, typed);
  if (acted.done) return typed.has(QUICK) ? data({}) : redirect(afterwards(`/staff/ideas/${id}`, acted));
  if (acted.status === 404) throw notThere();
  const { done: _, status, ...answer } = acted;
  return data(answer, status);
}

export default function StaffIdea() {
  const { me, panel, ...page } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  useLive([page.idea, ...page.idea.gathered].map(({ id }) => `idea:${id}`));
  return (
    <StaffIdeaPage
      page={page}
      panel={panel}
      me={me}
      failure={answer?.failure}
      refused={answer?.refused}
      moved={answer?.moved}
    />
  );
}
