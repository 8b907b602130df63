import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { guestNameForm } from "~/accounts/guest.schema";
import { nameGuest, requireGuest } from "~/accounts/guest-door.server";
import { GuestFrame } from "~/accounts/ui/guest-frame";
import { loadGuestWords } from "~/door-words";
import type { BoardAnswer } from "~/ideas/board-page";
import { takeGuestBoardForm } from "~/ideas/guest-forms.server";
import { viewBoardAsGuest } from "~/ideas/guest-ideas.server";
import { afterwards } from "~/ideas/idea-form-answers.server";
import { threadsOf } from "~/ideas/idea-page.schema";
import { GuestBoardPage } from "~/ideas/ui/guest-board-page";
import { QUICK } from "~/ideas/ui/quick-form";
import { parseForm, readForm } from "~/kernel/form";
import { useLive } from "~/ui/live";
import { TroublePage } from "~/ui/trouble";

await loadGuestWords();

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { actor, name, account, expiresAt } = await requireGuest(context, params.token);
  const page = await viewBoardAsGuest(actor, threadsOf(request.url));
  if (!page) throw notThere();
  return { page, threads: page.threads, guest: { name, account, expiresAt }, me: { personId: actor.grantId, name } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { actor } = await requireGuest(context, params.token);
  const typed = await readForm(request);
  const here = `/guest/${params.token}/board`;
  if (typed.get("intent") === "rename") {
    const form = parseForm(typed, guestNameForm);
    if (!form.ok) return data<BoardAnswer>({ failure: form }, 422);
    await nameGuest(actor, form.value.name);
    return redirect(here);
  }
  const acted = await takeGuestBoardForm(actor, typed);
  if (acted.done) return typed.has(QUICK) ? data<BoardAnswer>({}) : redirect(afterwards(here, acted));
  if (acted.status === 404) throw notThere();
  const { done: _, status, ...answer } = acted;
  return data<BoardAnswer>(answer, status);
}

export default function GuestBoard() {
  const { page, guest, me } = useLoaderData<typeof loader>();
  const answer: BoardAnswer | undefined = useActionData<typeof action>();
  const { token = "" } = useParams();
  const ended = useLive([`idea:${page.idea.id}`], { token, grantId: me.personId });
  return (
    <GuestFrame guest={guest} failure={answer?.failure} ended={ended}>
      <GuestBoardPage page={page} me={me} answer={answer} ended={ended} back={`/guest/${token}/idea`} />
    </GuestFrame>
  );
}

export function ErrorBoundary() {
  return <TroublePage />;
}
