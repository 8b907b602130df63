import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { actOnPrototype } from "~/prototypes/prototype-forms.server";
import { viewStaffPrototype } from "~/prototypes/prototypes.server";
import { StaffPrototypePage } from "~/prototypes/ui/staff-prototype-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.name} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewStaffPrototype(staff, requireId(params, "prototypeId"));
  if (!page) throw notThere();
  return { page };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const acted = await actOnPrototype(staff, requireId(params, "prototypeId"), await readForm(request));
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function StaffPrototype() {
  const { page } = useLoaderData<typeof loader>();
  return <StaffPrototypePage page={page} failure={useActionData<typeof action>()} />;
}
