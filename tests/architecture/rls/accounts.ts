import { accounts, designer, metisOwner } from "../../personas";
import { by, type Cases, METIS_MEMBER, NEW_ID } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.accounts          | readers staff guest system | manager admin system | manager admin system | -
  public.people            | readers staff guest system | system         | member system  | -
  public.person_contacts   | readers staff system  | system         | owner system   | -
  public.staff_roles       | staff system          | system         | -              | system
  public.security_settings | staff                 | -              | admin          | -
  public.session_proofs    | system                | system         | system         | system
  public.recovery_codes    | system                | system         | system         | system
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated UPDATE people: display_name
  portal_staff UPDATE people: display_name
  authenticated UPDATE person_contacts: language zone
  portal_staff UPDATE person_contacts: language zone
  portal_staff UPDATE security_settings: second_factor_required
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  end_sessions_of: service_role
  second_factors: portal_staff
  sign_security_settings:
  my_accounts: authenticated
  my_person: authenticated portal_staff
  my_role: authenticated
  prove_staff: portal_staff_app
  staff_roles: portal_staff
  whoami: portal_app service_role
  proves_person:
`;

const SESSION = "0d000000-0000-4000-8000-0000000000fe";
const CODE = `sha256('of the matrix')`;

export const cases: Cases = {
  "public.accounts": {
    key: "id",
    where: `id = '${accounts.metis}'`,
    insert: (person) => `insert into public.accounts (name, created_by) values ('Metis again', '${by(person)}')`,
  },
  "public.people": {
    key: "id",
    where: `id = '${METIS_MEMBER.personId}'`,
    insert: () =>
      `insert into public.people (side, account_id, display_name, role) values ('client', '${accounts.metis}', 'X', 'owner')`,
  },
  "public.person_contacts": {
    key: "person_id",
    where: `person_id = '${metisOwner.personId}'`,
    insert: () =>
      `insert into public.person_contacts (person_id, account_id, email) values ('${METIS_MEMBER.personId}', '${accounts.metis}', 'x@metis.example')`,
  },
  "public.staff_roles": {
    key: "person_id",
    where: `person_id = '${designer.personId}'`,
    insert: () => `insert into public.staff_roles (person_id, role) values ('${designer.personId}', 'admin')`,
  },
  "public.security_settings": {
    key: "only_row",
    where: "only_row",
    insert: () => `insert into public.security_settings default values`,
  },
  "public.session_proofs": {
    key: "session_id",
    where: `session_id = '${SESSION}'`,
    insert: () =>
      `insert into public.session_proofs (session_id, person_id) values ('${NEW_ID}', '${designer.personId}')`,
  },
  "public.recovery_codes": {
    key: "code_hash",
    where: `code_hash = ${CODE}`,
    insert: () =>
      `insert into public.recovery_codes (code_hash, person_id) values (sha256('new'), '${designer.personId}')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `auth.users (id, email) values ('${METIS_MEMBER.userId}', 'member@metis.example')`,
  `people (id, user_id, side, account_id, display_name, role)
    values ('${METIS_MEMBER.personId}', '${METIS_MEMBER.userId}', 'client', '${accounts.metis}', 'M', 'member')`,
  `session_proofs (session_id, person_id) values ('${SESSION}', '${designer.personId}')`,
  `recovery_codes (code_hash, person_id) values (${CODE}, '${designer.personId}')`,
];
