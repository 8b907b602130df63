import { accounts, designer, manager, metisOwner, metisViewer, support } from "../../personas";
import { by, type Cases, METIS_VIEW } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.account_values       | staff system          | manager admin  | manager admin  | manager admin
  public.account_sites        | readers staff system  | manager admin  | manager admin  | manager admin
  public.site_people          | readers staff system  | manager admin  | -              | manager admin
  public.account_team         | staff system          | manager admin  | -              | manager admin
  public.absences             | staff system          | writers        | -              | writers
  public.account_fields       | staff system          | admin          | admin          | -
  public.account_field_values | staff system          | manager admin  | manager admin  | manager admin
  public.account_imports      | manager admin         | manager admin  | manager        | manager
  public.account_import_rows  | manager admin         | manager        | manager        | -
  public.account_merges       | staff system          | -              | -              | -
  public.account_merge_moves  | system                | -              | -              | -
  public.account_views        | staff                 | -              | -              | -
  public.account_closings     | staff system          | -              | -              | -
  public.account_closing_steps | staff system         | -              | -              | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_staff INSERT accounts: created_by domain kind name
  portal_staff UPDATE accounts: domain kind name
  portal_staff INSERT account_values: account_id created_by yearly_currency yearly_minor
  portal_staff UPDATE account_values: yearly_currency yearly_minor
  portal_staff INSERT account_sites: account_id address created_by name parent_id
  portal_staff UPDATE account_sites: address name parent_id
  portal_staff INSERT site_people: account_id created_by person_id site_id
  portal_staff INSERT account_team: account_id created_by person_id role
  portal_staff INSERT absences: created_by from_day person_id substitute_id to_day
  portal_staff INSERT account_fields: choices created_by key kind names place
  portal_staff UPDATE account_fields: choices names place retired_at
  portal_staff INSERT account_field_values: account_id created_by field_id value
  portal_staff UPDATE account_field_values: value
  portal_staff INSERT account_imports: created_by file_name
  portal_staff UPDATE account_imports: confirmed_at
  portal_staff INSERT account_import_rows: cells duplicate_of import_id line verdict why
  portal_staff UPDATE account_import_rows: duplicate_of made verdict why
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  account_of_view:
  accounts_like: portal_staff
  check_field_value:
  close_step: portal_staff
  collisions_of:
  current_view: portal_app service_role
  data_of_account: portal_staff
  data_about_person: portal_staff
  data_of_person: portal_staff
  end_view: portal_staff
  end_ways_in:
  erase_person: portal_staff
  forget_in_briefs:
  forget_login: portal_staff
  judge_merge:
  judge_person_data: portal_staff
  keep_sites_a_tree:
  keys_within_accounts:
  merge_accounts: portal_staff
  only_open_accounts:
  only_staff:
  open_duties: portal_staff
  preview_merge: portal_staff
  remove_everybody:
  reopen_account: portal_staff
  start_view: portal_staff
  tables_of_accounts:
  unmerge_accounts: portal_staff
