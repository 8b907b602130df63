import { accounts, designer, stifferJoint } from "../../personas";
import { by, type Cases, METIS_MEMBER, NEW_ID, type Person } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.ideas             | readers staff guest system  | doers          | owner approver shapers system | -
  public.idea_briefs       | readers staff guest system  | system         | system         | -
  public.idea_boards       | readers staff guest system  | system         | system         | -
  public.idea_staff_layers | staff system          | system         | system         | -
  public.idea_versions     | readers staff system        | doers shapers system | doers shapers system | -
  public.idea_unkept       | system                | system         | system         | system
  public.idea_comments     | readers staff guest system  | doers writers  | member         | member
  public.idea_threads      | readers staff guest system  | doers writers  | doers writers system | -
  public.idea_layer_threads | staff system         | writers        | writers system | -
  public.idea_board_votes  | readers staff guest  | doers shapers  | shapers        | -
  public.idea_board_dots   | readers staff guest  | -              | -              | -
  public.idea_notes        | staff system          | writers        | designer       | designer
  public.idea_files        | readers staff guest system  | doers shapers  | -              | -
  public.idea_attachments  | readers staff guest system | doers writers  | system         | system
  public.idea_statuses     | readers stranger staff guest system | admin  | admin          | -
  public.shared_ideas      | readers stranger staff system | -      | -              | -
  public.idea_support      | readers staff system  | doers shapers  | member shapers | -
  public.idea_followers    | member staff system   | clients staff  | -              | member system
  public.idea_reactions    | readers staff system  | doers writers  | -              | member
  public.idea_note_reactions | staff system        | writers        | -              | designer
  public.tags              | staff system          | shapers        | -              | -
  public.idea_tags         | staff system          | shapers        | -              | shapers
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT ideas: account_id answer_due_at author_id body body_text fields kind product_id search_tokens split_from title visibility
  authenticated INSERT idea_attachments: account_id byte_size name uploaded_by
  portal_staff INSERT idea_attachments: byte_size name uploaded_by
  authenticated UPDATE ideas: visibility
  authenticated INSERT idea_comments: account_id author_id body idea_id mentions search_tokens thread_id
  authenticated INSERT idea_threads: about account_id after anchor before begun_by idea_id quote
  authenticated UPDATE idea_threads: after anchor before place present quote resolved_at resolved_by
  authenticated UPDATE idea_comments: body edited_at mentions search_tokens
  authenticated INSERT idea_support: account_id comment idea_id person_id
  authenticated UPDATE idea_support: comment withdrawn_at
  authenticated INSERT idea_followers: account_id idea_id person_id
  authenticated INSERT idea_reactions: account_id comment_id person_id reaction
  authenticated INSERT idea_files: account_id byte_size created_by height id idea_id media_type name storage_path width
  portal_guest INSERT idea_comments: account_id body guest_grant_id idea_id search_tokens thread_id
  portal_guest INSERT idea_threads: about account_id after anchor before guest_grant_id idea_id quote
  portal_staff INSERT idea_comments: account_id author_id body idea_id mentions search_tokens thread_id
  portal_staff INSERT idea_threads: about account_id after anchor before begun_by idea_id quote
  portal_staff UPDATE idea_threads: after anchor before place present quote resolved_at resolved_by
  portal_staff UPDATE idea_comments: body edited_at mentions search_tokens
  portal_staff INSERT idea_notes: account_id author_id body idea_id mentions search_tokens thread_id
  portal_staff INSERT idea_layer_threads: about account_id after anchor before begun_by idea_id quote
  portal_staff UPDATE idea_layer_threads: after anchor before place present quote resolved_at resolved_by
  portal_staff UPDATE idea_notes: body edited_at mentions search_tokens
  portal_staff INSERT idea_support: account_id comment idea_id on_behalf_by person_id said_on source
  portal_staff UPDATE idea_support: withdrawn_at
  portal_staff INSERT idea_followers: account_id idea_id person_id
  portal_staff INSERT idea_reactions: account_id comment_id person_id reaction
  portal_staff INSERT idea_note_reactions: note_id person_id reaction
  portal_staff INSERT tags: created_by name
  portal_staff INSERT idea_tags: created_by idea_id tag_id
  portal_staff INSERT idea_statuses: created_by id kind names position
  portal_staff UPDATE idea_statuses: kind names position
  portal_staff INSERT idea_files: account_id byte_size created_by height id idea_id media_type name storage_path width
  authenticated INSERT idea_versions: account_id authors clocks content idea_id made_at made_by name part reason restored_from seq writers
  authenticated UPDATE idea_versions: name
  portal_staff INSERT idea_versions: account_id authors clocks content idea_id made_at made_by name part reason restored_from seq writers
  portal_staff UPDATE idea_versions: name
  authenticated INSERT idea_board_votes: account_id begun_by dots_each idea_id question
  portal_staff INSERT idea_board_votes: account_id begun_by dots_each idea_id question
  portal_staff UPDATE idea_board_votes: closed_at closed_by result
  portal_staff UPDATE ideas: owner_id product_id status visibility
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  count_comment:
  count_said:
  count_noted:
  proves_idea:
  answer_by_comment:
  unanswer_by_comment:
  release_files:
  split_idea: portal_staff
  similar_ideas: authenticated
  attachment_arrived: authenticated portal_staff
  drop_attachment: authenticated portal_staff
  claim_attachments: authenticated portal_staff
  claim_note_attachments: portal_staff
  proves_status:
  begin_status:
  idea_tree: portal_staff
  idea_root:
  hold_ideas:
  begin_merging: portal_staff
  recount_support:
  count_support:
  supersede_on_behalf:
  idea_watchers: service_role
  share_idea:
  share_status:
  merge_idea: portal_staff
  unmerge_idea: portal_staff
  followed_together: authenticated
  bring_back_status: portal_staff
  retire_status: portal_staff
  uncount_comment:
  recount_comments:
  count_merged_comments:
  gathered_here: authenticated portal_staff
  tell_support:
  tell_shared:
  give_dot: authenticated portal_guest portal_staff
  take_dot: authenticated portal_guest portal_staff
