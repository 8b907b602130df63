import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as attachment from "~/routes/api.attachments.$attachmentId";
import { asSuperuser } from "../../tests/database";
import { signedIn, startGateway } from "../../tests/local-supabase";
import { accounts, metisViewer, stifferJoint } from "../../tests/personas";
import { requestContext } from "./context";

const FILE = "0f000000-0000-4000-8000-0000000000f1";
const origin = "http://localhost:3000";
let gateway: Awaited<ReturnType<typeof startGateway>>;
let server: Server;
let base = "";

/** The application with one route, answered as the built one answers it. */
const build: ServerBuild = {
  entry: { module: { default: async () => new Response(null, { status: 500 }) } },
  routes: {
    file: {
      id: "file",
      path: "api/attachments/:attachmentId",
      module: { loader: attachment.loader, default: undefined },
    },
  },
  assets: { version: "1", url: "", entry: { module: "", imports: [] }, routes: {} },
  mode: "production",
  future: {} as ServerBuild["future"],
  publicPath: "/",
  assetsBuildDirectory: "",
  isSpaMode: false,
};

beforeAll(async () => {
  gateway = await startGateway();
  await asSuperuser(
    `insert into idea_attachments (id, idea_id, account_id, uploaded_by, name, media_type, byte_size, state, storage_path)
     values ($1, $2, $3, $4, 'drawing.pdf', 'application/pdf', 1, 'ready', 'of-the-test.pdf')`,
    [FILE, stifferJoint, accounts.metis, metisViewer.personId],
  );
  const app = express();
  app.use(
    requestContext({
      origin,
      assets: { serve: (_request, _response, next) => next(), wordsScript: () => null, offline: null },
    }),
  );
  app.get("/page", (_request, response) => void response.send("a page"));
  const getLoadContext = (_request: unknown, response: { locals: Record<string, unknown> }) =>
    response.locals.context as AppLoadContext;
  app.all("*", createRequestHandler({ build, mode: "production", getLoadContext }));
  server = createServer(app);
  await new Promise<void>((then) => server.listen(0, "127.0.0.1", then));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((then) => server.close(then));
  await gateway.stop();
});

const ask = (path: string, headers: Record<string, string>) => fetch(`${base}${path}`, { headers });

test("a file is kept by the browser, which asks each time whether it may still show it", async () => {
  const cookie = (await signedIn("viewer@metis.example")).cookieHeader();
  const etag = `"${FILE}-whole"`;
  const again = await ask(`/api/attachments/${FILE}`, { cookie, "if-none-match": etag });
  expect([again.status, again.headers.get("cache-control"), again.headers.get("etag")]).toEqual([
    304,
    "private, no-cache",
    etag,
  ]);
  const stranger = (await signedIn("owner@brix.example")).cookieHeader();
  expect((await ask(`/api/attachments/${FILE}`, { cookie: stranger, "if-none-match": etag })).status).toBe(404);
  const page = await ask("/page", { cookie });
  expect(page.headers.get("cache-control"), "a page is not").toBe("no-store");
});
