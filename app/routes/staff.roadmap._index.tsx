import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { writtenRoadmap } from "~/ideas/roadmap.server";
import { StaffRoadmapPage } from "~/ideas/ui/staff-roadmap-page";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("ideas.roadmap.staffTitle");
  return { entries: await writtenRoadmap(staff), locale: context.locale, title };
}

export default function StaffRoadmap() {
  const { entries, locale } = useLoaderData<typeof loader>();
  return <StaffRoadmapPage entries={entries} locale={locale} />;
}
