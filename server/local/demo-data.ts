import { existsSync, readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { guestTokens } from "../../tests/personas";

const SEED = new URL("../../supabase/seed.sql", import.meta.url);
const MORE = new URL("../../supabase/seeds/", import.meta.url);

/** The demo world: accounts, people and ideas first, then what other modules tell of them, in the order of the files' numbers. */
function demoWorld(): string[] {
  const more = existsSync(MORE) ? readdirSync(MORE).filter((name) => name.endsWith(".sql")) : [];
  return [SEED, ...more.sort().map((name) => new URL(name, MORE))].map((file) => readFileSync(file, "utf8"));
}

/**
 * Loads the demo world into a migrated database that holds no account yet.
 * @returns false when there was one already, and nothing was done
 */
export async function loadDemoData(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem demo" });
  await client.connect();
  try {
    await client.query("set role postgres");
    const { rowCount } = await client.query("select from public.accounts limit 1");
    if (rowCount !== 0) return false;
    await client.query("begin");
    for (const part of demoWorld()) await client.query(part);
    await client.query("commit");
    await client.query("analyze");
    return true;
  } finally {
    await client.end();
  }
}

/** One object of the demo world, with the paths it has on either side; null where a side has no page for it. */
export interface DemoObject {
  kind: string;
  state: string | null;
  id: string;
  /** Name of the account it belongs to; null where it is the maker's. */
  account: string | null;
  portal: string | null;
  staff: string | null;
}

// The oldest of each, which the demo world tells the most about; objects made since do not push it out. What is shared with all
// customers is a kind of its own: everything else that is listed here exists for its own account alone.
const OBJECTS = `
  with object (kind, state, id, idea_id, account_id, portal) as (
    select 'idea', status, id, id, account_id, true from public.ideas
    union all select 'complaint', null, id, id, account_id, true from public.ideas where kind = 'complaint'
    union all select 'shared idea', null, id, id, account_id, true from public.ideas where visibility = 'all_customers'
    union all select 'parted idea', null, id, id, account_id, true from public.ideas where split_from is not null
    union all select 'merged idea', null, id, id, account_id, true from public.ideas where merged_into is not null
    union all select 'brief', null, idea_id, idea_id, account_id, true from public.idea_briefs
    union all select 'comment', null, id, idea_id, account_id, true from public.idea_comments
    union all select 'internal note', null, id, idea_id, account_id, false from public.idea_notes
    union all select 'file', null, id, idea_id, account_id, true from public.idea_files
    union all select 'attachment', state, id, idea_id, account_id, true from public.idea_attachments
      where (idea_id is not null or state = 'uploading') and account_id is not null and removed_at is null
    union all select 'support', case when withdrawn_at is null then 'open' else 'withdrawn' end, s.id, idea_id,
      s.account_id, true from public.idea_support s join public.ideas i on i.id = s.idea_id and i.account_id = s.account_id
  )
  select distinct on (object.kind, object.state) object.kind, object.state, object.id, accounts.name as account,
    coalesce(file.path, case when portal then '/ideas/' || idea_id end) as portal,
    coalesce(file.path, '/staff/ideas/' || idea_id) as staff
  from object join public.accounts on accounts.id = account_id
  -- A file that was not let in, or not yet, has no address: the idea says how it stands.
  left join (values ('file', null, '/api/files/'), ('attachment', 'ready', '/api/attachments/')) served (kind, state, folder)
    on served.kind = object.kind and served.state is not distinct from object.state
  cross join lateral (select served.folder || object.id) file (path)
  where (object.kind = 'shared idea') = exists (select from public.shared_ideas where shared_ideas.idea_id = object.idea_id)
  order by object.kind, object.state, object.id`;

// A notice leads to a page of its reader's side; what tells of a shared idea stays out, as above.
const NOTICES = `
  select distinct on (state, n.path like '/staff/%') 'notification' as kind, n.state, n.id, accounts.name as account,
    case when n.path not like '/staff/%' then split_part(n.path, '#', 1) end as portal,
    case when n.path like '/staff/%' then split_part(n.path, '#', 1) end as staff
  from (
    select *, case when read_at is null then 'unread' else 'read' end as state from public.notifications
    where subject_kind = 'idea'
  ) n
  join public.ideas on ideas.id = n.subject_id
  join public.accounts on accounts.id = ideas.account_id
  where not exists (select from public.shared_ideas where shared_ideas.idea_id = n.subject_id)
  order by state, n.path like '/staff/%', n.id`;

// What staff alone have pages for. A product belongs to no account.
const FOR_STAFF = `
  (select distinct on (state) 'product' as kind, state, id, null as account, null as portal, '/staff/products' as staff
   from public.products order by state, id)
  union all
  (select distinct on (state) 'account', a.state, a.id, a.name, null, '/staff/accounts/' || a.id
   from (
     select *, case when closed_at is not null then 'closed' else kind end as state
     from public.accounts where merged_into is null
   ) a order by state, a.id)
  union all
  (select distinct on (state) 'person', p.state, p.id, accounts.name, null,
     '/staff/accounts/' || accounts.id || '/people/' || p.id
   from (
     select *, case when removed_at is not null then 'removed' else 'active' end as state
     from public.people where erased_at is null
   ) p join public.accounts on accounts.id = p.account_id order by state, p.id)`;

// The state of an invitation is told by its times. Its own people see it in their list alone, which every account has.
const INVITATIONS = `
  select distinct on (state) 'invitation' as kind, i.state, i.id, accounts.name as account,
    null as portal, '/staff/accounts/' || accounts.id || '/people' as staff
  from (
    select id, account_id, case when accepted_at is not null then 'accepted' when revoked_at is not null then 'revoked'
      when expires_at <= now() then 'expired' else 'open' end as state
    from public.invitations
  ) i join public.accounts on accounts.id = i.account_id
  order by state, i.id`;

// Its state is in no column: it follows from the answers to its newest revision.
const DECISIONS = `
  select distinct on (state) 'decision' as kind, d.state, d.id, accounts.name as account,
    '/decisions/' || d.id as portal, '/staff/decisions/' || d.id as staff
  from (
    select d.id, d.account_id, case when r.asked_at is null then 'draft' when bool_or(s.answer = 'not-yet') then 'not-yet'
      when bool_and(s.answer is not null) then 'agreed' else 'asked' end as state
    from public.decisions d join public.decision_revisions r on r.decision_id = d.id and r.number = d.number
    left join public.decision_signatures s on s.revision_id = r.id group by d.id, r.id
  ) d join public.accounts on accounts.id = d.account_id
  order by state, d.id`;

// A draft has no page for anybody who is asked; what several accounts are asked stays out of their pages, as what is shared does.
const SURVEYS = `
  select distinct on (state) 'survey' as kind, s.state, s.id, accounts.name as account,
    case when s.state <> 'draft' and a.alone then '/surveys/' || s.id end as portal, '/staff/surveys/' || s.id as staff
  from (
    select *, case when opened_at is null then 'draft' when closed_at is not null or closes_at <= now() then 'closed'
      else 'open' end as state
    from public.price_surveys
  ) s
  join (
    select survey_id, account_id, count(*) over (partition by survey_id) = 1 as alone from public.price_survey_accounts
  ) a on a.survey_id = s.id
  join public.accounts on accounts.id = a.account_id
  order by state, s.id desc, accounts.name`;

// The links of guests are known in the demo world alone: elsewhere only their hashes are kept. One that lets nobody in has no page.
const GUESTS = `
  select 'guest' as kind, case when g.revoked_at is not null then 'revoked' when g.expires_at <= now() then 'expired'
      else 'open' end as state,
    g.id, accounts.name as account,
    case when g.revoked_at is null and g.expires_at > now() then '/guest/' || link.token end as portal, '/staff/ideas/' || g.object_id || '/guests' as staff
  from public.guest_grants g
  join public.guest_keys k on k.grant_id = g.id
  join unnest($1::text[]) link (token) on sha256(convert_to(link.token, 'UTF8')) = k.token_hash
  join public.accounts on accounts.id = g.account_id
  order by g.id`;

/**
 * One object of each kind and state that an installation holds.
 * @param adminUrl connection string of a role that sees every account
 */
export async function demoObjects(adminUrl: string): Promise<DemoObject[]> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem demo" });
  await client.connect();
  try {
    const found = [
      await client.query<DemoObject>(OBJECTS),
      await client.query<DemoObject>(NOTICES),
      await client.query<DemoObject>(FOR_STAFF),
      await client.query<DemoObject>(INVITATIONS),
      await client.query<DemoObject>(DECISIONS),
      await client.query<DemoObject>(SURVEYS),
      await client.query<DemoObject>(GUESTS, [Object.values(guestTokens)]),
    ];
    return found.flatMap(({ rows }) => rows);
  } finally {
    await client.end();
  }
}

/** Logins as lines for a terminal: who, with which password. */
export function loginLines(
  logins: readonly { email: string; password: string; role: string; account: string | null }[],
): string {
  return logins
    .map(({ email, password, role, account }) => `  ${email.padEnd(28)}${password}  ${account ?? "staff"}, ${role}`)
    .join("\n");
}

/** Whether this database holds the demo world, whose logins are then worth telling. */
export async function holdsDemoData(adminUrl: string, email: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: "tandem demo" });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from public.person_contacts where email = $1", [email]);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
