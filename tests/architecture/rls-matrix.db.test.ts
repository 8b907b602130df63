import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor, ClientActor } from "~/kernel/actor";
import { asActor, inRole } from "~/kernel/actor-tx.server";
import { type Database, jobsDb, portalDb, staffDb } from "~/kernel/db.server";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../database";
import * as people from "../personas";
import { METIS_MEMBER, METIS_VIEW, type Person } from "./rls/case";
import { CASES, prepare, WHO_MAY } from "./rls-cases";

/**
 * Who may do what to a row that belongs to Metis (or to nobody's account), written by hand in rls/<module>.ts from
 * the product's rules and never from the policies. Whoever is not named is refused or finds nothing.
 *
 *   clients   Metis' viewer, member, approver and owner
 *   view      a member of staff who looks as Metis, and reads what its people share
 *   readers   clients and view
 *   doers     Metis' member, approver and owner: everybody who does more than read
 *   staff     every role of ours; writers: all but the auditor; shapers: designer, manager, admin
 *   system    service_role: jobs and the session door; jobs: the worker's login before it chooses that
 *   collab    the live editing server
 *
 *   guest     holds a grant to Metis' "Stiffer joint" that lets comment
 *
 * Never named, so never allowed: nobody (anon), stranger (Brix' owner), removed (once a member of Metis),
 * portal_app and portal_staff_app without an actor. The sign-in gateway's
 * login is named for the tables of sign-in and files alone (rls/beside.ts).
 */
const GROUPS: Record<string, readonly string[]> = {
  clients: ["viewer", "member", "approver", "owner"],
  readers: ["viewer", "member", "approver", "owner", "view"],
  doers: ["member", "approver", "owner"],
  staff: ["designer", "pricing", "manager", "production", "support", "admin", "auditor"],
  writers: ["designer", "pricing", "manager", "production", "support", "admin"],
  shapers: ["designer", "manager", "admin"],
};

type Work = (tx: Transaction<Database>) => Promise<void>;
type Persona = { person: Person | null; run(work: Work): Promise<void> };

const gatewayPool = new pg.Pool({ connectionString: process.env.GATEWAY_DATABASE_URL, max: 2 });
const gatewayDb = new Kysely<Database>({ dialect: new PostgresDialect({ pool: gatewayPool }) });
afterAll(() => gatewayDb.destroy());

const actor = (who: Exclude<Actor, { side: "guest" }>): Persona => ({ person: who, run: (work) => asActor(who, work) });
const login = (db: () => Kysely<Database>): Persona => ({
  person: null,
  run: (work) => db().transaction().execute(work),
});
const anon = { role: sql`'anon'`, claims: { role: "anon" }, timeoutMs: 8_000 };

const collab = { role: sql`'portal_collab'`, claims: {}, timeoutMs: 8_000 };

// As actor-tx.server.ts asks for one, but for its being read-only: the rules alone must refuse, too.
const view = {
  role: sql`'authenticated'`,
  claims: { role: "authenticated", view: METIS_VIEW, viewer: people.support.userId },
  timeoutMs: 8_000,
};

const PERSONAS: Record<string, Persona> = {
  nobody: { person: null, run: (work) => inRole(portalDb(), anon, work) },
  stranger: actor(people.brixOwner),
  removed: actor(people.removedMember),
  viewer: actor(people.metisViewer),
  member: actor(METIS_MEMBER satisfies ClientActor),
  approver: actor(people.metisApprover),
  owner: actor(people.metisOwner),
  view: { person: null, run: (work) => inRole(portalDb(), view, work) },
  guest: {
    person: null,
    run: (work) => asActor(people.metisGuest, work),
  },
  designer: actor(people.designer),
  pricing: actor(people.pricing),
  manager: actor(people.manager),
  production: actor(people.production),
  support: actor(people.support),
  admin: actor(people.admin),
  auditor: actor(people.auditor),
  portal_app: login(portalDb),
  portal_staff_app: login(staffDb),
  jobs: login(jobsDb),
  gateway: login(() => gatewayDb),
  system: { person: null, run: (work) => asSystem("test: the matrix", work) },
  collab: { person: null, run: (work) => inRole(jobsDb(), collab, work) },
};

const OPERATIONS = ["select", "insert", "update", "delete"] as const;
type Operation = (typeof OPERATIONS)[number];

const expected = new Map(
  WHO_MAY.map((line) => {
    const [table = "", ...cells] = line.split("|").map((cell) => cell.trim());
    const named = cells.map((cell) =>
      cell === "-" ? [] : cell.split(/\s+/).flatMap((word) => GROUPS[word] ?? [word]),
    );
    return [table, Object.fromEntries(OPERATIONS.map((operation, index) => [operation, named[index] ?? []]))] as const;
  }),
);

class Undo extends Error {}

/** No privilege or a policy against it; a view that joins tables has its own way to say that nobody writes there. */
const REFUSED: readonly unknown[] = ["42501", "55000"];

/** Whether the statement touches a row. Everything it did is undone. Any error but a refusal is the test's own fault. */
async function touches(persona: Persona, statement: string): Promise<boolean> {
  let touched = false;
  try {
    await persona.run(async (tx) => {
      const result = await sql.raw(statement).execute(tx);
      touched = result.rows.length > 0 || (result.numAffectedRows ?? 0n) > 0n;
      throw new Undo();
    });
  } catch (error) {
    if (error instanceof Undo) return touched;
    if (error instanceof Error && "code" in error && REFUSED.includes(error.code)) return false;
    throw new Error(`${statement}\n${error}`, { cause: error });
  }
  return touched;
}

async function statements(table: string, operation: Operation, person: Person | null): Promise<string[]> {
  const cases = CASES[table];
  if (!cases) throw new Error(`No rows to try on ${table}: add them to rls/<module>.ts`);
  switch (operation) {
    case "select":
      return [`select ${cases.key} from ${table} where ${cases.where}`];
    case "insert":
      return [cases.insert(person)];
    case "delete":
      return [`delete from ${table} where ${cases.where}`];
    case "update":
      // Every column, one by one: a grant on any of them counts.
      return (cases.columns ?? (await writableColumns(table))).map((column) => {
        return `update ${table} set ${column} = ${column} where ${cases.where}`;
      });
  }
}

async function writableColumns(table: string): Promise<string[]> {
  const rows = await asSuperuser<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'`,
    [table],
  );
  return rows.map((row) => row.name);
}

beforeAll(prepare);

test("the table names every table there is", async () => {
  const rows = await asSuperuser<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`,
  );
  expect([...expected.keys()].sort()).toEqual(rows.map((row) => row.name).sort());
});

test("the table names only people there are", () => {
  const named = [...expected.values()].flatMap((row) => Object.values(row).flat());
  expect(named.filter((name) => !(name in PERSONAS))).toEqual([]);
});

describe.each([...expected.keys()])("%s", (table) => {
  test.each(OPERATIONS)("%s is for whom the table names, and for nobody else", async (operation) => {
    const answers = await Promise.all(
      Object.entries(PERSONAS).map(async ([name, persona]) => {
        for (const statement of await statements(table, operation, persona.person)) {
          if (await touches(persona, statement)) return name;
        }
        return null;
      }),
    );
    const allowed = answers.filter((name) => name !== null);
    expect(allowed.sort()).toEqual([...(expected.get(table)?.[operation] ?? [])].sort());
  });
});
