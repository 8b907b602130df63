import { mayDecideAbout } from "~/accounts/person";
import { mayManageAccounts } from "~/accounts/staff-account";
import { maySubmit } from "~/ideas/idea";
import type { ClientActor, StaffActor } from "~/kernel/actor";

/** The names of what somebody may do, by which the palette leads them to it (`may` in places.ts and staff-places.ts). */
export function maysOf(person: ClientActor | StaffActor): string[] {
  if (person.side === "staff")
    return [
      ...(person.roles.includes("admin") ? ["administer"] : []),
      ...(mayManageAccounts(person) ? ["manage"] : []),
    ];
  return [...(maySubmit(person) ? ["submit"] : []), ...(mayDecideAbout(person, person.accountId) ? ["invite"] : [])];
}
