import { accounts } from "../../personas";
import { by, type Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.account_values    | staff system          | manager admin  | manager admin  | manager admin
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_staff INSERT account_values: account_id created_by yearly_currency yearly_minor
  portal_staff UPDATE account_values: yearly_currency yearly_minor
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
`;

export const cases: Cases = {
  "public.account_values": {
    key: "account_id",
    where: `account_id = '${accounts.metis}'`,
    // Metis has one, and an account has one at most.
    insert: (person) =>
      `insert into public.account_values (account_id, yearly_minor, yearly_currency, created_by)
       values ('${accounts.brix}', 1, 'EUR', '${by(person)}')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [];
