import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayMoveStatus, mayNote } from "~/ideas/idea";
import { changeIdeas, tickedIdeas } from "~/ideas/idea-bulk.server";
import { bulkForm, staffFilter, viewChoice, viewForm, viewNameForm } from "~/ideas/idea-list.schema";
import { listStaffIdeas } from "~/ideas/idea-lists.server";
import { keepView, openingView, openWith, removeView, renameView } from "~/ideas/idea-views.server";
import { StaffIdeaListPage, type StaffListAnswer } from "~/ideas/ui/staff-idea-list-page";
import { useBulkKept } from "~/ideas/ui/use-bulk-kept";
import type { StaffActor } from "~/kernel/actor";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const url = new URL(request.url);
  if (url.search === "" || url.search === "?_data") {
    const view = await openingView(staff);
    if (view?.query) throw redirect(`/staff/ideas?${view.query}`);
  }
  const { filter, after } = staffFilter(request.url);
  return {
    ideas: await listStaffIdeas(staff, { ...filter, after }),
    filter,
    further: after !== null,
    mayChange: mayMoveStatus(staff),
    mayKeep: mayNote(staff),
    title: translatorOf(context.locale)("ideas.staff.list"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  switch (typed.get("form")) {
    case "keep-view":
      return keep(staff, typed);
    case "rename-view":
      return rename(staff, typed, request.url);
    case "remove-view":
    case "open-with":
      return chooseView(staff, typed);
    default:
      return change(staff, typed);
  }
}

const answer = (said: StaffListAnswer, status = 200) => data(said, status);

async function change(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, bulkForm);
  if (!form.ok) return answer({ ok: false, bulk: { ok: false, why: "nothing-ticked" } }, 422);
  const { item, ...asked } = form.value;
  if (asked.what === "merge" && !asked.into) {
    const merge = await tickedIdeas(staff, item);
    return merge
      ? answer({ ok: false, merge })
      : answer({ ok: false, bulk: { ok: false, why: "nothing-ticked" } }, 422);
  }
  const outcome = await changeIdeas(staff, item, asked.what === "merge" ? { ...asked, into: asked.into ?? "" } : asked);
  const status = outcome.ok ? 200 : outcome.why === "not-yours-to-change" ? 403 : 422;
  return answer({ ok: outcome.ok, bulk: outcome }, status);
}

async function keep(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, viewForm);
  if (!form.ok) return answer({ ok: false, failure: form }, 422);
  const { name, query = "", shared } = form.value;
  const kept = await keepView(staff, { name, query, shared: shared === "on" });
  if (kept.ok) return redirect(kept.query ? `/staff/ideas?${kept.query}` : "/staff/ideas?all=1");
  const failure = refuseForm(typed, kept.why === "name-taken" ? { name: kept.why } : { "": kept.why });
  return answer({ ok: false, failure }, kept.why === "may-not-keep" ? 403 : 422);
}

async function rename(staff: StaffActor, typed: FormData, url: string) {
  const form = parseForm(typed, viewNameForm);
  if (!form.ok) return answer({ ok: false, failure: form }, 422);
  const { view: id, name, shared } = form.value;
  const renamed = await renameView(staff, { id, name, shared: shared === "on" });
  if (renamed.ok) return redirect(`/staff/ideas${new URL(url).search}`);
  if (renamed.why === "not-found") throw new Response(null, { status: 404, statusText: "Not Found" });
  const failure = refuseForm(typed, renamed.why === "name-taken" ? { name: renamed.why } : { "": renamed.why });
  return answer({ ok: false, failure }, renamed.why === "may-not-keep" ? 403 : 422);
}

async function chooseView(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, viewChoice);
  const view = form.ok ? (form.value.view ?? null) : null;
  const done =
    typed.get("form") === "open-with"
      ? form.ok && (await openWith(staff, view))
      : view !== null && (await removeView(staff, view));
  if (!done) throw new Response(null, { status: 404, statusText: "Not Found" });
  return redirect("/staff/ideas?all=1");
}

export default function StaffIdeas() {
  const page = useLoaderData<typeof loader>();
  const said: StaffListAnswer | undefined = useActionData<typeof action>();
  useLive(["ideas"]);
  return <StaffIdeaListPage {...page} answer={useBulkKept(said)} />;
}
