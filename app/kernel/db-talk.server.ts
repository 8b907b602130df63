import type { PostgresPoolClient, PostgresQueryResult } from "kysely";
import pg from "pg";
import { once } from "./process.server";

/**
 * How statements travel to PostgreSQL. A transaction is begun and given its actor in the same message as its first
 * statement, instead of in two of their own; and a statement that is asked again and again is planned once a connection,
 * under a name.
 */

/** Begins a statement whose answer nobody reads: it waits for the next one and travels with it. */
export const AHEAD = "/* ahead */ ";

type Asked = { readonly text: string; readonly values: readonly unknown[] };

const BEGIN: Asked = { text: "begin", values: [] };
const NOTHING = { command: "SELECT" as const, rowCount: 0, rows: [] };

/** A statement is named from so many uses on; so many have names, since each connection keeps the plans of all. */
const [NAMED_FROM, NAMED_MOST, COUNTED_MOST] = [3, 100, 2_000];

// What is searched for decides which plan is a good one, and the words are only known each time.
const PLANNED_ANEW = /@@|to_tsquery|plan anew/;
const PLANNED = /^\s*(select|with|insert|update|delete)\b/i;

/** The SQLSTATE of a plan whose columns have changed. */
const OUTDATED = "0A000";

/** The part of pg's own query and connection that its types leave out. */
interface Wire {
  on(event: "parseComplete", heard: () => void): void;
  parse(statement: { text: string; name: string }): void;
  bind(portal: { portal: string; statement: string; values: readonly unknown[] }): void;
  execute(portal: { portal: string; rows: number }): void;
  submittedNamedStatements: Record<string, string>;
}
type Done = (error: Error | undefined, result: PostgresQueryResult<unknown>) => void;
interface WireQuery {
  readonly values: readonly unknown[];
  name: string | undefined;
  prepare(wire: Wire): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
}
const WireQuery = pg.Query as unknown as new (
  config: { text: string; values: unknown[] },
  values: undefined,
  done: Done,
) => WireQuery;

/** A statement, and what goes ahead of it in the same message: an error in what goes ahead is this statement's error. */
class LedQuery extends WireQuery {
  private awaited: number;

  constructor(
    private readonly led: readonly Asked[],
    asked: Asked,
    private readonly as: { name: string | undefined; known: ReadonlySet<string>; parsing: (string | undefined)[] },
    done: Done,
  ) {
    super({ text: asked.text, values: [...asked.values] }, undefined, done);
    this.awaited = led.length;
  }

  requiresPreparation(): boolean {
    return this.led.length > 0 || this.as.name !== undefined || this.values.length > 0;
  }

  hasBeenParsed(): boolean {
    return this.as.name !== undefined && this.as.known.has(this.as.name);
  }

  override prepare(wire: Wire): void {
    const { parsing, name } = this.as;
    parsing.length = 0;
    for (const { text, values } of this.led) {
      parsing.push(undefined);
      wire.parse({ text, name: "" });
      wire.bind({ portal: "", statement: "", values });
      wire.execute({ portal: "", rows: 0 });
    }
    if (!this.hasBeenParsed()) parsing.push(name);
    // The library keeps its own list of names, which would take an answer to what goes ahead for one to this.
    this.name = name;
    super.prepare(wire);
    this.name = undefined;
    if (name) delete wire.submittedNamedStatements[name];
  }

  override handleDataRow(message: unknown): void {
    if (this.awaited === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.awaited > 0) this.awaited -= 1;
    else super.handleCommandComplete(message, wire);
  }
}

/** The statements of this process: how often each was asked, and the names of those asked often. */
const statements = () =>
  once("db.statements", () => ({ asked: new Map<string, number>(), names: new Map<string, string>() }));

/** The name of a statement that is asked often in this role; none has one in two roles. */
function nameOf(role: string, { text }: Asked): string | undefined {
  if (!PLANNED.test(text) || PLANNED_ANEW.test(text)) return undefined;
  const { asked, names } = statements();
  const key = `${role}\n${text}`;
  const known = names.get(key);
  if (known !== undefined || names.size >= NAMED_MOST) return known;
  const uses = (asked.get(key) ?? 0) + 1;
  if (uses < NAMED_FROM) {
    if (asked.size >= COUNTED_MOST) asked.clear();
    asked.set(key, uses);
    return undefined;
  }
  asked.delete(key);
  const name = `tandem_${names.size}`;
  names.set(key, name);
  return name;
}

/** One connection, as Kysely talks to it. */
class Talk implements PostgresPoolClient {
  /** What waits for the next statement. */
  private held: Asked[] = [];
  /** What the transaction was told to act as; empty outside of one. */
  private role = "";
  private readonly known = new Set<string>();
  /** A named statement no longer fits its tables, which were migrated meanwhile: a new connection knows them as they are. */
  private outdated = false;
  private readonly parsing: (string | undefined)[] = [];

  constructor(
    private readonly client: pg.PoolClient,
    private readonly named: boolean,
  ) {
    (client as unknown as { connection: Wire }).connection.on("parseComplete", () => {
      const name = this.parsing.shift();
      if (name) this.known.add(name);
    });
  }

  query<Row>(text: string | object, values: readonly unknown[] = []): Promise<PostgresQueryResult<Row>> & never {
    return this.ask({ text: String(text), values }) as Promise<PostgresQueryResult<Row>> & never;
  }

  release(): void {
    this.client.release(this.outdated);
  }

  private async ask(asked: Asked): Promise<PostgresQueryResult<unknown>> {
    const { text } = asked;
    if (text === BEGIN.text) {
      this.held = [BEGIN];
      return NOTHING;
    }
    const begun = this.held.length === 0;
    if (!begun && text.startsWith(AHEAD)) {
      this.held.push(asked);
      this.role += text;
      return NOTHING;
    }
    const led = this.held;
    const { role } = this;
    this.held = [];
    if (text === "commit" || text === "rollback") this.role = "";
    // Nothing was sent that could be taken back.
    if (!begun && text === "rollback") return NOTHING;
    return this.send(led, asked, role);
  }

  private send(led: readonly Asked[], asked: Asked, role: string): Promise<PostgresQueryResult<unknown>> {
    const name = this.named ? nameOf(role, asked) : undefined;
    return new Promise((resolve, reject) => {
      const done: Done = (error, result) => {
        if (!error) return resolve(result);
        this.outdated ||= "code" in error && error.code === OUTDATED;
        reject(error);
      };
      const query = new LedQuery(led, asked, { name, known: this.known, parsing: this.parsing }, done);
      this.client.query(query as unknown as pg.Submittable);
    });
  }
}

/** A pool whose connections talk like this. In: whether they may name statements: a pooler between us may forget names. */
export function talkingPool(pool: pg.Pool, named: boolean) {
  const talks = new WeakMap<pg.PoolClient, Talk>();
  return {
    async connect(): Promise<Talk> {
      const client = await pool.connect();
      const talk = talks.get(client) ?? new Talk(client, named);
      talks.set(client, talk);
      return talk;
    },
    end: () => pool.end(),
  };
}
