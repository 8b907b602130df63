import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type * as Y from "yjs";
import { type Spoken, useSpoken } from "~/ui/spoken";
import { type Did, type Doing, doingsBetween } from "../board-doings";
import { type BoardMap, elementsOf } from "../board-elements";
import type { BoardBinding } from "./board-binding";
import { type BriefLine, presentOf } from "./brief-line";
import { useLookSaid } from "./look-said";

/** What is said at once at most; more is a number. */
const MOST = 3;
/** Others' doings are told once they rest for so long, in milliseconds: a drag is one thing, not ten. */
const GATHERED = 1_200;
/** Whoever never rests is told of after so long all the same. */
const LONGEST = 6_000;

/** By element: the names of those who did something to it. */
type Doers = Map<string, Set<string>>;

/** What others did to the board since it was last said, as one sentence a person. */
export function useOthersDoings(line: BriefLine, binding: BoardBinding): Spoken {
  const t = useTranslations("collab.board.outline");
  const kinds = useTranslations("collab.board.page.kind");
  const looks = useLookSaid();
  const [spoken, say] = useSpoken();
  const latest = useRef(sentenceOf);
  latest.current = sentenceOf;

  function sentenceOf(doings: readonly Doing[], doers: Doers): string {
    const byWhom = (parts: readonly string[]) => {
      const names = new Set(parts.flatMap((id) => [...(doers.get(id) ?? [])]));
      return [...names].sort().join(", ") || t("somebody");
    };
    const told = doings.map(({ did, item, parts }) => {
      const called = item.says ? t("named", { kind: kinds(item.kind), says: item.says }) : kinds(item.kind);
      const hasLook = did === "restyled" && item.look.length > 0;
      const what = hasLook ? t("withLook", { what: called, look: item.look.map(looks).join("; ") }) : called;
      return { name: byWhom(parts), did, what };
    });
    const people = [...new Set(told.map(({ name }) => name))];
    if (told.length > MOST) {
      const counts = people.map((name) => ({ name, count: told.filter((one) => one.name === name).length }));
      return counts.map((one) => t("otherMany", one)).join(" ");
    }
    return people
      .map((name) => {
        const things = new Map<Did, string[]>();
        for (const one of told) {
          if (one.name === name) things.set(one.did, [...(things.get(one.did) ?? []), one.what]);
        }
        const parts = [...things].map(([did, what]) => t(`did.${did}`, { what: what.join(", ") }));
        return t("others", { name, doings: parts.join("; ") });
      })
      .join(" ");
  }

  useEffect(() => {
    let [timer, since]: [ReturnType<typeof setTimeout> | null, number] = [null, 0];
    let known = binding.now();
    let doers: Doers = new Map();
    const tell = () => {
      timer = null;
      const [before, by] = [known, doers];
      known = binding.now();
      doers = new Map();
      // What was done here meanwhile was said where it was done.
      const theirs = doingsBetween(before, known).filter(({ parts }) => parts.some((id) => by.has(id)));
      if (theirs.length > 0) say(latest.current(theirs, by));
    };
    const hear = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
      // The first of it is the board itself.
      if (transaction.local || !line.state().arrived) {
        if (!timer) known = binding.now();
        return;
      }
      const states = line.provider.awareness.getStates();
      for (const [id, clients] of writersOf(events, transaction)) {
        const names = doers.get(id) ?? new Set();
        for (const client of clients) {
          const person = presentOf(states.get(client));
          if (person) names.add(person.name);
        }
        doers.set(id, names);
      }
      if (timer) clearTimeout(timer);
      else since = Date.now();
      timer = setTimeout(tell, Math.max(0, Math.min(GATHERED, since + LONGEST - Date.now())));
    };
    elementsOf(line.doc).observeDeep(hear);
    return () => {
      elementsOf(line.doc).unobserveDeep(hear);
      if (timer) clearTimeout(timer);
    };
  }, [line, binding, say]);
  return spoken;
}

/** By element: the clients who wrote what has just come. Of what is gone nobody says so: whoever wrote anything with it. */
function writersOf(events: readonly Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) {
  const { beforeState, afterState } = transaction;
  const all = [...afterState].flatMap(([client, clock]) => (beforeState.get(client) === clock ? [] : [client]));
  return events.flatMap((event): [string, readonly number[]][] => {
    const { _map: held } = event.target as BoardMap;
    const [id] = event.path;
    const writer = (key: string) => {
      const item = held.get(key);
      return item && !item.deleted ? [item.id.client] : all;
    };
    if (typeof id === "string") return [[id, [...event.keys.keys()].flatMap(writer)]];
    return [...event.keys.keys()].map((key) => [key, writer(key)]);
  });
}
