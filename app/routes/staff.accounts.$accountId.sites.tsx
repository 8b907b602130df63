import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { addSite, changeSite, placePerson, removeSite, viewSites } from "~/accounts/account-sites.server";
import { requireStaff } from "~/accounts/session.server";
import { goneForm, newSiteForm, placeForm, siteForm } from "~/accounts/staff-account.schema";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import { type AccountAnswer, StaffAccountFrame } from "~/accounts/ui/staff-account-frame";
import { StaffAccountSites } from "~/accounts/ui/staff-account-sites";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewSites(staff, requireId(params, "accountId"));
  if (!page) throw notThere();
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const typed = await readForm(request);
  const to = `/staff/accounts/${id}/sites`;
  switch (typed.get("form")) {
    case "add": {
      const form = parseForm(typed, newSiteForm);
      return form.ok ? answerTo(await addSite(staff, id, form.value), to, typed) : data({ failure: form }, 422);
    }
    case "place": {
      const form = parseForm(typed, placeForm);
      return form.ok ? answerTo(await placePerson(staff, id, form.value), to, typed) : data({ failure: form }, 422);
    }
    case "remove": {
      const form = parseForm(typed, goneForm);
      return form.ok ? answerTo(await removeSite(staff, id, form.value.id), to, typed) : data({ failure: form }, 422);
    }
    default: {
      const form = parseForm(typed, siteForm);
      return form.ok ? answerTo(await changeSite(staff, id, form.value), to, typed) : data({ failure: form }, 422);
    }
  }
}

export default function AccountSites() {
  const { account, mayManage, mayChange, sites, people } = useLoaderData<typeof loader>();
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return (
    <StaffAccountFrame account={account} mayManage={mayManage} refused={answer?.refused}>
      <StaffAccountSites sites={sites} people={people} mayChange={mayChange} failure={answer?.failure} />
    </StaffAccountFrame>
  );
}
