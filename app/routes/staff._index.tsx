import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { decisionsBesideHome } from "~/decisions/decision-pages.server";
import { WaitingDecisions } from "~/decisions/ui/waiting-decisions";
import { staffHome } from "~/ideas/idea-homes.server";
import { StaffHomePage } from "~/ideas/ui/staff-home-page";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("ideas.staff.home");
  const { beside: decisions, ...home } = await staffHome(staff, decisionsBesideHome(staff));
  return { ...home, decisions, title };
}

export default function StaffHome() {
  const { title: _, decisions, ...home } = useLoaderData<typeof loader>();
  useLive(["ideas", "decisions"]);
  return (
    <StaffHomePage {...home}>
      <WaitingDecisions waiting={decisions} path="/staff/decisions" />
    </StaffHomePage>
  );
}
