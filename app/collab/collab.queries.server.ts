import { Pool } from "pg";
import type { Author } from "./owners";

/** A stored document: updates oldest first, the last one's sequence number, and how many lie outside the snapshot. */
export type Stored = {
  id: string;
  seq: number;
  updates: Uint8Array[];
  loose: number;
  authors: Author[];
  /** The log has a hole: what lies behind it is not among the updates. */
  broken: boolean;
};

/** What one document has to store. `project` names its room when the readable copy is to be asked for along with it. */
export type Flush = { id: string; payload: Uint8Array; authors: readonly Author[]; project: string | null };

/** All SQL on the live documents' tables, as the role that sees nothing else. */
export type CollabStore = {
  /** The document, or null when the room was never opened. */
  load(room: string): Promise<Stored | null>;
  /** What of a document lies behind this row, without its authors; null when it is gone. */
  since(id: string, seq: number): Promise<Stored | null>;
  /** Whose these client ids are, as far as anybody's. */
  authors(id: string, clients: readonly number[]): Promise<Author[]>;
  /** The last rows of these documents. */
  heads(ids: readonly string[]): Promise<Map<string, number>>;
  /** Makes the document with its first words, unless somebody else just did. */
  create(room: string, first: Uint8Array): Promise<void>;
  /** Stores one update of each document durably. Out: sequence numbers in commit order, none for what is gone. */
  append(flushes: readonly Flush[]): Promise<Map<string, number>>;
  /** Asks for the readable copy to be brought up to date. */
  project(room: string): Promise<void>;
  /** Puts everything up to `seq` into one snapshot, unless there is a newer one. */
  compact(id: string, seq: number, data: Uint8Array): Promise<void>;
  /** Tells every process that a job has changed a document, so that whoever has it open takes that over at once. */
  tell(room: string): Promise<void>;
  /** Connects and reads what opening needs, so that nobody waits for that. Resolves when the database does not answer, too. */
  warm(): Promise<void>;
  /** Throws when the database does not answer. */
  ping(): Promise<void>;
  end(): Promise<void>;
};

type Part = { what: "doc" | "snapshot" | "row" | "author"; a: string; b: string; bytes: Buffer; person: string };

// One statement, so that snapshot and log are of one moment.
const LOAD = `
  with d as (select id, head from public.collab_doc where room = $1),
       s as (select s.seq, s.data from public.collab_snapshot s join d on s.doc = d.id)
  select 'doc' as what, id as a, head as b, null::bytea as bytes, null as person from d
  union all select 'snapshot', 0, seq, data, null from s
  union all select 'row', 0, l.seq, l.payload, null from d join public.collab_log l on l.doc = d.id
             where l.seq > coalesce((select seq from s), 0)
  union all select 'author', 0, a.client, null, a.person from d join public.collab_author a on a.doc = d.id`;

// A snapshot that another process made may stand for rows that are not known here yet.
const SINCE = `
  with d as (select id, head from public.collab_doc where id = $1),
       s as (select s.seq, s.data from public.collab_snapshot s join d on s.doc = d.id where s.seq > $2)
  select 'doc' as what, id as a, head as b, null::bytea as bytes, null as person from d
  union all select 'snapshot', 0, seq, data, null from s
  union all select 'row', 0, l.seq, l.payload, null from d join public.collab_log l on l.doc = d.id
             where l.seq > greatest($2::bigint, coalesce((select seq from s), 0))`;

const CREATE = `
  with made as (insert into public.collab_doc (room, head) values ($1, 1) on conflict (room) do nothing returning id)
  insert into public.collab_log (doc, seq, payload) select id, 1, $2 from made`;

// The row locks, taken in the order of ids, make the order of sequence numbers the order of commits.
const APPEND = `
  with incoming as (select * from unnest($1::bigint[], $2::bytea[], $3::text[]) as t (doc, payload, room)),
       locked as (select d.id from public.collab_doc d where d.id = any ($1::bigint[]) order by d.id for no key update),
       moved as (update public.collab_doc d set head = d.head + 1 from locked where d.id = locked.id
                 returning d.id, d.head),
       stored as (insert into public.collab_log (doc, seq, payload)
                  select m.id, m.head, i.payload from moved m join incoming i on i.doc = m.id returning doc, seq),
       noted as (insert into public.collab_author (doc, client, person)
                 select a.doc, a.client, a.person
                   from unnest($4::bigint[], $5::bigint[], $6::text[]) as a (doc, client, person)
                   join moved m on m.id = a.doc
                 on conflict (doc, client) do nothing)
  select s.doc, s.seq, (select private.enqueue_brief_projection(i.room) where i.room is not null)
    from stored s join incoming i on i.doc = s.doc`;

// What nearly every flush is: the next letters of one document, by somebody who is known.
const APPEND_ONE = `
  with moved as (update public.collab_doc set head = head + 1 where id = $1 returning id, head),
       stored as (insert into public.collab_log (doc, seq, payload)
                  select id, head, $2::bytea from moved returning doc, seq)
  select doc, seq, (select private.enqueue_brief_projection($3) where $3::text is not null) from stored`;

