import { accounts, designer, metisOwner, stifferJoint } from "../../personas";
import { by, type Cases, METIS_MEMBER } from "./case";

/**
 * Who may do what with a version that all of Metis are shown, by hand from the product's rules; the groups are explained in
 * rls-matrix.db.test.ts. What nobody is shown is in app/prototypes/prototypes.db.test.ts.
 */
export const whoMay = `
  public.prototypes                   | readers staff        | shapers       | shapers       | -
  public.prototype_versions           | readers staff        | -             | shapers       | -
  public.prototype_files              | readers staff system | shapers       | system        | -
  public.prototype_renditions         | readers staff system | system        | -             | -
  public.prototype_releases           | staff                | shapers       | shapers       | -
  public.prototype_pins               | readers staff system | doers writers system | doers writers | -
  public.prototype_pin_comments       | readers staff        | doers writers | -             | -
  public.prototype_staff_pins         | staff system         | writers system | writers       | -
  public.prototype_staff_pin_comments | staff                | writers       | -             | -
  public.prototype_openings           | staff                | -             | -             | -
  public.prototype_stages             | readers staff system | shapers       | shapers system | -
  public.prototype_reviewers          | readers staff system | shapers       | shapers       | -
  public.prototype_verdicts           | readers staff system | -             | -             | -
  public.prototype_loans              | readers staff        | shapers       | shapers       | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT prototype_pin_comments: account_id answers author_id body mentions pin_id version_id
  authenticated INSERT prototype_pins: account_id created_by file_id from_ms height page point until_ms version_id width x y
  authenticated UPDATE prototype_pins: resolved_at resolved_by resolved_by_guest
  portal_guest INSERT prototype_pin_comments: account_id answers body guest_grant_id mentions pin_id version_id
  portal_guest INSERT prototype_pins: account_id file_id from_ms guest_grant_id height page point until_ms version_id width x y
  portal_guest UPDATE prototype_pins: resolved_at resolved_by_guest
  portal_staff INSERT prototype_files: byte_size name uploaded_by version_id
  portal_staff INSERT prototype_loans: account_id created_by file_id loaned_from loaned_until sent_to version_id
  portal_staff INSERT prototype_pin_comments: account_id answers author_id body mentions pin_id version_id
  portal_staff INSERT prototype_pins: account_id created_by file_id from_ms height page point until_ms version_id width x y
  portal_staff INSERT prototype_releases: account_id may_download people released_by released_from version_id
  portal_staff INSERT prototype_reviewers: account_id created_by decides guest_grant_id person_id stage_id version_id
  portal_staff INSERT prototype_staff_pin_comments: answers author_id body mentions pin_id
  portal_staff INSERT prototype_staff_pins: created_by file_id from_ms height page point until_ms version_id width x y
  portal_staff INSERT prototype_stages: account_id created_by due_at name opened_at position rule version_id
  portal_staff INSERT prototypes: created_by idea_id name
  portal_staff UPDATE prototype_loans: loaned_until returned_at returned_by
  portal_staff UPDATE prototype_pins: assigned_to carried confirmed_at confirmed_by from_ms height page point resolved_at resolved_by resolved_by_guest until_ms width x y
  portal_staff UPDATE prototype_releases: ended_at ended_by
  portal_staff UPDATE prototype_reviewers: decides removed_at
  portal_staff UPDATE prototype_staff_pins: carried confirmed_at confirmed_by from_ms height page point resolved_at resolved_by until_ms width x y
  portal_staff UPDATE prototype_stages: completed_at due_at name opened_at rule
  portal_staff UPDATE prototype_versions: notes
  portal_staff UPDATE prototypes: name
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  add_prototype_thing: portal_staff
  begin_prototype_version: portal_staff
  check_pin_place:
  drop_prototype_file: portal_staff
  give_prototype_verdict: authenticated portal_staff
  keep_published_files:
  my_guest_prototype: portal_guest
  my_guest_version: portal_guest
  my_shown_prototypes: authenticated
  my_shown_versions: authenticated
  open_prototype_version: authenticated
  prototype_file_arrived: portal_staff
  proves_prototype:
  publish_prototype_version: portal_staff
  settle_prototype_version:
  versions_shown:
`;

