import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerGuests, viewGuests } from "~/accounts/guests.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { GuestsPage } from "~/accounts/ui/guests-page";
import { StaffGuestErase } from "~/accounts/ui/staff-guest-erase";
import { ideaForGuests } from "~/ideas/guest-ideas.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const idea = await ideaForGuests(staff, requireId(params, "ideaId"));
  if (!idea) throw notThere();
  const title = translatorOf(context.locale)("accounts.guests.title");
  return { page: await viewGuests(staff, idea), back: `/staff/ideas/${idea.id}`, language: context.locale, title };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const idea = await ideaForGuests(staff, requireId(params, "ideaId"));
  if (!idea) throw notThere();
  const typed = await readForm(request);
  if (typed.get("intent") === "erase") await requireRecentProof(context);
  const { answer, status } = await answerGuests(staff, idea, typed);
  return data(answer, status);
}

export default function StaffGuests() {
  const { page, back, language } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <GuestsPage
      page={page}
      back={back}
      language={language}
      answer={answer}
      more={(guest) => page.mayErase && <StaffGuestErase guest={guest} answer={answer} />}
    />
  );
}
