import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { viewStaffLayer } from "~/ideas/boards.server";
import { StaffSketchPage } from "~/ideas/ui/staff-sketch-page";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewStaffLayer(staff, requireId(params, "ideaId"));
  if (!page) throw new Response(null, { status: 404, statusText: "Not Found" });
  const { id: personId, name } = personBehind(context);
  return { ...page, me: { personId, name, mayCall: true } };
}

export default function StaffLayer() {
  const { me, ...page } = useLoaderData<typeof loader>();
  return <StaffSketchPage page={page} me={me} />;
}
