import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { viewPerson } from "~/accounts/people.server";
import type { PersonRefused } from "~/accounts/person";
import { decideByForm } from "~/accounts/person-forms.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { StaffPersonPage } from "~/accounts/ui/staff-person-page";
import { type FormFailure, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { lettersLost, mailTroubles, mayTryAddressAgain, tryAddressAgain } from "~/notifications/notifications.server";
import { StaffMailTrouble } from "~/notifications/ui/staff-mail-trouble";
import { useLive } from "~/ui/live";
import { loadPageWords } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.person.name} · Tandem` : "Tandem" },
];

// Whoever is told that somebody was quicker sees at once how things stand now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "personId");
  const page = await viewPerson(staff, id);
  if (!page) throw new Response(null, { status: 404, statusText: "Not Found" });
  const [mailTrouble = null] = await mailTroubles(staff, [id]);
  const [letterLost = null] = mailTrouble ? [] : await lettersLost(staff, [id]);
  return { ...page, mailTrouble, letterLost, mayTryMail: mayTryAddressAgain(staff) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "personId");
  const typed = await readForm(request);
  if (typed.get("form") === "mail") {
    await tryAddressAgain(staff, id);
    return redirect(`/staff/people/${id}`);
  }
  await requireRecentProof(context);
  return decideByForm(staff, id, typed, "/staff/people");
}

export default function StaffPerson() {
  const { mailTrouble, letterLost, mayTryMail, ...page } = useLoaderData<typeof loader>();
  const answer: { failure?: FormFailure; refused?: PersonRefused } | undefined = useActionData<typeof action>();
  useLive([`person:${page.person.id}`]);
  return (
    <>
      <StaffMailTrouble trouble={mailTrouble} lost={letterLost} mayTry={mayTryMail} />
      <StaffPersonPage {...page} failure={answer?.failure} refused={answer?.refused} />
    </>
  );
}
