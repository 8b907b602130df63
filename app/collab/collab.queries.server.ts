import { Pool } from "pg";

/** A stored document: updates oldest first, the last one's sequence number, and how many lie outside the snapshot. */
export type Stored = { id: string; seq: number; updates: Uint8Array[]; loose: number };

/** All SQL on the live documents' tables, as the role that sees nothing else. */
export type CollabStore = {
  /** The document, or null when the room was never opened. */
  load(room: string): Promise<Stored | null>;
  /** Makes the document with its first words, unless somebody else just did. */
  create(room: string, first: Uint8Array): Promise<void>;
  /**
   * Stores one update durably. Out: its sequence number, which is in commit order. `project` also asks for the readable
   * copy to be brought up to date, in the same transaction.
   */
  append(id: string, payload: Uint8Array, project: string | null): Promise<number>;
  /** Asks for the readable copy to be brought up to date. */
  project(room: string): Promise<void>;
  /** Puts everything up to `seq` into one snapshot, unless there is a newer one. */
  compact(id: string, seq: number, data: Uint8Array): Promise<void>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  end(): Promise<void>;
};

type Row = { id: string; head: string; snapshot_seq: string | null; data: Buffer | null; payloads: Buffer[] };

// One statement, so that snapshot and log are of one moment.
const LOAD = `
  select d.id, d.head, s.seq as snapshot_seq, s.data,
         coalesce((select array_agg(l.payload order by l.seq) from public.collab_log l
                    where l.doc = d.id and l.seq > coalesce(s.seq, 0)), '{}') as payloads
    from public.collab_doc d left join public.collab_snapshot s on s.doc = d.id
   where d.room = $1`;

const CREATE = `
  with made as (insert into public.collab_doc (room, head) values ($1, 1) on conflict (room) do nothing returning id)
  insert into public.collab_log (doc, seq, payload) select id, 1, $2 from made`;

// The row lock that the update takes makes the order of sequence numbers the order of commits.
const APPEND = `
  with next as (update public.collab_doc set head = head + 1 where id = $1 returning id, head)
  insert into public.collab_log (doc, seq, payload) select id, head, $2 from next returning seq`;

const APPEND_AND_PROJECT = `
  with next as (update public.collab_doc set head = head + 1 where id = $1 returning id, head),
       stored as (insert into public.collab_log (doc, seq, payload) select id, head, $2 from next returning seq)
  select seq, private.enqueue_brief_projection($3) from stored`;

const COMPACT = `
  with newer as (
    insert into public.collab_snapshot (doc, seq, data) values ($1, $2, $3)
    on conflict (doc) do update set seq = excluded.seq, data = excluded.data
      where public.collab_snapshot.seq < excluded.seq
    returning seq)
  delete from public.collab_log l using newer where l.doc = $1 and l.seq <= newer.seq`;

/** In: the connection string of portal_jobs, which may become portal_collab. */
export function createStore(databaseUrl: string): CollabStore {
  const pool = new Pool({
    connectionString: databaseUrl,
    options: "-c role=portal_collab -c statement_timeout=8000",
    application_name: "tandem collab",
    max: 4,
    connectionTimeoutMillis: 5_000,
    allowExitOnIdle: true,
  });
  // A server that goes away ends idle connections; the next query says what is wrong.
  pool.on("error", () => undefined);
  return {
    async load(room) {
      const row = (await pool.query<Row>(LOAD, [room])).rows[0];
      if (!row) return null;
      // A hole in the log means text is missing: an error, never a shorter document.
      if (Number(row.head) - Number(row.snapshot_seq ?? 0) !== row.payloads.length) {
        throw new Error(`the log of live document ${row.id} has a hole`);
      }
      const updates: Uint8Array[] = row.data ? [row.data, ...row.payloads] : row.payloads;
      return { id: row.id, seq: Number(row.head), updates, loose: row.payloads.length };
    },
    async create(room, first) {
      await pool.query(CREATE, [room, first]);
    },
    async append(id, payload, project) {
      const query =
        project === null ? pool.query(APPEND, [id, payload]) : pool.query(APPEND_AND_PROJECT, [id, payload, project]);
      const row = (await query).rows[0] as { seq: string } | undefined;
      if (!row) throw new Error(`live document ${id} is gone`);
      return Number(row.seq);
    },
    async project(room) {
      await pool.query("select private.enqueue_brief_projection($1)", [room]);
    },
    async compact(id, seq, data) {
      await pool.query(COMPACT, [id, seq, data]);
    },
    async ping() {
      await pool.query("select 1 from public.collab_doc limit 1");
    },
    end: () => pool.end(),
  };
}
