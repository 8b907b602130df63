import type { StaffActor } from "~/kernel/actor";
import { asActor, asVisitor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import type { Locale } from "~/kernel/locale";
import { mayMoveStatus } from "./idea";
import type { InLanguages } from "./roadmap";
import * as queries from "./roadmap.queries.server";

/** The door to the public roadmap. */

/** What everybody may read, signed in or not; it says nothing of customers. */
export function publicRoadmap(locale: Locale) {
  return asVisitor((tx) => queries.publicRoadmap(tx, locale));
}

/** All that is written for the roadmap, for staff. */
export function writtenRoadmap(staff: StaffActor) {
  return asActor(staff, queries.listWritten);
}

/** What is written for one idea, for staff; undefined when there is no such idea. */
export function writtenFor(staff: StaffActor, ideaId: string) {
  return asActor(staff, (tx) => queries.findWritten(tx, ideaId));
}

type Outcome = { ok: true } | { ok: false; why: "not-found" | "may-not" } | { ok: false; why: "stale"; theirs: string };

/**
 * Keeps words for the roadmap, when nobody changed them since their writer saw them, and publishes them or takes them back.
 * @param what save leaves open whether they are published
 */
export function writeRoadmap(
  staff: StaffActor,
  ideaId: string,
  typed: { what: "save" | "publish" | "unpublish"; revision: number; titles: InLanguages; texts: InLanguages },
): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const before = await queries.findWritten(tx, ideaId);
    if (!before) return { ok: false, why: "not-found" };
    if (!mayMoveStatus(staff)) return { ok: false, why: "may-not" };
    const { what, revision, titles, texts } = typed;
    const published = { save: before.publishedAt, publish: before.publishedAt ?? now(), unpublish: null }[what];
    const entry = { ideaId, titles, texts, publishedAt: published };
    const kept =
      revision === 0
        ? await queries.insertEntry(tx, entry, staff.personId)
        : await queries.updateEntry(tx, entry, revision);
    if (!kept) {
      const theirs = await queries.findWritten(tx, ideaId);
      return { ok: false, why: "stale", theirs: theirs?.titles.en ?? "" };
    }
    if (Boolean(published) !== Boolean(before.publishedAt)) {
      const name = published ? "idea.put_on_roadmap" : "idea.taken_off_roadmap";
      const subject = { kind: "idea", id: ideaId, accountId: before.accountId };
      await recordEvent(tx, staff, name, subject, { title: titles.en }, null, "staff");
    }
    return { ok: true };
  });
}

/** Throws away what was written and nobody reads yet, as its writer saw it. What is published is taken off first. */
export function discardDraft(staff: StaffActor, ideaId: string, revision: number): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const written = await queries.findWritten(tx, ideaId);
    if (!written || written.revision === 0) return { ok: false, why: "not-found" };
    if (!mayMoveStatus(staff)) return { ok: false, why: "may-not" };
    const gone = await queries.deleteDraft(tx, ideaId, revision);
    return gone ? { ok: true } : { ok: false, why: "stale", theirs: written.titles.en ?? "" };
  });
}
