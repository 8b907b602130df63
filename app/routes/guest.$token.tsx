import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { GuestDoorAnswer } from "~/accounts/guest";
import { guestCodeForm } from "~/accounts/guest.schema";
import { enterByCode, mailGuestCode, viewGuestLink } from "~/accounts/guest-door.server";
import { GuestDoorPage } from "~/accounts/ui/guest-door-page";
import { SignInFrame } from "~/accounts/ui/sign-in-frame";
import { loadDoorWords, loadGuestWords } from "~/door-words";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { TroublePage } from "~/ui/trouble";
import { translatorOf } from "~/words";

await Promise.all([loadDoorWords(), loadGuestWords()]);

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Opening the link changes nothing and sends nothing: mail scanners open links.
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const door = await viewGuestLink(context, params.token);
  if (!door) throw notThere();
  if (door === "in") throw redirect(`/guest/${params.token}/idea`);
  const asked = new URL(request.url).searchParams.get("step") === "code";
  return { title: translatorOf(context.locale)("accounts.guest.openTitle"), asked };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { token } = params;
  const door = await viewGuestLink(context, token);
  if (!door) throw notThere();
  const inside = `/guest/${token}/idea`;
  if (door === "in") return redirect(inside);
  const typed = await readForm(request);
  if (typed.get("intent") === "send") {
    const wait = await mailGuestCode(context, token);
    if (wait === null) return answer({ codeSent: true, failure: null });
    return refused(refuseForm(typed, { "": "too-often" }), 429);
  }
  const form = parseForm(typed, guestCodeForm);
  if (!form.ok) return refused(form);
  const entry = await enterByCode(context, token, form.value.code);
  if (entry.ok) return redirect(inside, { headers: entry.headers });
  return entry.why === "too-often"
    ? refused(refuseForm(typed, { "": "too-often" }), 429)
    : refused(refuseForm(typed, { code: "wrong-code" }));
}

const answer = (given: GuestDoorAnswer, status = 200) => data(given, status);
const refused = (failure: FormFailure, status = 422) => answer({ codeSent: false, failure }, status);

export default function GuestDoor() {
  const { asked } = useLoaderData<typeof loader>();
  return (
    <SignInFrame>
      <GuestDoorPage asked={asked} answer={useActionData<typeof action>()} />
    </SignInFrame>
  );
}

export function ErrorBoundary() {
  return <TroublePage />;
}
