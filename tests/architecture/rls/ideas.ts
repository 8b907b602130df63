import { accounts, stifferJoint } from "../../personas";
import { by, type Cases, METIS_MEMBER, NEW_ID } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.ideas             | clients staff system  | doers          | shapers system | -
  public.idea_briefs       | clients staff system  | system         | system         | -
  public.idea_comments     | clients staff system  | doers writers  | -              | -
  public.idea_notes        | staff system          | writers        | -              | -
  public.idea_files        | clients staff system  | doers shapers  | -              | -
  public.idea_attachments  | clients staff system  | doers writers  | system         | system
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT ideas: account_id answer_due_at author_id body body_text fields kind product_id search_tokens split_from title
  authenticated INSERT idea_attachments: account_id byte_size name uploaded_by
  portal_staff INSERT idea_attachments: byte_size name uploaded_by
  authenticated INSERT idea_comments: account_id author_id body idea_id
  authenticated INSERT idea_files: account_id byte_size created_by height id idea_id media_type name storage_path width
  portal_staff INSERT idea_comments: account_id author_id body idea_id
  portal_staff INSERT idea_notes: account_id author_id body idea_id
  portal_staff INSERT idea_files: account_id byte_size created_by height id idea_id media_type name storage_path width
  portal_staff UPDATE ideas: status
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  count_comment:
  search_ideas: authenticated
  proves_idea:
  answer_by_comment:
  split_idea: portal_staff
  attachment_arrived: authenticated portal_staff
  drop_attachment: authenticated portal_staff
  claim_attachments: authenticated portal_staff
`;

/** An idea of Metis without a brief. */
const BARE_IDEA = "0f000000-0000-4000-8000-0000000000fe";
const ATTACHMENT = "0f000000-0000-4000-8000-0000000000fc";
const FILE = "0f000000-0000-4000-8000-0000000000fd";
const ON_IDEA = `idea_id, account_id`;
const IDEA = `'${stifferJoint}', '${accounts.metis}'`;
const SAID = `(${ON_IDEA}, author_id, body)`;

export const cases: Cases = {
  "public.ideas": {
    key: "id",
    where: `id = '${stifferJoint}'`,
    insert: (person) =>
      `insert into public.ideas (account_id, author_id, title, body, body_text)
       values ('${accounts.metis}', '${by(person)}', 'X', '{}', '')`,
  },
  "public.idea_briefs": {
    key: "idea_id",
    where: `idea_id = '${stifferJoint}'`,
    insert: () =>
      `insert into public.idea_briefs (idea_id, account_id, doc, body_text, seq)
       values ('${BARE_IDEA}', '${accounts.metis}', '{}', '', 1)`,
  },
  "public.idea_comments": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    insert: (person) => `insert into public.idea_comments ${SAID} values (${IDEA}, '${by(person)}', 'X')`,
  },
  "public.idea_notes": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    insert: (person) => `insert into public.idea_notes ${SAID} values (${IDEA}, '${by(person)}', 'X')`,
  },
  "public.idea_files": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    insert: (person) =>
      `insert into public.idea_files (id, ${ON_IDEA}, name, media_type, byte_size, width, height, storage_path, created_by)
       values ('${NEW_ID}', ${IDEA}, 'x.webp', 'image/webp', 1, 1, 1, '${stifferJoint}/${NEW_ID}.webp', '${by(person)}')`,
  },
  "public.idea_attachments": {
    key: "id",
    where: `id = '${ATTACHMENT}'`,
    // Staff have no account; what they upload belongs to the account of what they send it with.
    insert: (person) =>
      person?.side === "staff"
        ? `insert into public.idea_attachments (uploaded_by, name, byte_size) values ('${by(person)}', 'x', 1)`
        : `insert into public.idea_attachments (account_id, uploaded_by, name, byte_size)
           values ('${accounts.metis}', '${by(person)}', 'x', 1)`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `ideas (id, account_id, author_id, title, body, body_text)
    values ('${BARE_IDEA}', '${accounts.metis}', '${METIS_MEMBER.personId}', 'X', '{}', '')`,
  `idea_files (id, ${ON_IDEA}, name, media_type, byte_size, width, height, storage_path, created_by)
    values ('${FILE}', ${IDEA}, 'x', 'image/webp', 1, 1, 1, '${stifferJoint}/${FILE}.webp', '${METIS_MEMBER.personId}')`,
  `idea_attachments (id, ${ON_IDEA}, name, byte_size, uploaded_by)
    values ('${ATTACHMENT}', ${IDEA}, 'x', 1, '${METIS_MEMBER.personId}')`,
];
