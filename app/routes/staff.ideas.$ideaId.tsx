import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import type { MoveRefused } from "~/ideas/idea";
import { commentForm, moveForm, noteForm, olderThan } from "~/ideas/idea.schema";
import { addComment, addNote, moveStatus, viewStaffIdea } from "~/ideas/ideas.server";
import { StaffIdeaPage } from "~/ideas/ui/staff-idea-page";
import type { StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { useLive } from "~/ui/live";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever is told that somebody was quicker sees at once how the idea stands now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

type Answer = { failure?: FormFailure; refused?: MoveRefused };

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const before = { comments: olderThan(request.url, "comments"), notes: olderThan(request.url, "notes") };
  const page = await viewStaffIdea(staff, requireId(params, "ideaId"), before);
  if (!page) throw notThere();
  const { id, name } = personBehind(context);
  return { ...page, me: { personId: id, name } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const form = typed.get("form");
  if (form === "move") return move(staff, id, typed);
  return form === "note" ? note(staff, id, typed) : comment(staff, id, typed);
}

async function move(staff: StaffActor, id: string, typed: FormData) {
  const form = parseForm(typed, moveForm);
  if (!form.ok) return data({ failure: form }, 422);
  const outcome = await moveStatus(staff, id, form.value);
  if (outcome.ok) return redirect(`/staff/ideas/${id}`);
  if (outcome.why === "not-found") throw notThere();
  return data({ refused: outcome }, outcome.why === "not-yours-to-move" ? 403 : 409);
}

async function note(staff: StaffActor, id: string, typed: FormData) {
  const form = parseForm(typed, noteForm);
  if (!form.ok) return data({ failure: form }, 422);
  const outcome = await addNote(staff, id, form.value.note);
  if (outcome.ok) return redirect(`/staff/ideas/${id}#${outcome.id}`);
  if (outcome.why === "not-found") throw notThere();
  return data({ failure: refuseForm(typed, { "": "not-allowed" }) }, 403);
}

async function comment(staff: StaffActor, id: string, typed: FormData) {
  const form = parseForm(typed, commentForm);
  if (!form.ok) return data({ failure: form }, 422);
  const outcome = await addComment(staff, id, form.value.comment);
  if (outcome.ok) return redirect(`/staff/ideas/${id}#${outcome.id}`);
  if (outcome.why === "not-found") throw notThere();
  return data({ failure: refuseForm(typed, { "": "not-allowed" }) }, 403);
}

export default function StaffIdea() {
  const { me, ...page } = useLoaderData<typeof loader>();
  useLive([`idea:${page.idea.id}`]);
  const answer: Answer | undefined = useActionData<typeof action>();
  return <StaffIdeaPage page={page} me={me} failure={answer?.failure} refused={answer?.refused} />;
}
