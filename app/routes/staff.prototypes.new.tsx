import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { readCursor } from "~/kernel/cursor";
import { readForm } from "~/kernel/form";
import { mayMake } from "~/prototypes/prototype";
import { actOnNew } from "~/prototypes/prototype-forms.server";
import { ideasToShow } from "~/prototypes/prototypes.server";
import { StaffPrototypeNewPage } from "~/prototypes/ui/staff-prototype-new-page";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("prototypes.making.title");
  const idea = readCursor(new URL(request.url).searchParams.get("idea"));
  return { title, ideas: await ideasToShow(staff), idea, mayMake: mayMake(staff) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const acted = await actOnNew(staff, await readForm(request));
  if (!acted) throw new Response(null, { status: 404, statusText: "Not Found" });
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function NewPrototype() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  return <StaffPrototypeNewPage {...page} failure={useActionData<typeof action>()} />;
}
