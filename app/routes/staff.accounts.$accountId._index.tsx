import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { undoMerge } from "~/accounts/account-merges.server";
import { beginView, viewCookie } from "~/accounts/account-views.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { mergeUndoForm } from "~/accounts/staff-account.schema";
import { viewAccount } from "~/accounts/staff-accounts.server";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { StaffAccountPage } from "~/accounts/ui/staff-account-page";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewAccount(staff, requireId(params, "accountId"));
  if (!page) throw notThere();
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const typed = await readForm(request);
  const { visitor } = context;
  if (typed.get("form") === "view" && visitor.actor) {
    const view = await beginView(staff, id, visitor.sessionId);
    if (!view.ok && view.why === "not-found") throw notThere();
    if (!view.ok) return answerTo(view, "");
    return redirect("/", { headers: { "Set-Cookie": viewCookie(view.id) } });
  }
  const form = parseForm(typed, mergeUndoForm);
  if (!form.ok) return data({ failure: form }, 422);
  await requireRecentProof(context);
  return answerTo(await undoMerge(staff, form.value.merge), `/staff/accounts/${id}`);
}

export default function Account() {
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffAccountPage page={useLoaderData<typeof loader>()} refused={answer?.refused} />;
}
