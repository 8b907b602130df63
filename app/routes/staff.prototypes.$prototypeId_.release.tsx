import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { actOnRelease } from "~/prototypes/prototype-forms.server";
import { viewRelease } from "~/prototypes/releases.server";
import { StaffReleasePage } from "~/prototypes/ui/staff-release-page";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.prototype.name} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/** Which version, and to whom, stands in the address. */
function askedBy({ request, params }: Pick<LoaderFunctionArgs, "request" | "params">) {
  const { searchParams } = new URL(request.url);
  const version = requireId({ version: searchParams.get("version") ?? "" }, "version");
  return { where: { prototypeId: requireId(params, "prototypeId"), version }, who: searchParams.get("to") };
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { where, who } = askedBy({ request, params });
  const page = await viewRelease(staff, where, who);
  if (!page) throw notThere();
  return { page };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const { where } = askedBy({ request, params });
  const acted = await actOnRelease(staff, where, await readForm(request), personBehind(context).zone);
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function StaffRelease() {
  const { page } = useLoaderData<typeof loader>();
  return <StaffReleasePage page={page} failure={useActionData<typeof action>()} />;
}