`;

/** An idea of Metis without a brief. */
const BARE_IDEA = "0f000000-0000-4000-8000-0000000000fe";
const ATTACHMENT = "0f000000-0000-4000-8000-0000000000fc";
const FILE = "0f000000-0000-4000-8000-0000000000fd";
const ON_IDEA = `idea_id, account_id`;
const IDEA = `'${stifferJoint}', '${accounts.metis}'`;
const SAID = `(${ON_IDEA}, author_id, body)`;
/** A comment and a note that were written just now, by Metis' member and a designer: they may still change them. */
const COMMENT = "0f000000-0000-4000-8000-0000000000fc";
const NOTE = "0f000000-0000-4000-8000-0000000000fb";
const VERSION = "0f000000-0000-4000-8000-0000000000f9";
const VOTE = "0f000000-0000-4000-8000-0000000000f8";
const TAG = "0f000000-0000-4000-8000-0000000000fa";
/** Of ours when one of us asks, else of Metis. */
const accountOf = (person: Person | null) => (person?.side === "staff" ? "null" : `'${accounts.metis}'`);

/** A board, and the layer of staff beside it, are kept in the same form. */
const drawing = (table: string): Cases[string] => ({
  key: "idea_id",
  where: `idea_id = '${stifferJoint}'`,
  insert: () =>
    `insert into public.${table} (idea_id, account_id, elements, body_text, seq)
     values ('${BARE_IDEA}', '${accounts.metis}', '[]', '', 1)`,
});

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
  "public.idea_boards": drawing("idea_boards"),
  "public.idea_staff_layers": drawing("idea_staff_layers"),
  "public.idea_versions": {
    key: "id",
    where: `id = '${VERSION}'`,
    insert: (person) =>
      `insert into public.idea_versions
         (${ON_IDEA}, part, seq, reason, made_by, content, authors, writers, clocks, made_at)
       values (${IDEA}, 'brief', 1, 'named', '${by(person)}', '{}', '{}', '{}', '{}', now())`,
  },
  "public.idea_unkept": {
    key: "idea_id",
    where: `idea_id = '${stifferJoint}'`,
    insert: () =>
      `insert into public.idea_unkept (${ON_IDEA}, part, since, last)
       values ('${BARE_IDEA}', '${accounts.metis}', 'board', now(), now())`,
  },
  "public.idea_comments": {
    key: "id",
    where: `idea_id = '${stifferJoint}' and account_id = '${accounts.metis}'`,
    insert: (person) => `insert into public.idea_comments ${SAID} values (${IDEA}, '${by(person)}', 'X')`,
  },
  "public.idea_threads": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    // Who places a passage anew, and in whose name a thread is resolved, is in idea-threads.db.test.ts.
    columns: ["place", "present"],
    insert: (person) =>
      `insert into public.idea_threads (${ON_IDEA}, begun_by, anchor, quote) values (${IDEA}, '${by(person)}', '{}', 'X')`,
  },
  "public.idea_layer_threads": {
    key: "id",
    where: `idea_id = '${stifferJoint}'`,
    columns: ["place", "present"],
    insert: (person) =>
      `insert into public.idea_layer_threads (${ON_IDEA}, begun_by, anchor, quote)
       values (${IDEA}, '${by(person)}', '{}', 'X')`,
  },
  "public.idea_board_votes": {
    key: "id",
    where: `id = '${VOTE}'`,
    insert: (person) =>
      `insert into public.idea_board_votes (${ON_IDEA}, question, dots_each, begun_by)
       values ('${BARE_IDEA}', '${accounts.metis}', 'X', 3, '${by(person)}')`,
  },
  "public.idea_board_dots": {
    key: "id",
    where: `vote_id = '${VOTE}'`,
    insert: (person) =>
      `insert into public.idea_board_dots (vote_id, ${ON_IDEA}, element_id, person_id)
       values ('${VOTE}', ${IDEA}, 'e1', '${by(person)}')`,
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
  "public.idea_statuses": {
    key: "id",
    where: "id = 'declined'",
    insert: (person) =>
      `insert into public.idea_statuses (id, kind, position, names, created_by)
       values ('parked', 'signal', 25, '{"en": "P", "uk": "P", "ru": "P", "zh": "P"}', '${by(person)}')`,
  },
  "public.shared_ideas": {
    key: "idea_id",
    where: `idea_id = '${stifferJoint}'`,
    insert: () =>
      `insert into public.shared_ideas
         (idea_id, title, body, body_text, search_tokens, status, merged, support_accounts, support_people, created_at)
       values ('${BARE_IDEA}', 'X', '{}', '', '', 'new', false, 0, 0, now())`,
  },
  "public.idea_support": {
    key: "id",
    where: `account_id = '${accounts.metis}' and idea_id = '${stifferJoint}'`,
    insert: (person) =>
      person?.side === "staff"
        ? `insert into public.idea_support (${ON_IDEA}, source, said_on, on_behalf_by)
           values ('${BARE_IDEA}', '${accounts.metis}', 'call', now(), '${by(person)}')`
        : `insert into public.idea_support (${ON_IDEA}, person_id) values ('${BARE_IDEA}', '${accounts.metis}', '${by(person)}')`,
  },
  "public.idea_followers": {
    key: "idea_id",
    where: `person_id = '${METIS_MEMBER.personId}'`,
    insert: (person) =>
      `insert into public.idea_followers (idea_id, person_id, account_id)
       values ('${BARE_IDEA}', '${by(person)}', ${accountOf(person)})`,
  },
  "public.idea_reactions": {
    key: "comment_id",
    where: `comment_id = '${COMMENT}'`,
    insert: (person) =>
      `insert into public.idea_reactions (comment_id, person_id, reaction, account_id)
       values ('${COMMENT}', '${by(person)}', 'thanks', '${accounts.metis}')`,
  },
  "public.idea_note_reactions": {
    key: "note_id",
    where: `note_id = '${NOTE}'`,
    insert: (person) =>
      `insert into public.idea_note_reactions (note_id, person_id, reaction) values ('${NOTE}', '${by(person)}', 'thanks')`,
  },
  "public.tags": {
    key: "id",
    where: `id = '${TAG}'`,
    insert: (person) => `insert into public.tags (name, created_by) values ('Y', '${by(person)}')`,
  },
  "public.idea_tags": {
    key: "idea_id",
    where: `tag_id = '${TAG}'`,
    insert: (person) =>
      `insert into public.idea_tags (idea_id, tag_id, created_by) values ('${BARE_IDEA}', '${TAG}', '${by(person)}')`,
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
  `idea_threads (${ON_IDEA}, begun_by, anchor, quote) values (${IDEA}, '${METIS_MEMBER.personId}', '{}', 'X')`,
  `idea_layer_threads (${ON_IDEA}, begun_by, anchor, quote) values (${IDEA}, '${designer.personId}', '{}', 'X')`,
  `idea_comments (id, ${ON_IDEA}, author_id, body) values ('${COMMENT}', ${IDEA}, '${METIS_MEMBER.personId}', 'X')`,
  `idea_notes (id, ${ON_IDEA}, author_id, body) values ('${NOTE}', ${IDEA}, '${designer.personId}', 'X')`,
  `idea_support (${ON_IDEA}, person_id, withdrawn_at) values (${IDEA}, '${METIS_MEMBER.personId}', now())`,
  `idea_support (${ON_IDEA}, source, said_on, on_behalf_by) values (${IDEA}, 'call', now(), '${designer.personId}')`,
  `idea_followers (idea_id, person_id, account_id)
    values ('${stifferJoint}', '${METIS_MEMBER.personId}', '${accounts.metis}')`,
  `idea_reactions (comment_id, person_id, reaction, account_id)
    values ('${COMMENT}', '${METIS_MEMBER.personId}', 'agree', '${accounts.metis}')`,
  `idea_note_reactions (note_id, person_id, reaction) values ('${NOTE}', '${designer.personId}', 'agree')`,
  `idea_versions (id, ${ON_IDEA}, part, seq, reason, content, authors, writers, clocks, made_at)
    values ('${VERSION}', ${IDEA}, 'brief', 1, 'pause', '{}', '{}', '{}', '{}', now())`,
  `idea_board_votes (id, ${ON_IDEA}, question, dots_each, begun_by)
    values ('${VOTE}', ${IDEA}, 'X', 3, '${METIS_MEMBER.personId}')`,
  `idea_board_dots (vote_id, ${ON_IDEA}, element_id, person_id)
    values ('${VOTE}', ${IDEA}, 'e1', '${METIS_MEMBER.personId}')`,
  `idea_unkept (${ON_IDEA}, part, since, last) values (${IDEA}, 'brief', now(), now())`,
  `tags (id, name, created_by) values ('${TAG}', 'X', '${designer.personId}')`,
  `idea_tags (idea_id, tag_id, created_by) values ('${stifferJoint}', '${TAG}', '${designer.personId}')`,
];
