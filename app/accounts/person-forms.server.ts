import { data, redirect } from "@remix-run/node";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm } from "~/kernel/form";
import { ownPath } from "./account";
import { inviteAgain, revokeInvitation } from "./invitations.server";
import { changeLimit, changeRole, changeStaffRoles, removePerson } from "./people.server";
import { type InviteRefused, type PersonRefused, statusOfInviteRefusal, statusOfRefusal } from "./person";
import { invitationForm, limitForm, removeForm, roleForm, staffRolesForm } from "./person.schema";

/** The forms of a person's page and of a list of invitations, which are the same on both sides. */

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

type PersonAnswer = { failure?: FormFailure; refused?: PersonRefused };

/**
 * What a person's page was sent. In: where the list of people is, whose page shows that somebody was removed.
 * Out: the page again, or what was refused with its status; throws 404 for a person who is not there for the actor.
 */
export async function decideByForm(actor: ClientActor | StaffActor, id: string, typed: FormData, list: string) {
  const form = readDecision(actor, id, typed);
  if (!form.ok) return data<PersonAnswer>({ failure: form }, 422);
  const outcome = await form.decide();
  if (!outcome.ok) {
    if (outcome.why === "not-found") throw notThere();
    if (outcome.why === "removed-meanwhile") return redirect(`${list}?gone=${id}`);
    return data<PersonAnswer>({ refused: outcome }, statusOfRefusal(outcome.why));
  }
  return redirect(form.leaves ? `${list}?gone=${id}` : `${list}/${id}`);
}

type Decision = { ok: true; leaves: boolean; decide: () => Promise<{ ok: true } | PersonRefused> };

function readDecision(actor: ClientActor | StaffActor, id: string, typed: FormData): Decision | FormFailure {
  switch (typed.get("form")) {
    case "role": {
      const form = parseForm(typed, roleForm);
      return form.ok ? { ok: true, leaves: false, decide: () => changeRole(actor, id, form.value) } : form;
    }
    case "limit": {
      const form = parseForm(typed, limitForm);
      return form.ok ? { ok: true, leaves: false, decide: () => changeLimit(actor, id, form.value) } : form;
    }
    case "staff-roles": {
      if (actor.side !== "staff") throw notThere();
      const form = parseForm(typed, staffRolesForm);
      return form.ok ? { ok: true, leaves: false, decide: () => changeStaffRoles(actor, id, form.value) } : form;
    }
    default: {
      const form = parseForm(typed, removeForm);
      return form.ok ? { ok: true, leaves: true, decide: () => removePerson(actor, id, form.value) } : form;
    }
  }
}

/** What a list of invitations was sent: another letter, or taken back. */
export async function answerInvitations(actor: ClientActor | StaffActor, typed: FormData, list: string) {
  const form = parseForm(typed, invitationForm);
  if (!form.ok) return data<{ refused: InviteRefused }>({ refused: { ok: false, why: "not-found" } }, 422);
  const { id, intent } = form.value;
  const outcome = intent === "again" ? await inviteAgain(actor, id) : await revokeInvitation(actor, id);
  if (!outcome.ok) return data({ refused: outcome }, statusOfInviteRefusal(outcome.why));
  const back = ownPath(typed.get("back")) ?? list;
  return redirect(`${back}?${intent === "again" ? `sent=${id}` : "revoked=1"}`);
}
