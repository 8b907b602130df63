import { randomInt } from "node:crypto";
import type { Queryable } from "../supabase/database";
import { invalid, missing } from "./problem";

/** Anything that the API gives, as far as the store looks at it. */
export interface Held {
  readonly id: string;
  readonly object: string;
  readonly created: number;
}

/** What the API never shows of an object. */
export interface Hidden {
  /** The number of a test card, of a payment method. */
  readonly card?: string;
  /** Whether a payment method was set up to be charged without its holder. */
  readonly setUp?: boolean;
  /** Of a checkout session: what the payment it leads to is made of. */
  readonly intent?: Record<string, unknown>;
  /** Of a payment: paid without its holder. */
  readonly offSession?: boolean;
  /** Of a checkout session: what it sells. */
  readonly items?: readonly unknown[];
}

export interface Page {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
  readonly created?:
    | number
    | { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }
    | undefined;
}

/** Which request an event comes from; nulls when it came by itself. */
export interface Asked {
  readonly id: string | null;
  readonly key: string | null;
}

type Condition = { condition: (place: string) => string; value: unknown };

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** An id as Stripe makes them: a prefix, and 24 letters and digits. */
export const newId = (prefix: string): string =>
  `${prefix}_${Array.from({ length: 24 }, () => BASE62[randomInt(BASE62.length)]).join("")}`;

/** The objects of the stand-in within one transaction; `now` is its clock, in seconds. */
export class Store {
  constructor(
    private readonly tx: Queryable,
    readonly now: number,
    readonly asked: Asked,
    private readonly hasEndpoint: boolean,
  ) {}

  /** An object as it is kept; null when there is none of that kind. `lock`: until the transaction ends. */
  async find<T extends Held>(kind: T["object"], id: string, lock = false): Promise<T | null> {
    const { rows } = await this.tx.query<{ body: T }>(
      `select body from stripe_sandbox.objects where id = $1 and kind = $2 ${lock ? "for update" : ""}`,
      [id, kind],
    );
    return rows[0]?.body ?? null;
  }

  /** @throws Problem 404 (of an id in the address) or 400 (of one in a parameter) */
  async need<T extends Held>(kind: T["object"], id: string, param: string, lock = false): Promise<T> {
    const found = await this.find<T>(kind, id, lock);
    if (found) return found;
    const problem = missing(kind, id, param);
    throw ["id", "intent", "session"].includes(param)
      ? problem
      : invalid(problem.message, { code: "resource_missing", param });
  }

  async hidden(id: string): Promise<Hidden> {
    const { rows } = await this.tx.query<{ hidden: Hidden }>(
      "select hidden from stripe_sandbox.objects where id = $1",
      [id],
    );
    return rows[0]?.hidden ?? {};
  }

  /** Keeps an object, new or changed. What is hidden stays as it is when it is not given. */
  async save<T extends Held>(object: T, hidden?: Hidden): Promise<T> {
    await this.tx.query(
      `insert into stripe_sandbox.objects (id, kind, created, body, hidden) values ($1, $2, $3, $4, coalesce($5::jsonb, '{}'))
       on conflict (id) do update set body = excluded.body, hidden = coalesce($5::jsonb, objects.hidden)`,
      [object.id, object.object, object.created, JSON.stringify(object), hidden ? JSON.stringify(hidden) : null],
    );
    return object;
  }

  async remove(id: string): Promise<void> {
    await this.tx.query("delete from stripe_sandbox.objects where id = $1", [id]);
  }

  /**
   * Objects of a kind, newest first, as a list of the API.
   * @param like what they hold; undefined values are not asked for
   */
  async list<T extends Held>(kind: string, url: string, page: Page, like: Record<string, unknown> = {}) {
    return this.listWhere<T>(kind, url, page, [
      { condition: (place) => `body @> ${place}::jsonb`, value: JSON.stringify(like) },
    ]);
  }

