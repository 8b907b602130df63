import { accounts, metisGuest, stifferJoint } from "../../personas";
import { by, type Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.guest_grants      | readers staff guest system | owner shapers  | owner shapers guest system | -
  public.guest_keys        | system                | system         | system         | -
  public.guest_browsers    | system                | system         | -              | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT guest_grants: account_id created_by display_name email expires_at language object_id object_kind object_name rights
  portal_staff INSERT guest_grants: account_id created_by display_name email expires_at language may_download object_id object_kind object_name rights shown_from
  authenticated UPDATE guest_grants: expires_at link_asked_at revoked_at revoked_by rights
  portal_staff UPDATE guest_grants: expires_at link_asked_at may_download revoked_at revoked_by rights
  portal_guest UPDATE guest_grants: display_name
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  ask_for_guest_link:
  erase_guest: portal_staff
  guest_link: portal_app
  guests_of_browser: portal_app
  my_grant: portal_guest
  my_guest_account: portal_guest
  my_guest_idea: portal_guest
  my_guest_people: portal_guest
  my_guest_rights: portal_guest
  proves_guest:
  tell_of_guest_access:
`;

const { grantId } = metisGuest;
const BARE_GRANT = "0e000000-0000-4000-8000-0000000000fe";
const HASH = `sha256('of the matrix')`;
const grant = (person: string, email: string) =>
  `'${accounts.metis}', 'idea', '${stifferJoint}', 'X', '${email}', 'X', 'en', 'view', now() + interval '1 day', '${person}'`;
const GRANT =
  "account_id, object_kind, object_id, object_name, email, display_name, language, rights, expires_at, created_by";

export const cases: Cases = {
  "public.guest_grants": {
    key: "id",
    where: `id = '${grantId}'`,
    insert: (person) => `insert into public.guest_grants (${GRANT}) values (${grant(by(person), "x@guest.example")})`,
  },
  "public.guest_keys": {
    key: "grant_id",
    where: `grant_id = '${grantId}'`,
    insert: () => `insert into public.guest_keys (grant_id, token_hash) values ('${BARE_GRANT}', ${HASH})`,
  },
  "public.guest_browsers": {
    key: "grant_id",
    where: `grant_id = '${grantId}'`,
    insert: () => `insert into public.guest_browsers (grant_id, browser_hash) values ('${BARE_GRANT}', ${HASH})`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `guest_grants (id, ${GRANT}) values ('${BARE_GRANT}', ${grant(by(null), "bare@guest.example")})`,
  `guest_browsers (grant_id, browser_hash) values ('${grantId}', ${HASH})`,
];