`;

const SITE = "0f000000-0000-4000-8000-00000000a501";
const FIELD = "0f000000-0000-4000-8000-00000000a502";
const IMPORT = "0f000000-0000-4000-8000-00000000a503";
const MERGE = "0f000000-0000-4000-8000-00000000a504";
const CLOSING = "0f000000-0000-4000-8000-00000000a506";
const VIEW = "0f000000-0000-4000-8000-00000000a505";
const FAR = "'2031-01-01', '2031-01-02'";

export const cases: Cases = {
  "public.account_values": {
    key: "account_id",
    where: `account_id = '${accounts.metis}'`,
    // Metis has one, and an account has one at most.
    insert: (person) =>
      `insert into public.account_values (account_id, yearly_minor, yearly_currency, created_by)
       values ('${accounts.brix}', 1, 'EUR', '${by(person)}')`,
  },
  "public.account_sites": {
    key: "id",
    where: `id = '${SITE}'`,
    insert: (person) =>
      `insert into public.account_sites (account_id, name, created_by) values ('${accounts.metis}', 'X', '${by(person)}')`,
  },
  "public.site_people": {
    key: "person_id",
    where: `person_id = '${metisOwner.personId}'`,
    insert: (person) =>
      `insert into public.site_people (account_id, person_id, site_id, created_by)
       values ('${accounts.metis}', '${metisViewer.personId}', '${SITE}', '${by(person)}')`,
  },
  "public.account_team": {
    key: "person_id",
    where: `account_id = '${accounts.metis}' and role = 'production'`,
    insert: (person) =>
      `insert into public.account_team (account_id, person_id, role, created_by)
       values ('${accounts.metis}', '${designer.personId}', 'pricing', '${by(person)}')`,
  },
  "public.absences": {
    key: "id",
    where: "from_day = '2030-01-01'",
    // Everybody their own; whoever has no person pretends to be Metis' owner.
    insert: (person) =>
      `insert into public.absences (person_id, from_day, to_day, created_by) values ('${by(person)}', ${FAR}, '${by(person)}')`,
  },
  "public.account_fields": {
    key: "id",
    where: `id = '${FIELD}'`,
    insert: (person) =>
      `insert into public.account_fields (key, kind, names, created_by)
       values ('another', 'text', '{"en": "A", "uk": "A", "ru": "A", "zh": "A"}', '${by(person)}')`,
  },
  "public.account_field_values": {
    key: "account_id",
    where: `account_id = '${accounts.metis}' and field_id = '${FIELD}'`,
    insert: (person) =>
      `insert into public.account_field_values (account_id, field_id, value, created_by)
       values ('${accounts.brix}', '${FIELD}', 'X', '${by(person)}')`,
  },
  "public.account_imports": {
    key: "id",
    where: `id = '${IMPORT}'`,
    insert: (person) => `insert into public.account_imports (file_name, created_by) values ('x.csv', '${by(person)}')`,
  },
  "public.account_import_rows": {
    key: "line",
    where: `import_id = '${IMPORT}' and line = 2`,
    insert: () =>
      `insert into public.account_import_rows (import_id, line, cells, verdict) values ('${IMPORT}', 3, '{}', 'new')`,
  },
  "public.account_merges": {
    key: "id",
    where: `id = '${MERGE}'`,
    insert: (person) =>
      `insert into public.account_merges (from_account, into_account, merged_by)
       values ('${accounts.metis}', '${accounts.brix}', '${by(person)}')`,
  },
  "public.account_merge_moves": {
    key: "seq",
    where: `merge_id = '${MERGE}'`,
    insert: () =>
      `insert into public.account_merge_moves (merge_id, kind, table_name, key) values ('${MERGE}', 'moved', 'ideas', '{}')`,
  },
  "public.account_closings": {
    key: "id",
    where: `id = '${CLOSING}'`,
    insert: (person) =>
      `insert into public.account_closings (account_id, started_by) values ('${accounts.metis}', '${by(person)}')`,
  },
  "public.account_closing_steps": {
    key: "step",
    where: `closing_id = '${CLOSING}'`,
    insert: (person) =>
      `insert into public.account_closing_steps (closing_id, step, done_by) values ('${CLOSING}', 'export', '${by(person)}')`,
  },
  "public.account_views": {
    key: "id",
    where: `id = '${VIEW}'`,
    insert: (person) =>
      `insert into public.account_views (person_id, account_id, session_id, ends_at)
       values ('${by(person)}', '${accounts.metis}', '${VIEW}', now() + interval '1 day')`,
  },
};

const STAFF_WRITERS = ["11", "12", "13", "14", "15", "17"].map(
  (nn) => `0b000000-0000-4000-8000-${nn.padStart(12, "0")}`,
);

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `account_sites (id, account_id, name) values ('${SITE}', '${accounts.metis}', 'A site')`,
  `site_people (account_id, person_id, site_id) values ('${accounts.metis}', '${metisOwner.personId}', '${SITE}')`,
  `account_team (account_id, person_id, role) values ('${accounts.metis}', '${designer.personId}', 'production')`,
  // One of each who may have one: taking back one's own is what is asked.
  ...STAFF_WRITERS.map((id) => `absences (person_id, from_day, to_day) values ('${id}', '2030-01-01', '2030-01-02')`),
  `account_fields (id, key, kind, names)
    values ('${FIELD}', 'the_matrix', 'text', '{"en": "A", "uk": "A", "ru": "A", "zh": "A"}')`,
  `account_field_values (account_id, field_id, value) values ('${accounts.metis}', '${FIELD}', 'X')`,
  `account_imports (id, file_name, created_by) values ('${IMPORT}', 'x.csv', '${manager.personId}')`,
  `account_import_rows (import_id, line, cells, verdict) values ('${IMPORT}', 2, '{}', 'new')`,
  `account_merges (id, from_account, into_account, merged_by, undone_at, undone_by)
    values ('${MERGE}', '${accounts.metis}', '${accounts.brix}', '${manager.personId}', now(), '${manager.personId}')`,
  `account_merge_moves (merge_id, kind, table_name, key) values ('${MERGE}', 'moved', 'ideas', '{}')`,
  `account_closings (id, account_id, started_by, reopened_at)
    values ('${CLOSING}', '${accounts.metis}', '${manager.personId}', now())`,
  `account_closing_steps (closing_id, step, done_by) values ('${CLOSING}', 'obligations', '${manager.personId}')`,
  `account_views (id, person_id, account_id, session_id, ends_at)
    values ('${VIEW}', '${manager.personId}', '${accounts.metis}', '${VIEW}', now())`,
  `account_views (id, person_id, account_id, session_id, ends_at)
    values ('${METIS_VIEW}', '${support.personId}', '${accounts.metis}', '${VIEW}', now() + interval '30 minutes')`,
];
