import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { confirmImport, dropImport, viewImport } from "~/accounts/account-imports.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { importQuestion } from "~/accounts/staff-account.schema";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { StaffAccountImportPreview } from "~/accounts/ui/staff-account-import-pages";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.head.fileName} · Tandem` : "Tandem" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const question = importQuestion(request.url);
  const page = await viewImport(staff, requireId(params, "importId"), question);
  if (!page) throw notThere();
  return { ...page, verdict: question.verdict };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "importId");
  const typed = await readForm(request);
  if (typed.get("form") === "drop") {
    if (!(await dropImport(staff, id))) throw notThere();
    return redirect("/staff/accounts/import");
  }
  const invite = typed.get("invite") !== null;
  // An owner decides about everybody else of an account.
  if (invite) await requireRecentProof(context);
  const outcome = await confirmImport(staff, id, { invite, language: context.locale });
  if (!outcome.ok && outcome.why === "not-found") throw notThere();
  return answerTo(outcome, `/staff/accounts/import/${id}`, typed);
}

export default function CheckedImport() {
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffAccountImportPreview {...useLoaderData<typeof loader>()} {...answer} />;
}
