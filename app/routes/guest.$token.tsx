import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { GuestDoorAnswer } from "~/accounts/guest";
import { guestCodeForm, guestNameForm } from "~/accounts/guest.schema";
import { enterByCode, mailGuestCode, openGuestLink, viewGuestLink } from "~/accounts/guest-door.server";
import { GuestDoorPage } from "~/accounts/ui/guest-door-page";
import { SignInFrame } from "~/accounts/ui/sign-in-frame";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { TroublePage } from "~/ui/trouble";
import { loadDoorWords, translatorOf } from "~/words";

await loadDoorWords();

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Opening the link changes nothing: mail scanners open links, and they must not bind it to themselves.
export async function loader({ params, context }: LoaderFunctionArgs) {
  const door = await viewGuestLink(context, params.token);
  if (!door) throw notThere();
  if (door.step === "in") throw redirect(`/guest/${params.token}/idea`);
  return { door, title: translatorOf(context.locale)("accounts.guest.openTitle") };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { token } = params;
  const door = await viewGuestLink(context, token);
  if (!door) throw notThere();
  const inside = `/guest/${token}/idea`;
  if (door.step === "in") return redirect(inside);
  const typed = await readForm(request);
  switch (typed.get("intent")) {
    case "send": {
      const wait = await mailGuestCode(context, token);
      if (wait === null) return answer({ codeSent: true, failure: null });
      return refused(refuseForm(typed, { "": "too-often" }), 429);
    }
    case "check": {
      const form = parseForm(typed, guestCodeForm);
      if (!form.ok) return refused(form);
      const entry = await enterByCode(context, token, form.value.code);
      if (entry.ok) return redirect(inside, { headers: entry.headers });
      return entry.why === "too-often"
        ? refused(refuseForm(typed, { "": "too-often" }), 429)
        : refused(refuseForm(typed, { code: "wrong-code" }));
    }
    default: {
      const form = parseForm(typed, guestNameForm);
      if (!form.ok) return refused(form);
      const entry = await openGuestLink(context, token, form.value.name);
      // Somebody else was there meanwhile: the page asks for a code now.
      return entry.ok ? redirect(inside, { headers: entry.headers }) : redirect(`/guest/${token}`);
    }
  }
}

const answer = (given: GuestDoorAnswer, status = 200) => data(given, status);
const refused = (failure: FormFailure, status = 422) => answer({ codeSent: false, failure }, status);

export default function GuestDoor() {
  const { door } = useLoaderData<typeof loader>();
  return (
    <SignInFrame>
      <GuestDoorPage door={door} answer={useActionData<typeof action>()} />
    </SignInFrame>
  );
}

export function ErrorBoundary() {
  return <TroublePage />;
}
