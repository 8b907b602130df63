import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { accountToInvite, invite } from "~/accounts/invitations.server";
import { type InviteRefused, mayDecideAbout, statusOfInviteRefusal } from "~/accounts/person";
import { inviteForm, inviteStaffForm } from "~/accounts/person.schema";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { InvitePage } from "~/accounts/ui/invite-page";
import { StaffRolesChoice } from "~/accounts/ui/role-choice";
import type { StaffActor } from "~/kernel/actor";
import { readCursor } from "~/kernel/cursor";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("accounts");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

type Answer = { failure?: FormFailure; refused?: InviteRefused };

/** The account that the address names; null: staff. */
const accountIn = (url: string) => readCursor(new URL(url).searchParams.get("account"));

function whyNot(staff: StaffActor, accountId: string | null, open: boolean) {
  if (!mayDecideAbout(staff, accountId)) return "not-yours" as const;
  return open ? null : ("not-open" as const);
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const accountId = accountIn(request.url);
  const account = accountId ? await accountToInvite(staff, accountId) : null;
  if (account === undefined) throw new Response(null, { status: 404, statusText: "Not Found" });
  const t = translatorOf(context.locale);
  return {
    accountId,
    whyNot: whyNot(staff, accountId, account?.open ?? true),
    language: context.locale,
    title: account ? t("accounts.invite.accountTitle", { account: account.name }) : t("accounts.invite.staffTitle"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const accountId = accountIn(request.url);
  const typed = await readForm(request);
  const client = accountId ? parseForm(typed, inviteForm) : null;
  const team = client ? null : parseForm(typed, inviteStaffForm);
  const form = client ?? team;
  if (!form?.ok) return data<Answer>({ failure: form ?? refuseForm(typed, {}) }, 422);
  await requireRecentProof(context);
  const { email, language } = form.value;
  const outcome =
    accountId && client?.ok
      ? await invite(staff, { email, language, accountId, role: client.value.role })
      : await invite(staff, { email, language, accountId: null, staffRoles: team?.ok ? team.value.roles : [] });
  if (outcome.ok)
    return redirect(`${accountId ? `/staff/accounts/${accountId}/people` : "/staff/people"}?sent=${outcome.id}`);
  return data<Answer>({ failure: refuseForm(typed, {}), refused: outcome }, statusOfInviteRefusal(outcome.why));
}

export default function StaffInvite() {
  const { accountId, ...page } = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  const t = useTranslations("accounts.invite");
  return (
    <InvitePage
      {...page}
      back={accountId ? `/staff/accounts/${accountId}/people` : "/staff/people"}
      roles={accountId ? undefined : <StaffRolesChoice legend={t("roles")} chosen={[]} />}
      failure={answer?.failure}
      refused={answer?.refused}
    />
  );
}
