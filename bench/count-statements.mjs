// Loaded into a server under measurement by NODE_OPTIONS=--import: writes every statement that goes to PostgreSQL, one
// JSON line each, to the file TANDEM_BENCH_STATEMENTS. The product itself knows nothing of it.
import { appendFileSync } from "node:fs";
import pg from "pg";

const file = process.env.TANDEM_BENCH_STATEMENTS;
if (file) {
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function countedQuery(statement, ...rest) {
    const text = typeof statement === "string" ? statement : (statement?.text ?? "");
    appendFileSync(file, `${JSON.stringify({ user: this.user, text })}\n`);
    return query.call(this, statement, ...rest);
  };
}
