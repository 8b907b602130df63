import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personForm, requirementForm } from "~/accounts/account.schema";
import { resetSecondFactor } from "~/accounts/second-factor.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { askForSecondFactor, viewSecurity } from "~/accounts/staff-security.server";
import { type SecurityAnswer, StaffSecurityPage } from "~/accounts/ui/staff-security-page";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewSecurity(staff);
  if (!page) throw notThere();
  return { ...page, title: translatorOf(context.locale)("staffAccounts.security.title") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  if (!(await viewSecurity(staff))) throw notThere();
  await requireRecentProof(context);
  const typed = await readForm(request);
  if (typed.get("intent") === "reset") {
    const form = parseForm(typed, personForm);
    if (!form.ok) throw notThere();
    const outcome = await resetSecondFactor(context, staff, form.value.person);
    return outcome.ok ? answer("reset") : refuse(typed, outcome.why);
  }
  const form = parseForm(typed, requirementForm);
  if (!form.ok) return data<SecurityAnswer>({ done: null, failure: form }, 422);
  const outcome = await askForSecondFactor(staff, form.value);
  return outcome.ok ? answer("switched") : refuse(typed, outcome.why);
}

const answer = (done: SecurityAnswer["done"]) => data<SecurityAnswer>({ done, failure: null });

function refuse(typed: FormData, why: "not-yours" | "not-found" | "changed-meanwhile") {
  const failure = refuseForm(typed, { "": why === "not-yours" ? "not-allowed" : why });
  return data<SecurityAnswer>({ done: null, failure }, why === "not-yours" ? 403 : 422);
}

export default function Security() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  return <StaffSecurityPage {...page} answer={useActionData<typeof action>()} />;
}
