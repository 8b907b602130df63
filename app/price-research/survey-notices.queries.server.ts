import { sql } from "kysely";
import type { SystemTx } from "~/kernel/system-tx.server";

/** What notices of surveys are made of, read past row level security: every answer says whom it is for. */

/** Everybody of an account who may answer a survey that it is asked, with the survey's title and who made it. */
export async function findToldOf(tx: SystemTx, id: string, accountId: string) {
  const { rows } = await sql<{ title: string; who: string; people: string[] }>`
    select s.title, maker.display_name as who, array(
      select p.id::text from people p where p.account_id = a.account_id and p.removed_at is null
        and p.role in ('owner', 'member', 'approver') order by p.id) as people
    from price_surveys s join price_survey_accounts a on a.survey_id = s.id join people maker on maker.id = s.made_by
    where s.id = ${id}::uuid and a.account_id = ${accountId}::uuid and s.opened_at is not null`.execute(tx);
  return rows[0];
}

/** Who of these is asked by it, as long as they are with us. */
export async function listWhoSee(tx: SystemTx, id: string, personIds: readonly string[]): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom("people as p")
    .innerJoin("priceSurveyAccounts as a", "a.accountId", "p.accountId")
    .where("a.surveyId", "=", id)
    .where("p.id", "in", [...personIds])
    .where("p.removedAt", "is", null)
    .select("p.id")
    .execute();
  return rows.map((row) => row.id);
}
