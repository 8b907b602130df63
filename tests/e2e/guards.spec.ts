import type { APIResponse } from "@playwright/test";
import { DOORS } from "./doors";
import { type Answer, type Expected, STRANGER } from "./doors-expected";
import { expect, test } from "./journey";
import { routeTable } from "./route-table";

const routes = routeTable().filter((route) => route.hasLoader || route.hasAction);

test("every route that answers is classified here, and nothing here is gone", () => {
  expect(Object.keys(DOORS).sort()).toEqual(routes.map((route) => route.id).sort());
});

for (const route of routes) {
  const door = DOORS[route.id];
  if (!door) continue;
  // One stranger alone would send more forms in a minute than a person may; staff's doors ask no client's role.
  const stranger = route.id.startsWith("routes/staff.") ? "engineer@hanlin.example" : STRANGER;
  const callers = { nobody: null, stranger, wrongSide: door.wrongSide };

  for (const [who, login] of Object.entries(callers) as [keyof Expected, string | null][]) {
    if (door.loader) {
      const { loader } = door;
      test(`${route.id}: the page is ${loader[who]} for ${who}`, async ({ caller }) => {
        const answer = await (await caller(login)).get(door.path, { headers: { Accept: "text/html" } });
        expect(await told(answer)).toBe(loader[who]);
        await tellsNothingOfMetis(answer, login);
      });
      const expected = (door.data ?? loader)[who];
      test(`${route.id}: its data alone is ${expected} for ${who}`, async ({ caller }) => {
        const asked = await caller(login);
        const answer = await asked.get(dataPath(door.path), { params: { _routes: route.id } });
        expect(await told(answer)).toBe(expected);
        await tellsNothingOfMetis(answer, login);
      });
    }
    if (door.action) {
      const { form, endsSession, ...expected } = door.action;
      test(`${route.id}: sending its form is ${expected[who]} for ${who}`, async ({ caller, server }) => {
        const asked = await caller(login, endsSession);
        for (const path of [door.path, dataPath(door.path)]) {
          const answer = await asked.post(path, { form, headers: { Origin: server.origin } });
          expect(await told(answer), path).toBe(expected[who]);
        }
      });
    }
  }
}

/** Where Remix fetches the data of a page. */
function dataPath(path: string): string {
  const [own, query] = path.split("?");
  return `${own === "/" ? "/_root" : own}.data${query === undefined ? "" : `?${query}`}`;
}

async function told(answer: APIResponse): Promise<Answer> {
  const status = answer.status();
  if (status === 404) return "not there";
  if (status === 401) return "sign in first";
  if (status === 403 || status === 422) return "refused";
  if (status === 200) return "page";
  if (status === 429) throw new Error(`${answer.url()} was not asked: this caller had sent too many forms before`);
  // A fetch of data is answered with 202 and the new address inside.
  const to = status === 202 ? (/"redirect","([^"]*)"/.exec(await answer.text())?.[1] ?? "") : answer.headers().location;
  if (to === undefined || status === 204) return "done";
  if (/^\/login(\?|$)/.test(to)) return "sign in";
  if (to === "/" || to === "/staff") return "home";
  if (status < 400) return "done";
  throw new Error(`${answer.url()} was answered with ${status}, which no caller should see`);
}

/** Nothing of Metis' idea stands in an answer for those outside Metis, whatever its status. */
async function tellsNothingOfMetis(answer: APIResponse, login: string | null): Promise<void> {
  if (login?.endsWith("@metis.example") || login?.endsWith("@tandem.example")) return;
  expect(await answer.text()).not.toMatch(/Stiffer joint|owner@metis/);
}
