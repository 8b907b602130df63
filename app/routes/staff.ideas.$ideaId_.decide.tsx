import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { sourceAsked } from "~/decisions/decision.schema";
import { actOnMaking } from "~/decisions/decision-forms.server";
import { viewMaking } from "~/decisions/decision-pages.server";
import { MakingPage } from "~/decisions/ui/making-page";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("decisions");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const asked = sourceAsked(request.url);
  const id = requireId(params, "ideaId");
  const page = asked === undefined ? undefined : await viewMaking(staff, id, asked);
  if (!page) throw notThere();
  return { page, title: translatorOf(context.locale)("decisions.makeOne") };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const acted = await actOnMaking(staff, requireId(params, "ideaId"), await readForm(request), "/staff/decisions");
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function StaffDecide() {
  const { page } = useLoaderData<typeof loader>();
  return <MakingPage page={page} ideas="/staff/ideas" failure={useActionData<typeof action>()} />;
}
