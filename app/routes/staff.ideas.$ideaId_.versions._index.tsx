import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { partOf } from "~/ideas/idea-version";
import { versionsAsked } from "~/ideas/idea-version.schema";
import { actOnVersions } from "~/ideas/idea-version-forms.server";
import { viewVersions } from "~/ideas/idea-versions.server";
import { VersionsPage } from "~/ideas/ui/versions-page";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { of, before } = versionsAsked(request.url);
  const part = partOf(of);
  const page = part && (await viewVersions(staff, requireId(params, "ideaId"), part, before));
  if (!page) throw notThere();
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const part = partOf(versionsAsked(request.url).of);
  const acted = part && (await actOnVersions(staff, id, part, await readForm(request), `/staff/ideas/${id}/versions`));
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function StaffVersions() {
  return (
    <VersionsPage page={useLoaderData<typeof loader>()} ideas="/staff/ideas" failure={useActionData<typeof action>()} />
  );
}
