import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { mySecurity, removeSecondFactor, renewCodes } from "~/accounts/second-factor.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { answerSetup, codesAnswer } from "~/accounts/setup-form.server";
import { StaffSecondFactorPage } from "~/accounts/ui/staff-second-factor-page";
import { loadDoorWords } from "~/door-words";
import { readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

await loadDoorWords();

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { visitor } = context;
  const mine = await mySecurity(staff, visitor.actor !== null && visitor.hasSecondFactor);
  return { ...mine, title: translatorOf(context.locale)("accounts.secondFactor.title") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  await requireRecentProof(context);
  const typed = await readForm(request);
  switch (typed.get("intent")) {
    case "codes":
      return codesAnswer(await renewCodes(staff));
    case "remove":
      await removeSecondFactor(staff);
      return redirect("/staff/settings/second-factor");
    default:
      return answerSetup(context, typed);
  }
}

export default function SecondFactor() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <StaffSecondFactorPage {...page} answer={answer && "codes" in answer ? answer : undefined} />;
}
