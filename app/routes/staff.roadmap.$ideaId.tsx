import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayMoveStatus } from "~/ideas/idea";
import { roadmapDraftForm, roadmapForm } from "~/ideas/idea-list.schema";
import type { InLanguages } from "~/ideas/roadmap";
import { discardDraft, writeRoadmap, writtenFor } from "~/ideas/roadmap.server";
import { StaffRoadmapEntryPage } from "~/ideas/ui/staff-roadmap-page";
import type { StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { LOCALES } from "~/kernel/locale";
import { requireId } from "~/kernel/params";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever is told that somebody was quicker quotes from then on what stands there now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const entry = await writtenFor(staff, requireId(params, "ideaId"));
  if (!entry) throw notThere();
  const title = translatorOf(context.locale)("ideas.roadmap.editOf", { title: entry.ideaTitle });
  return { entry, mayWrite: mayMoveStatus(staff), title };
}

type Answer = { failure: FormFailure; theirs?: string };

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const discards = typed.get("what") === "discard";
  const outcome = discards ? await discard(staff, id, typed) : await write(staff, id, typed);
  if ("errors" in outcome) return data<Answer>({ failure: outcome }, 422);
  if (outcome.ok) return redirect(discards ? "/staff/roadmap" : `/staff/roadmap/${id}`);
  if (outcome.why === "not-found") throw notThere();
  if (outcome.why === "stale") return data<Answer>({ failure: refuseForm(typed, {}), theirs: outcome.theirs }, 409);
  return data<Answer>({ failure: refuseForm(typed, { "": "not-allowed" }) }, 403);
}

async function discard(staff: StaffActor, id: string, typed: FormData) {
  const form = parseForm(typed, roadmapDraftForm);
  return form.ok ? discardDraft(staff, id, form.value.revision) : form;
}

async function write(staff: StaffActor, id: string, typed: FormData) {
  const form = parseForm(typed, roadmapForm);
  if (!form.ok) return form;
  const { what, revision, ...words } = form.value;
  const [titles, texts] = [inLanguages(words, "title"), inLanguages(words, "text")];
  return writeRoadmap(staff, id, { what, revision, titles, texts });
}

function inLanguages(words: Readonly<Record<string, string | undefined>>, kind: "title" | "text"): InLanguages {
  const written = LOCALES.map((locale) => [locale, words[`${kind}_${locale}`] ?? ""] as const);
  return Object.fromEntries(written.filter(([, text]) => text !== ""));
}

export default function StaffRoadmapEntry() {
  const { entry, mayWrite } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  return <StaffRoadmapEntryPage entry={entry} mayWrite={mayWrite} failure={answer?.failure} theirs={answer?.theirs} />;
}
