import { ExplainNode, type KyselyPlugin, type RootOperationNode, sql, type Transaction, type UnknownRow } from "kysely";
import type { Database } from "~/kernel/db.server";

/** A step of a plan, as `explain (format json)` writes it. */
export type Step = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Step[];
};

const READS = ["SelectQueryNode", "UpdateQueryNode", "InsertQueryNode", "DeleteQueryNode"];

/** Makes every query of a transaction answer nothing and leave its plan behind instead. */
function explaining(plans: Step[]): KyselyPlugin {
  return {
    transformQuery({ node }): RootOperationNode {
      if (READS.includes(node.kind)) return { ...node, explain: ExplainNode.create("json") } as RootOperationNode;
      return sql`explain (format json) ${{ toOperationNode: () => node }}`.toOperationNode() as RootOperationNode;
    },
    async transformResult({ result }) {
      const [first] = Object.values((result.rows[0] ?? {}) as UnknownRow);
      const [{ Plan: plan }] = first as [{ Plan: Step }];
      plans.push(plan);
      return { ...result, rows: [] };
    },
  };
}

/** The plans of the queries that `work` makes, in their order. It sees no rows, so it asks only what needs none. */
export async function plansOf<Tx extends Transaction<Database>>(
  tx: Tx,
  work: (tx: Tx) => Promise<unknown>,
): Promise<Step[]> {
  const plans: Step[] = [];
  await work(tx.withPlugin(explaining(plans)) as Tx);
  return plans;
}

/** Every step of a plan, its own first. */
export function stepsOf(plan: Step): Step[] {
  return [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];
}
