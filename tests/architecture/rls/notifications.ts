import { accounts, metisOwner, metisViewer, stifferJoint } from "../../personas";
import { by, type Cases } from "./case";

/**
 * Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts.
 * What somebody is told is theirs alone: neither colleagues nor staff read it.
 */
export const whoMay = `
  public.notifications         | owner system        | system       | owner system   | system
  public.notification_choices  | owner system        | stranger clients staff | owner | -
  public.notification_settings | owner system        | stranger clients staff | owner | -
  public.unsubscribe_keys      | -                   | -            | -              | -
  public.mail_suppressions     | staff system        | system       | system         | manager admin system
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT notification_choices: how kind person_id
  authenticated INSERT notification_settings: digest_hour mail_off person_id quiet_from quiet_to
  authenticated UPDATE notification_choices: how
  authenticated UPDATE notification_settings: digest_hour mail_off quiet_from quiet_to
  authenticated UPDATE notifications: read_at
  portal_staff INSERT notification_choices: how kind person_id
  portal_staff INSERT notification_settings: digest_hour mail_off person_id quiet_from quiet_to
  portal_staff UPDATE notification_choices: how
  portal_staff UPDATE notification_settings: digest_hour mail_off quiet_from quiet_to
  portal_staff UPDATE notifications: read_at
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  knows_unsubscribe: portal_app
  letters_lost: portal_staff
  plan_notice_mail: service_role
  replan_notice_mail:
  retry_mail: service_role
  ring_bell:
  tell_people:
  unsubscribe: portal_app
  unsubscribe_proof: service_role
`;

const EVENT = 900_011;
const insertNotice = (person: string, event: string) =>
  `notifications (person_id, account_id, kind, event_id, subject_kind, subject_id, path, facts, mail_state)
   select '${person}', '${accounts.metis}', 'comment', ${event}, 'idea', '${stifferJoint}', '/ideas', '{}', 'none'`;

export const cases: Cases = {
  "public.notifications": {
    key: "id",
    where: `event_id = ${EVENT} and person_id = '${metisOwner.personId}'`,
    insert: () => `insert into public.${insertNotice(metisViewer.personId, String(EVENT))}`,
  },
  "public.notification_choices": {
    key: "kind",
    where: `person_id = '${metisOwner.personId}' and kind = 'matrix'`,
    insert: (person) =>
      `insert into public.notification_choices (person_id, kind, how) values ('${by(person)}', 'another', 'off')`,
  },
  "public.notification_settings": {
    key: "person_id",
    where: `person_id = '${metisOwner.personId}'`,
    insert: (person) =>
      `insert into public.notification_settings (person_id, digest_hour) values ('${by(person)}', 9)
       on conflict (person_id) do update set digest_hour = 9`,
  },
  "public.unsubscribe_keys": {
    key: "person_id",
    where: `person_id = '${metisOwner.personId}'`,
    insert: (person) => `insert into public.unsubscribe_keys (person_id) values ('${by(person)}')`,
  },
  "public.mail_suppressions": {
    key: "email",
    where: `email = 'matrix@metis.example'`,
    insert: () => `insert into public.mail_suppressions (email, said) values ('x@metis.example', 'No such mailbox')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `events (id, account_id, chain, chain_seq, name, subject_kind, subject_id, actor_side, audience, facts,
    happened_at, prev_hash, hash) overriding system value values (${EVENT}, '${accounts.metis}', '${stifferJoint}', ${EVENT},
    'idea.tested', 'idea', '${stifferJoint}', 'staff', 'both', '{}', now(), sha256(''), sha256(''))`,
  insertNotice(metisOwner.personId, String(EVENT)),
  `notification_choices (person_id, kind, how) values ('${metisOwner.personId}', 'matrix', 'daily')`,
  `notification_settings (person_id, digest_hour) values ('${metisOwner.personId}', 8) on conflict (person_id) do nothing`,
  `unsubscribe_keys (person_id) values ('${metisOwner.personId}') on conflict (person_id) do nothing`,
  `mail_suppressions (email, said) values ('matrix@metis.example', 'No such mailbox')`,
];
