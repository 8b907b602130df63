import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { guestNameForm } from "~/accounts/guest.schema";
import { nameGuest, requireGuest } from "~/accounts/guest-door.server";
import { GuestFrame } from "~/accounts/ui/guest-frame";
import { addGuestComment, viewIdeaAsGuest } from "~/ideas/guest-ideas.server";
import { commentForm } from "~/ideas/idea.schema";
import { olderOf } from "~/ideas/idea-page.schema";
import { GuestIdeaPage } from "~/ideas/ui/guest-idea-page";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { useLive } from "~/ui/live";
import { TroublePage } from "~/ui/trouble";
import { loadDoorWords } from "~/words";

await loadDoorWords();

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { actor, name, account, expiresAt } = await requireGuest(context, params.token);
  const page = await viewIdeaAsGuest(actor, olderOf(request.url).comments);
  if (!page) throw notThere();
  return { page, comments: page.comments, guest: { name, account, expiresAt }, me: { personId: actor.grantId, name } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { actor } = await requireGuest(context, params.token);
  const typed = await readForm(request);
  const here = `/guest/${params.token}/idea`;
  if (typed.get("intent") === "rename") {
    const form = parseForm(typed, guestNameForm);
    if (!form.ok) return data(form, 422);
    await nameGuest(actor, form.value.name);
    return redirect(here);
  }
  const form = parseForm(typed, commentForm);
  if (!form.ok) return data(form, 422);
  const outcome = await addGuestComment(actor, form.value.comment);
  if (outcome.ok) return redirect(`${here}#${outcome.id}`);
  if (outcome.why === "not-found") throw notThere();
  if (outcome.why === "too-often") return data(refuseForm(typed, { "": "too-often" }), 429);
  return data(refuseForm(typed, { "": "not-allowed" }), 403);
}

export default function GuestIdea() {
  const { page, guest, me } = useLoaderData<typeof loader>();
  const failure = useActionData<typeof action>();
  const { token = "" } = useParams();
  const ended = useLive([`idea:${page.idea.id}`], { token, grantId: me.personId });
  return (
    <GuestFrame guest={guest} failure={failure} ended={ended}>
      <GuestIdeaPage page={page} me={me} failure={failure} ended={ended} />
    </GuestFrame>
  );
}

export function ErrorBoundary() {
  return <TroublePage />;
}