const COMPACT = `
  with newer as (
    insert into public.collab_snapshot (doc, seq, data) values ($1, $2, $3)
    on conflict (doc) do update set seq = excluded.seq, data = excluded.data
      where public.collab_snapshot.seq < excluded.seq
    returning seq)
  delete from public.collab_log l using newer where l.doc = $1 and l.seq <= newer.seq`;

/** In: the connection string of portal_jobs, which may become portal_collab. */
export function createStore(databaseUrl: string): CollabStore {
  const open = (max: number, settings = "") => {
    const pool = new Pool({
      // Whoever writes after a pause must not wait for a connection first.
      min: 1,
      connectionString: databaseUrl,
      options: `-c role=portal_collab -c statement_timeout=8000${settings}`,
      application_name: "tandem collab",
      max,
      connectionTimeoutMillis: 5_000,
      allowExitOnIdle: true,
    });
    // A server that goes away ends idle connections; the next query says what is wrong.
    pool.on("error", () => undefined);
    return pool;
  };
  // Opening many documents must not hold up what is being written.
  // A document that somebody else has locked is tried again by itself, so that it holds up no other.
  const [writing, reading] = [open(1, " -c lock_timeout=1000"), open(3)];
  const appendOne = (id: string, payload: Buffer, project: string | null) =>
    writing.query<{ doc: string; seq: string }>({
      name: "collab append one",
      text: APPEND_ONE,
      values: [id, payload, project],
    });
  return {
    async load(room) {
      return storedOf((await reading.query<Part>(LOAD, [room])).rows);
    },
    async since(id, seq) {
      return storedOf((await reading.query<Part>(SINCE, [id, seq])).rows, seq);
    },
    async authors(id, clients) {
      const { rows } = await reading.query<{ client: string; person: string }>(
        "select client, person from public.collab_author where doc = $1 and client = any ($2::bigint[])",
        [id, clients],
      );
      return rows.map(({ client, person }) => ({ client: Number(client), person }));
    },
    async heads(ids) {
      const { rows } = await reading.query<{ id: string; head: string }>(
        "select id, head from public.collab_doc where id = any ($1::bigint[])",
        [ids],
      );
      return new Map(rows.map(({ id, head }) => [id, Number(head)]));
    },
    async create(room, first) {
      await reading.query(CREATE, [room, first]);
    },
    async append(flushes) {
      const [only] = flushes;
      if (only && flushes.length === 1 && only.authors.length === 0) {
        const { rows } = await appendOne(only.id, bufferOf(only.payload), only.project);
        return new Map(rows.map(({ doc, seq }) => [doc, Number(seq)]));
      }
      const authors = flushes.flatMap((flush) => flush.authors.map((author) => ({ ...author, doc: flush.id })));
      const { rows } = await writing.query<{ doc: string; seq: string }>({
        name: "collab append",
        text: APPEND,
        values: [
          flushes.map(({ id }) => id),
          flushes.map(({ payload }) => bufferOf(payload)),
          flushes.map(({ project }) => project),
          authors.map(({ doc }) => doc),
          authors.map(({ client }) => client),
          authors.map(({ person }) => person),
        ],
      });
      return new Map(rows.map(({ doc, seq }) => [doc, Number(seq)]));
    },
    async project(room) {
      await reading.query("select private.enqueue_brief_projection($1)", [room]);
    },
    async compact(id, seq, data) {
      await reading.query(COMPACT, [id, seq, data]);
    },
    async tell(room) {
      await reading.query("select pg_notify('tandem_brief', $1)", [room]);
    },
    async warm() {
      // About nothing that there is: the database reads its catalogue and plans once a connection.
      await Promise.allSettled([reading.query(LOAD, [""]), appendOne("0", Buffer.alloc(0), null)]);
    },
    async ping() {
      await reading.query("select 1 from public.collab_doc limit 1");
    },
    end: async () => {
      await Promise.all([writing.end(), reading.end()]);
    },
  };
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);

/** In: what was read, and the row it was read from on. */
function storedOf(parts: readonly Part[], from = 0): Stored | null {
  const doc = parts.find(({ what }) => what === "doc");
  if (!doc) return null;
  const snapshot = parts.find(({ what }) => what === "snapshot");
  const head = Number(doc.b);
  const rows = parts.filter(({ what }) => what === "row").map(({ b, bytes }) => ({ seq: Number(b), bytes }));
  rows.sort((one, two) => one.seq - two.seq);
  const before = Number(snapshot?.b ?? from);
  // What lies behind a hole may build on what is missing: only what lies in front of it is the document.
  const hole = rows.findIndex(({ seq }, at) => seq !== before + 1 + at);
  const good = hole < 0 ? rows : rows.slice(0, hole);
  return {
    id: doc.a,
    seq: head,
    updates: [...(snapshot ? [snapshot.bytes] : []), ...good.map(({ bytes }) => bytes)],
    loose: good.length,
    authors: parts.filter(({ what }) => what === "author").map(({ b, person }) => ({ client: Number(b), person })),
    broken: before + good.length !== head,
  };
}
