import type { RoomPart } from "~/collab/room";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import type { VersionRefusal } from "./idea-version";
import { nameVersionForm } from "./idea-version.schema";
import { keepVersion, nameVersion, restoreVersion, viewVersion, viewVersions } from "./idea-versions.server";

/** What the forms of the pages of versions do. Out: where to go; a form that is to be answered; null: there is no such thing. */
type Answer = { to: string } | { failure: FormFailure; status: number } | null;

type Person = ClientActor | StaffActor;

const STATUS: Record<VersionRefusal, number> = {
  "may-not-edit": 403,
  "too-often": 429,
  same: 409,
  full: 409,
  damaged: 409,
  "never-opened": 409,
};

function refused(typed: FormData, why: VersionRefusal | "not-found"): Answer {
  return why === "not-found" ? null : { failure: refuseForm(typed, { "": why }), status: STATUS[why] };
}

const listOf = (list: string, part: RoomPart) => (part === "brief" ? list : `${list}?of=${part}`);

/** On the list: keeps what the part says now. In: the list's own address. */
export async function actOnVersions(
  actor: Person,
  ideaId: string,
  part: RoomPart,
  typed: FormData,
  list: string,
): Promise<Answer> {
  const form = parseForm(typed, nameVersionForm);
  // Whether the idea exists comes first.
  if (!form.ok) return (await viewVersions(actor, ideaId, part, null)) ? { failure: form, status: 422 } : null;
  const outcome = await keepVersion(actor, ideaId, part, form.value.name);
  return outcome.ok ? { to: listOf(list, part) } : refused(typed, outcome.why);
}

/** On one version: restores it, or gives it a name. */
export async function actOnVersion(
  actor: Person,
  ideaId: string,
  id: string,
  typed: FormData,
  list: string,
): Promise<Answer> {
  if (typed.get("form") === "restore") {
    const restored = await restoreVersion(actor, ideaId, id);
    return restored.ok ? { to: listOf(list, restored.part) } : refused(typed, restored.why);
  }
  const form = parseForm(typed, nameVersionForm);
  if (!form.ok) return (await viewVersion(actor, ideaId, id, "text")) ? { failure: form, status: 422 } : null;
  const named = await nameVersion(actor, ideaId, id, form.value.name);
  return named.ok ? { to: `${list}/${id}` } : refused(typed, named.why);
}
