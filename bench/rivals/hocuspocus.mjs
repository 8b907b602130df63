// @hocuspocus/server with its database extension on PostgreSQL, as its documentation sets it up. In: an address. Prints its port.
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.argv[2] });
const server = new Server({
  address: "127.0.0.1",
  port: 0,
  quiet: true,
  stopOnSignals: false,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => {
        const { rows } = await pool.query("select data from documents where name = $1", [documentName]);
        return rows[0]?.data ?? null;
      },
      store: async ({ documentName, state }) => {
        await pool.query(
          "insert into documents (name, data) values ($1, $2) on conflict (name) do update set data = excluded.data",
          [documentName, state],
        );
      },
    }),
  ],
});
await server.listen();
process.stdout.write(`${server.address.port}\n`);
process.stdin.on("end", () => process.exit(0)).resume();
