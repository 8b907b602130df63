import { expect, test } from "vitest";
import { makeLog } from "./log.server";

test("what opens a link is in no line of the log: not in a path, an address or an error's words", () => {
  const lines: string[] = [];
  const log = makeLog({ write: (line: string) => void lines.push(line) });
  log.level = "debug";
  const [token, proof] = ["Qm9Xw-3_guest-key-0123456789", "0b000000-0000.merge.s3cr_t-proof"];
  log.error({ req: { path: `/guest/${token}/idea.data` } }, "request failed");
  log.child({ request: 1 }).info({ pathname: `/unsubscribe/${proof}` }, "A request was refused");
  log.info(
    { err: new Error(`No route matches URL "/guest/${token}"`) },
    `https://tandem.example/guest/${token}?next=1`,
  );
  const ticket = "eyJpZCI6IjAifQ.c2VhbA-_c2VhbA";
  log.warn(
    { url: `/collab/idea:0:brief?ticket=${ticket}&more=1` },
    `GET wss://live.example/collab/x?a=1&ticket=${ticket}`,
  );
  const written = lines.join("");
  expect(lines).toHaveLength(4);
  expect(written).not.toContain(ticket);
  expect(written).toContain("/collab/idea:0:brief?ticket=(cut)&more=1");
  expect(written).not.toContain(token);
  expect(written).not.toContain("s3cr_t");
  expect(written).toContain('"path":"/guest/(cut)/idea.data"');
  expect(written).toContain('"pathname":"/unsubscribe/(cut)"');
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
});
