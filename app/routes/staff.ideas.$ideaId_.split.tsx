import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { splitForm } from "~/ideas/idea.schema";
import { splitIdea, viewSplit } from "~/ideas/idea-submissions.server";
import { StaffSplitPage } from "~/ideas/ui/staff-split-page";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { loadPageWords } from "~/words";

await loadPageWords("ideas");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewSplit(staff, requireId(params, "ideaId"));
  if (!page) throw notThere();
  return { ...page, draft: `split:${personBehind(context).id}:${page.id}` };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const form = parseForm(typed, splitForm);
  // Whether the idea exists comes first.
  if (!form.ok) {
    if (!(await viewSplit(staff, id))) throw notThere();
    return data(form, 422);
  }
  const outcome = await splitIdea(staff, id, form.value);
  if (outcome.ok) return redirect(`/staff/ideas/${outcome.id}`);
  if (outcome.why === "not-found") throw notThere();
  if (outcome.why === "same-title") return data(refuseForm(typed, { title: "same-title" }), 422);
  const [code, status] = outcome.why === "may-not-split" ? ["not-allowed", 403] : ["changed-meanwhile", 409];
  return data(refuseForm(typed, { "": String(code) }), Number(status));
}

export default function Split() {
  return <StaffSplitPage page={useLoaderData<typeof loader>()} failure={useActionData<typeof action>()} />;
}
