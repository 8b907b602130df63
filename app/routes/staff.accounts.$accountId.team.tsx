import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { joinTeam, leaveTeam, viewTeam } from "~/accounts/account-teams.server";
import { requireStaff } from "~/accounts/session.server";
import { teamForm } from "~/accounts/staff-account.schema";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import { type AccountAnswer, StaffAccountFrame } from "~/accounts/ui/staff-account-frame";
import { StaffAccountTeam } from "~/accounts/ui/staff-account-team";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewTeam(staff, requireId(params, "accountId"));
  if (!page) throw notThere();
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const typed = await readForm(request);
  const form = parseForm(typed, teamForm);
  if (!form.ok) return data({ failure: form }, 422);
  const step = typed.get("form") === "leave" ? leaveTeam : joinTeam;
  return answerTo(await step(staff, id, form.value), `/staff/accounts/${id}/team`, typed);
}

export default function AccountTeam() {
  const { account, mayManage, ...page } = useLoaderData<typeof loader>();
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return (
    <StaffAccountFrame account={account} mayManage={mayManage} refused={answer?.refused}>
      <StaffAccountTeam
        team={page.team}
        absences={page.absences}
        answering={page.answering}
        staff={page.staff}
        mayChange={page.mayChange}
        failure={answer?.failure}
      />
    </StaffAccountFrame>
  );
}
