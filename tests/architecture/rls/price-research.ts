import { accounts, pricing, stifferJoint } from "../../personas";
import { by, type Cases, METIS_MEMBER } from "./case";

/** Who may do what with a survey of prices that Metis is asked, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.price_surveys         | readers staff system           | pricing manager | pricing manager | -
  public.price_survey_accounts | readers staff system           | pricing manager | -               | -
  public.price_survey_answers  | member pricing manager auditor | doers           | member          | -
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  authenticated INSERT price_survey_answers: account_id person_id survey_id
  authenticated UPDATE price_survey_answers: buys cheap expensive finished_at shown too_cheap too_expensive
  portal_staff INSERT price_survey_accounts: account_id survey_id
  portal_staff INSERT price_surveys: closes_at currency idea_id ladder made_by method subject title
  portal_staff UPDATE price_surveys: closed_at closes_at opened_at
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  proves_survey:
`;

const id = (last: string) => `0f000000-0000-4000-8000-0000000005${last}`;
const ASKED = id("01");
const DRAFT = id("02");
const FRESH = id("03");
const METIS = `'${accounts.metis}'`;

export const cases: Cases = {
  "public.price_surveys": {
    key: "id",
    where: `id = '${ASKED}'`,
    insert: (person) =>
      `insert into public.price_surveys (idea_id, method, title, subject, currency, made_by, closes_at)
       values ('${stifferJoint}', 'meter', 'X', 'X', 'EUR', '${by(person)}', now() + interval '1 day')`,
  },
  "public.price_survey_accounts": {
    key: "survey_id",
    where: `survey_id = '${ASKED}' and account_id = ${METIS}`,
    insert: () => `insert into public.price_survey_accounts (survey_id, account_id) values ('${DRAFT}', ${METIS})`,
  },
  "public.price_survey_answers": {
    key: "id",
    where: `survey_id = '${ASKED}' and person_id = '${METIS_MEMBER.personId}'`,
    insert: (person) =>
      `insert into public.price_survey_answers (survey_id, account_id, person_id) values ('${FRESH}', ${METIS}, '${by(person)}')`,
  },
};

const survey = (one: string, opened: string) =>
  `('${one}', '${stifferJoint}', 'meter', 'X', 'X', 'EUR', '${pricing.personId}', ${opened}, now() + interval '1 day')`;

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `price_surveys (id, idea_id, method, title, subject, currency, made_by, opened_at, closes_at)
    values ${survey(ASKED, "now()")}, ${survey(FRESH, "now()")}, ${survey(DRAFT, "null")}`,
  `price_survey_accounts (survey_id, account_id) values ('${ASKED}', ${METIS}), ('${FRESH}', ${METIS})`,
  `price_survey_answers (survey_id, account_id, person_id) values ('${ASKED}', ${METIS}, '${METIS_MEMBER.personId}')`,
];
