import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { viewAsked } from "~/ideas/idea-version.schema";
import { actOnVersion } from "~/ideas/idea-version-forms.server";
import { viewVersion } from "~/ideas/idea-versions.server";
import { VersionPage } from "~/ideas/ui/version-page";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const ids = [requireId(params, "ideaId"), requireId(params, "versionId")] as const;
  const page = await viewVersion(staff, ...ids, viewAsked(request.url));
  if (!page) throw notThere();
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const [id, version] = [requireId(params, "ideaId"), requireId(params, "versionId")];
  const acted = await actOnVersion(staff, id, version, await readForm(request), `/staff/ideas/${id}/versions`);
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function StaffVersion() {
  return (
    <VersionPage page={useLoaderData<typeof loader>()} ideas="/staff/ideas" failure={useActionData<typeof action>()} />
  );
}