  /** Events, newest first. @param types as named, with `*` for whatever ends so; null for all. `delivered`: to every endpoint, or not yet. */
  async listEvents(url: string, page: Page, types: readonly string[] | null, delivered: boolean | null) {
    const wanted: Condition[] = [];
    if (types) {
      const patterns = types.map((type) => type.replace(/[\\%_]/g, "\\$&").replace(/\*$/, "%"));
      wanted.push({ condition: (place) => `body ->> 'type' like any (${place}::text[])`, value: patterns });
    }
    if (delivered !== null) {
      wanted.push({
        condition: (place) => `(body ->> 'pending_webhooks' = '0') = ${place}::boolean`,
        value: delivered,
      });
    }
    return this.listWhere("event", url, page, wanted);
  }

  private async listWhere<T extends Held>(kind: string, url: string, page: Page, wanted: readonly Condition[]) {
    const limit = page.limit ?? 10;
    if (limit < 1 || limit > 100) throw invalid("Invalid limit: must be between 1 and 100", { param: "limit" });
    if (page.starting_after && page.ending_before) {
      throw invalid("You cannot parameterize both starting_after and ending_before.", { param: "ending_before" });
    }
    const values: unknown[] = [kind];
    const where = ["kind = $1"];
    const add = (condition: (place: string) => string, value: unknown) => {
      values.push(value);
      where.push(condition(`$${values.length}`));
    };
    for (const { condition, value } of wanted) add(condition, value);
    const created = typeof page.created === "number" ? { gte: page.created, lte: page.created } : (page.created ?? {});
    for (const [name, sign] of [
      ["gt", ">"],
      ["gte", ">="],
      ["lt", "<"],
      ["lte", "<="],
    ] as const) {
      if (created[name] !== undefined) add((place) => `created ${sign} ${place}`, created[name]);
    }
    if (page.starting_after) add((place) => `seq < ${place}`, await this.seqOf(page.starting_after, "starting_after"));
    if (page.ending_before) add((place) => `seq > ${place}`, await this.seqOf(page.ending_before, "ending_before"));
    const backwards = page.ending_before !== undefined;
    const { rows } = await this.tx.query<{ body: T }>(
      `select body from stripe_sandbox.objects where ${where.join(" and ")} order by seq ${backwards ? "asc" : "desc"} limit ${limit + 1}`,
      values,
    );
    const found = rows.slice(0, limit).map(({ body }) => body);
    return {
      object: "list" as const,
      data: backwards ? found.reverse() : found,
      has_more: rows.length > limit,
      url,
    };
  }

  private async seqOf(id: string, param: string): Promise<string> {
    const { rows } = await this.tx.query<{ seq: string }>("select seq from stripe_sandbox.objects where id = $1", [id]);
    if (!rows[0]) throw invalid(`No such object: '${id}'`, { code: "resource_missing", param });
    return rows[0].seq;
  }

  /** Writes down that something happened, and has the endpoint told of it, in no order that could be relied on. */
  async tell(
    type: string,
    object: object,
    before?: Record<string, unknown>,
    from: { livemode?: boolean; account?: string | undefined } = {},
  ): Promise<void> {
    const event = {
      id: newId("evt"),
      object: "event",
      api_version: API_VERSION,
      created: this.now,
      data: { object, ...(before && { previous_attributes: before }) },
      livemode: from.livemode ?? false,
      ...(from.account && { account: from.account }),
      pending_webhooks: this.hasEndpoint ? 1 : 0,
      request: this.asked,
      type,
    };
    await this.save(event);
    if (!this.hasEndpoint) return;
    await this.tx.query("insert into stripe_sandbox.deliveries (event_id, due_ms) values ($1, $2)", [
      event.id,
      this.now * 1000 + randomInt(300),
    ]);
  }

  /** Has something happen by itself at a moment of the stand-in's clock. */
  async later(at: number, what: string, objectId: string): Promise<void> {
    await this.tx.query("insert into stripe_sandbox.due (object_id, what, at) values ($1, $2, $3)", [
      objectId,
      what,
      at,
    ]);
  }

  /** What is due by now, each handed out once. */
  async takeDue(): Promise<{ object_id: string; what: string }[]> {
    const { rows } = await this.tx.query<{ object_id: string; what: string }>(
      `delete from stripe_sandbox.due where id in (
         select id from stripe_sandbox.due where at <= $1 order by at, id for update skip locked limit 100)
       returning object_id, what`,
      [this.now],
    );
    return rows;
  }
}

/** The version that the types of the `stripe` package describe. */
export const API_VERSION = "2026-10-28.endive";
