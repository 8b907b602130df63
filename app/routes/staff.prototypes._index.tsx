import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayMake } from "~/prototypes/prototype";
import { listPrototypes } from "~/prototypes/prototypes.server";
import { StaffPrototypeListPage } from "~/prototypes/ui/staff-prototype-list-page";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("prototypes.list.title");
  return { title, prototypes: await listPrototypes(staff), mayMake: mayMake(staff) };
}

export default function StaffPrototypes() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  return <StaffPrototypeListPage {...page} />;
}
