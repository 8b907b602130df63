import { accounts, metisOwner, pricing, products } from "../../personas";
import { by, type Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.rounds            | readers stranger staff system | pricing | -       | -
  public.round_accounts    | readers staff system          | pricing | -       | -
  public.floor_schedules   | pricing auditor system        | pricing | pricing | -
  public.round_offers      | readers staff system          | -       | -       | -
  public.round_offer_revisions | readers staff system      | -       | -       | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_staff INSERT floor_schedules: document round_id written_by
  portal_staff INSERT round_accounts: account_id round_id
  portal_staff INSERT rounds: basis capacity closes_at cooling_minutes decide_by for_all locks_at made_by minimum objective opens_at product_id revisions_allowed smallest_raise title unit_currency unit_minor
  portal_staff UPDATE floor_schedules: document written_at written_by
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  approve_offer: authenticated
  cancel_round: portal_staff
  commit_round: portal_staff
  enter_book:
  keep_committed_round:
  move_rounds_by_clock: service_role
  place_offer: authenticated
  proves_offer:
  proves_round:
  revise_offer: authenticated
  round_takes:
  withdraw_offer: authenticated
  within_limit:
`;

const id = (last: string) => `0f000000-0000-4000-8000-00000000d${last}`;
const COMMITTED = id("001");
const DRAFT = id("002");
const BARE = id("003");
const OFFER = id("004");

const TIMES = `now() + interval '1 day', now() + interval '2 days', now() + interval '3 days', now() + interval '4 days'`;
const COLUMNS =
  "product_id, title, unit_currency, minimum, capacity, objective, opens_at, locks_at, closes_at, decide_by";
const values = (person: string) => `'${products.aria}', 'X', 'EUR', 25, 60, 'max-contribution', ${TIMES}, '${person}'`;

export const cases: Cases = {
  "public.rounds": {
    key: "id",
    where: `id = '${COMMITTED}'`,
    insert: (person) => `insert into public.rounds (${COLUMNS}, made_by) values (${values(by(person))})`,
  },
  "public.round_accounts": {
    key: "round_id",
    where: `round_id = '${DRAFT}'`,
    insert: () => `insert into public.round_accounts (round_id, account_id) values ('${BARE}', '${accounts.metis}')`,
  },
  "public.floor_schedules": {
    key: "round_id",
    // Of a draft: what was committed nobody changes, whoever they are.
    where: `round_id = '${DRAFT}'`,
    insert: (person) =>
      `insert into public.floor_schedules (round_id, document, written_by) values ('${BARE}', '{}', '${by(person)}')`,
  },
  "public.round_offers": {
    key: "id",
    where: `id = '${OFFER}'`,
    insert: (person) =>
      `insert into public.round_offers (account_id, round_id, made_by, state)
       values ('${accounts.metis}', '${COMMITTED}', '${by(person)}', 'needs_approval')`,
  },
  "public.round_offer_revisions": {
    key: "id",
    where: `offer_id = '${OFFER}'`,
    insert: (person) =>
      `insert into public.round_offer_revisions (offer_id, account_id, number, quantity, at_least, unit_minor, unit_currency, purchase_order, written_by)
       values ('${OFFER}', '${accounts.metis}', 2, 1, 1, 1, 'EUR', 'X', '${by(person)}')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `public.rounds (id, ${COLUMNS}, made_by) values ('${DRAFT}', ${values(pricing.personId)}), ('${BARE}', ${values(pricing.personId)})`,
  `public.rounds (id, for_all, state, floor_fingerprint, committed_at, committed_by, ${COLUMNS}, made_by)
     values ('${COMMITTED}', true, 'committed', decode(repeat('ab', 32), 'hex'), now(), '${pricing.personId}', ${values(pricing.personId)})`,
  `public.round_accounts (round_id, account_id) values ('${DRAFT}', '${accounts.metis}')`,
  `public.floor_schedules (round_id, document, written_by) values ('${DRAFT}', '{}', '${pricing.personId}')`,
  `public.round_offers (id, account_id, round_id, made_by, state)
     values ('${OFFER}', '${accounts.metis}', '${COMMITTED}', '${metisOwner.personId}', 'needs_approval')`,
  `public.round_offer_revisions (offer_id, account_id, number, quantity, at_least, unit_minor, unit_currency, purchase_order, written_by)
     values ('${OFFER}', '${accounts.metis}', 1, 10, 10, 110000, 'EUR', 'PO-1', '${metisOwner.personId}')`,
];