const id = (last: string) => `0f000000-0000-4000-8000-00000000b${last}`;
const PROTOTYPE = id("001");
const SHOWN = id("002");
const DRAFT = id("003");
const FILE = id("004");
const RELEASE = id("005");
const PIN = id("006");
const STAFF_PIN = id("007");
const STAGE = id("008");
const REVIEWER = id("009");
const SAMPLE = id("010");
const LOAN = id("011");
const OTHER_SAMPLE = id("012");
const DESIGNER = `'${designer.personId}'`;

export const cases: Cases = {
  "public.prototypes": {
    key: "id",
    where: `id = '${PROTOTYPE}'`,
    insert: (person) =>
      `insert into public.prototypes (idea_id, name, created_by) values ('${stifferJoint}', 'X', '${by(person)}')`,
  },
  "public.prototype_versions": {
    key: "id",
    where: `id = '${SHOWN}'`,
    insert: (person) =>
      `insert into public.prototype_versions (prototype_id, number, created_by) values ('${PROTOTYPE}', 3, '${by(person)}')`,
  },
  "public.prototype_files": {
    key: "id",
    where: `id = '${FILE}'`,
    insert: (person) =>
      `insert into public.prototype_files (version_id, uploaded_by, name, byte_size)
       values ('${DRAFT}', '${by(person)}', 'x', 1)`,
  },
  "public.prototype_renditions": {
    key: "file_id",
    where: `file_id = '${FILE}' and width = 1`,
    insert: () =>
      `insert into public.prototype_renditions (file_id, version_id, kind, width, height, media_type, byte_size, storage_path)
       values ('${FILE}', '${SHOWN}', 'scaled', 2, 2, 'image/webp', 1, '${FILE}/2')`,
  },
  "public.prototype_releases": {
    key: "id",
    where: `id = '${RELEASE}'`,
    insert: (person) =>
      `insert into public.prototype_releases (version_id, account_id, released_by)
       values ('${SHOWN}', '${accounts.hanlin}', '${by(person)}')`,
  },
  "public.prototype_pins": {
    key: "id",
    where: `id = '${PIN}'`,
    insert: (person) =>
      `insert into public.prototype_pins (version_id, file_id, account_id, created_by, x, y)
       values ('${SHOWN}', '${FILE}', '${accounts.metis}', '${by(person)}', 1, 1)`,
  },
  "public.prototype_pin_comments": {
    key: "id",
    where: `pin_id = '${PIN}'`,
    insert: (person) =>
      `insert into public.prototype_pin_comments (pin_id, version_id, account_id, author_id, body)
       values ('${PIN}', '${SHOWN}', '${accounts.metis}', '${by(person)}', 'X')`,
  },
  "public.prototype_staff_pins": {
    key: "id",
    where: `id = '${STAFF_PIN}'`,
    insert: (person) =>
      `insert into public.prototype_staff_pins (version_id, file_id, created_by, x, y)
       values ('${SHOWN}', '${FILE}', '${by(person)}', 1, 1)`,
  },
  "public.prototype_staff_pin_comments": {
    key: "id",
    where: `pin_id = '${STAFF_PIN}'`,
    insert: (person) =>
      `insert into public.prototype_staff_pin_comments (pin_id, author_id, body) values ('${STAFF_PIN}', '${by(person)}', 'X')`,
  },
  "public.prototype_stages": {
    key: "id",
    where: `id = '${STAGE}'`,
    insert: (person) =>
      `insert into public.prototype_stages (version_id, account_id, position, name, rule, created_by)
       values ('${SHOWN}', '${accounts.metis}', 2, 'X', 'all', '${by(person)}')`,
  },
  "public.prototype_reviewers": {
    key: "id",
    where: `id = '${REVIEWER}'`,
    insert: (person) =>
      `insert into public.prototype_reviewers (stage_id, version_id, account_id, person_id, created_by)
       values ('${STAGE}', '${SHOWN}', '${accounts.metis}', '${metisOwner.personId}', '${by(person)}')`,
  },
  "public.prototype_verdicts": {
    key: "id",
    where: `reviewer_id = '${REVIEWER}'`,
    insert: () =>
      `insert into public.prototype_verdicts (reviewer_id, version_id, account_id, verdict, fingerprint)
       values ('${REVIEWER}', '${SHOWN}', '${accounts.metis}', 'approve', sha256('x'))`,
  },
  "public.prototype_loans": {
    key: "id",
    where: `id = '${LOAN}'`,
    insert: (person) =>
      `insert into public.prototype_loans (version_id, file_id, account_id, sent_to, loaned_from, loaned_until, created_by)
       values ('${SHOWN}', '${OTHER_SAMPLE}', '${accounts.metis}', 'X', '2026-11-23', '2026-11-24', '${by(person)}')`,
  },
  "public.prototype_openings": {
    key: "version_id",
    where: `version_id = '${SHOWN}'`,
    insert: (person) =>
      `insert into public.prototype_openings (version_id, person_id) values ('${SHOWN}', '${by(person)}')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `prototypes (id, idea_id, name, created_by) values ('${PROTOTYPE}', '${stifferJoint}', 'X', ${DESIGNER})`,
  `prototype_versions (id, prototype_id, number, created_by) values ('${SHOWN}', '${PROTOTYPE}', 1, ${DESIGNER})`,
  `prototype_files (id, version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
    values ('${FILE}', '${SHOWN}', ${DESIGNER}, 'x', 1, 'picture', 'ready', 'image/webp', sha256('x'), '${FILE}/whole')`,
  `prototype_renditions (file_id, version_id, kind, width, height, media_type, byte_size, storage_path)
    values ('${FILE}', '${SHOWN}', 'scaled', 1, 1, 'image/webp', 1, '${FILE}/1')`,
  `prototype_files (id, version_id, uploaded_by, name, byte_size, kind, state, sha256)
    values ('${SAMPLE}', '${SHOWN}', ${DESIGNER}, 'x', 0, 'sample', 'ready', sha256('x')),
      ('${OTHER_SAMPLE}', '${SHOWN}', ${DESIGNER}, 'x', 0, 'sample', 'ready', sha256('x'))`,
  // A file comes to a draft alone, so that the version is published only now.
  `prototype_versions (id, prototype_id, number, created_by) values ('${SHOWN}', '${PROTOTYPE}', 1, ${DESIGNER})
    on conflict (id) do update set published_at = now(), published_by = ${DESIGNER}, fingerprint = sha256('x')`,
  `prototype_versions (id, prototype_id, number, created_by) values ('${DRAFT}', '${PROTOTYPE}', 2, ${DESIGNER})`,
  `prototype_releases (id, version_id, account_id, released_by) values ('${RELEASE}', '${SHOWN}', '${accounts.metis}', ${DESIGNER})`,
  `prototype_pins (id, version_id, file_id, account_id, created_by, x, y)
    values ('${PIN}', '${SHOWN}', '${FILE}', '${accounts.metis}', '${METIS_MEMBER.personId}', 1, 1)`,
  `prototype_pin_comments (pin_id, version_id, account_id, author_id, body)
    values ('${PIN}', '${SHOWN}', '${accounts.metis}', '${METIS_MEMBER.personId}', 'X')`,
  `prototype_staff_pins (id, version_id, file_id, created_by, x, y) values ('${STAFF_PIN}', '${SHOWN}', '${FILE}', ${DESIGNER}, 1, 1)`,
  `prototype_staff_pin_comments (pin_id, author_id, body) values ('${STAFF_PIN}', ${DESIGNER}, 'X')`,
  `prototype_stages (id, version_id, account_id, position, name, rule, created_by)
    values ('${STAGE}', '${SHOWN}', '${accounts.metis}', 1, 'X', 'all', ${DESIGNER})`,
  `prototype_reviewers (id, stage_id, version_id, account_id, person_id, created_by)
    values ('${REVIEWER}', '${STAGE}', '${SHOWN}', '${accounts.metis}', '${METIS_MEMBER.personId}', ${DESIGNER})`,
  // One that leaves the review open: after an approval nothing is said there any more.
  `prototype_verdicts (reviewer_id, version_id, account_id, verdict, words, fingerprint)
    values ('${REVIEWER}', '${SHOWN}', '${accounts.metis}', 'reject', 'X', sha256('x'))`,
  `prototype_loans (id, version_id, file_id, account_id, sent_to, loaned_from, loaned_until, created_by)
    values ('${LOAN}', '${SHOWN}', '${SAMPLE}', '${accounts.metis}', 'X', '2026-11-22', '2026-11-23', ${DESIGNER})`,
  `prototype_openings (version_id, person_id) values ('${SHOWN}', '${METIS_MEMBER.personId}')`,
];
