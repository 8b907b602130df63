import { accounts, metisOwner } from "../../personas";
import { by, type Cases, NEW_ID } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.invitations       | owner staff system    | owner manager admin | owner manager admin system | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT invitations: account_id email expires_at invited_by language role
  authenticated UPDATE invitations: expires_at letters revoked_at revoked_by
  portal_staff INSERT invitations: account_id email expires_at invited_by language role staff_roles
  portal_staff UPDATE invitations: expires_at letters revoked_at revoked_by
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  accept_invitation: service_role
  change_limit: authenticated portal_staff
  change_role: authenticated portal_staff
  change_staff_roles: portal_staff
  end_my_sessions: authenticated portal_staff
  enqueue_invitation:
  is_last_admin:
  is_last_owner:
  judge_managing:
  keep_an_admin:
  keep_an_owner:
  look_at_invitation: service_role
  my_sessions: authenticated portal_staff
  proves_invitation:
  queue_for_deciding:
  remove_person: authenticated portal_staff
  signs_in: authenticated portal_staff
  tell_access_of_person:
  tell_access_of_staff:
  visible_limits: authenticated
`;

const invitation = (email: string, by: string) =>
  `(account_id, email, role, language, invited_by, expires_at)
   values ('${accounts.metis}', '${email}', 'viewer', 'en', '${by}', now() + interval '7 days')`;

export const cases: Cases = {
  "public.invitations": {
    key: "id",
    where: `id = '${NEW_ID}'`,
    insert: (person) => `insert into public.invitations ${invitation("x@metis.example", by(person))}`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `invitations (id, account_id, email, role, language, invited_by, expires_at)
    values ('${NEW_ID}', '${accounts.metis}', 'matrix@metis.example', 'viewer', 'en', '${metisOwner.personId}', now())`,
];
