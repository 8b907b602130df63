import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { addComment, editSaid, takeBack } from "~/ideas/idea-said.server";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  pricing,
  removedMember,
  stifferJoint,
} from "../../tests/personas";
import { findDecisions } from "./decision-finder.server";
import { viewDecision } from "./decision-pages.server";
import { answerDecision, askAbout, makeFromComment, reopenDecision, wordDecision } from "./decisions.server";
import { documentOf } from "./source";

const OK = { ok: true };
const no = (why: string) => ({ ok: false, why });
const WORDS = { title: "A brass joint", reason: "It holds at 60 cm.", rejected: ["A second spring"] };
const AGREE = { says: "agree" } as const;
const BOTH = [metisOwner.personId, designer.personId];

let comment: string;
let decision: string;
const first = () => ({ id: decision, revision: 1 });

beforeEach(async () => {
  await asSuperuser("delete from decisions");
  const said = await addComment(metisOwner, stifferJoint, "It wobbles at 60 cm.");
  comment = said.ok ? said.id : "";
  const made = await makeFromComment(designer, { ideaId: stifferJoint, commentId: comment }, WORDS);
  decision = made.ok ? made.decision : "";
});

const events = async () =>
  (await asSuperuser<{ name: string }>("select name from events where subject_id = $1 order by id", [decision])).map(
    ({ name }) => name,
  );
const target = () => ({ ideaId: stifferJoint, id: comment, place: "comment" }) as const;

test("it quotes what was said as it was, with its author and a hash, and says when that changed or is gone", async () => {
  const made = await viewDecision(metisOwner, decision);
  expect(made).toMatchObject({ ...WORDS, state: "draft", number: 1, asked: [] });
  expect(made?.sources).toMatchObject([{ kind: "comment", quote: "It wobbles at 60 cm.", standing: "as-quoted" }]);
  const hash = made?.sources[0]?.sha256;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await editSaid(metisOwner, target(), "It wobbles at 80 cm.")).toEqual(OK);
  const later = (await viewDecision(designer, decision))?.sources[0];
  expect(later).toMatchObject({
    quote: "It wobbles at 60 cm.",
    present: { text: "It wobbles at 80 cm.", drawn: null },
    standing: "changed",
  });
  expect(later?.sha256).toBe(hash);
  expect(await takeBack(metisOwner, target())).toEqual(OK);
  expect((await viewDecision(designer, decision))?.sources).toMatchObject([{ standing: "gone", present: null }]);
});

test("it is not there for other accounts and for whoever left; who reads only sees it and changes nothing", async () => {
  for (const outside of [brixOwner, hanlinEngineer, removedMember]) {
    expect(await viewDecision(outside, decision)).toBeUndefined();
    expect(await askAbout(outside, first(), BOTH)).toEqual(no("not-found"));
    expect(await makeFromComment(outside, { ideaId: stifferJoint, commentId: comment }, WORDS)).toEqual(
      no("not-found"),
    );
  }
  for (const reader of [metisViewer, auditor]) {
    expect(await viewDecision(reader, decision)).toMatchObject({ title: WORDS.title });
    expect(await askAbout(reader, first(), BOTH)).toEqual(no("may-not"));
    expect(await answerDecision(reader, first(), AGREE)).toEqual(no("may-not"));
    expect(await reopenDecision(reader, first())).toEqual(no("may-not"));
    expect(await makeFromComment(reader, { ideaId: stifferJoint, commentId: comment }, WORDS)).toEqual(no("may-not"));
  }
});

test("both press Agree in the same second, fifty times: one decision, two signatures, one hash, agreed once", async () => {
  for (let run = 0; run < 50; run++) {
    const made = await makeFromComment(metisOwner, { ideaId: stifferJoint, commentId: comment }, WORDS);
    decision = made.ok ? made.decision : "";
    expect(await askAbout(metisOwner, first(), BOTH)).toEqual(OK);
    const presses = [metisOwner, designer, metisOwner, designer].map((who) => answerDecision(who, first(), AGREE));
    const came = await Promise.all(presses);
    expect(came.filter(({ ok }) => ok)).toHaveLength(2);
    const signed = await asSuperuser<{ hash: string }>(
      "select encode(document_hash, 'hex') as hash from decision_signatures where decision_id = $1",
      [decision],
    );
    expect(signed).toHaveLength(2);
    expect(new Set(signed.map(({ hash }) => hash)).size).toBe(1);
    expect((await events()).filter((name) => name === "decision.agreed")).toHaveLength(1);
    const whole = await viewDecision(metisOwner, decision);
    expect(whole?.state).toBe("agreed");
    expect(whole?.hash).toBe(signed[0]?.hash);
  }
}, 60_000);

test("the palette finds a decision by its newest words, for whoever may see it", async () => {
  const found = async (actor: Parameters<typeof findDecisions>[0], typed: string) =>
    (await findDecisions(actor, typed, 6))[0]?.hits.map(({ id, to }) => ({ id, to })) ?? [];
  expect(await wordDecision(metisOwner, first(), { ...WORDS, title: "Qwertine hinge" })).toEqual(OK);
  expect(await found(metisOwner, "qwertine hin")).toEqual([{ id: decision, to: `/decisions/${decision}` }]);
  expect(await found(designer, "qwertine")).toEqual([{ id: decision, to: `/staff/decisions/${decision}` }]);
  expect(await found(brixOwner, "qwertine")).toEqual([]);
  expect(await wordDecision(metisOwner, first(), { ...WORDS, title: "Another hinge" })).toEqual(OK);
  expect(await found(metisOwner, "qwertine")).toEqual([]);
});

test("nobody is asked who could not answer, and people of one side have nothing to agree on", async () => {
  const others = [metisViewer, brixOwner, auditor, removedMember].map(({ personId }) => personId);
  for (const other of others)
    expect(await askAbout(metisOwner, first(), [...BOTH, other])).toEqual(no("cannot-be-asked"));
  expect(await askAbout(designer, first(), [metisOwner.personId, metisApprover.personId])).toEqual(
    no("a-side-is-missing"),
  );
  expect(await viewDecision(designer, decision)).toMatchObject({ state: "draft", asked: [] });
  expect(await events()).toEqual(["decision.made"]);
});

test("words change in a draft alone; two who ask at once ask once", async () => {
  expect(await wordDecision(manager, first(), { ...WORDS, title: "A steel joint" })).toEqual(OK);
  const came = await Promise.all([askAbout(designer, first(), BOTH), askAbout(metisOwner, first(), BOTH)]);
  expect(came.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await wordDecision(manager, first(), WORDS)).toEqual(no("not-a-draft"));
  await expect(asSuperuser("update decision_revisions set title = 'Other'")).rejects.toThrow(/stays as it is/);
  expect(await viewDecision(designer, decision)).toMatchObject({ title: "A steel joint", state: "asked" });
});

test("worded anew while somebody asks, it is asked about in one wording, and the hash is of that one", async () => {
  for (let run = 0; run < 10; run++) {
    const made = await makeFromComment(designer, { ideaId: stifferJoint, commentId: comment }, WORDS);
    decision = made.ok ? made.decision : "";
    const title = `A joint, run ${run}`;
    await Promise.all([askAbout(designer, first(), BOTH), wordDecision(manager, first(), { ...WORDS, title })]);
    const whole = await viewDecision(designer, decision);
    if (whole?.state === "draft") continue;
    const { number: revision = 0, title: standing = "", reason = "", rejected = [] } = whole ?? {};
    const quotes = whole?.sources.map((source) => source.sha256) ?? [];
    const words = { decisionId: decision, revision, title: standing, reason, rejected, quotes };
    const hash = createHash("sha256").update(documentOf(words)).digest("hex");
    expect(whole?.hash).toBe(hash);
  }
});

test("not yet stands with its reason until that person is won over; a signature is not taken back", async () => {
  await askAbout(designer, first(), BOTH);
  expect(await answerDecision(metisOwner, first(), { says: "not-yet", reason: "No drawing" })).toEqual(OK);
  expect(await answerDecision(designer, first(), AGREE)).toEqual(OK);
  expect((await viewDecision(designer, decision))?.state).toBe("not-yet");
  expect(await answerDecision(designer, first(), { says: "not-yet", reason: "No" })).toEqual(no("signed-already"));
  expect(await answerDecision(pricing, first(), AGREE)).toEqual(no("not-asked-of-you"));
  expect(await answerDecision(metisOwner, first(), AGREE)).toEqual(OK);
  expect((await viewDecision(designer, decision))?.state).toBe("agreed");
  await asSuperuser("update decision_signatures set answer = null, answered_at = null, document_hash = null");
  expect((await viewDecision(designer, decision))?.state).toBe("agreed");
});

test("reopened, it is a new revision whoever answered: the one before keeps its signatures", async () => {
  await askAbout(designer, first(), BOTH);
  await answerDecision(metisOwner, first(), AGREE);
  const came = await Promise.all([reopenDecision(designer, first()), reopenDecision(metisApprover, first())]);
  expect(came.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await viewDecision(designer, decision)).toMatchObject({ number: 2, state: "draft", asked: [] });
  expect(await answerDecision(designer, first(), AGREE)).toEqual(no("changed-meanwhile"));
  expect(await askAbout(designer, { id: decision, revision: 2 }, BOTH)).toEqual(OK);
  const hashes = await asSuperuser("select distinct document_hash from decision_revisions where decision_id = $1", [
    decision,
  ]);
  expect(hashes).toHaveLength(2);
  const kept = await asSuperuser("select person_id from decision_signatures where answer = 'agree'");
  expect(kept).toEqual([{ person_id: metisOwner.personId }]);
});

test("an answer and a reopening at once: the answer counts for the words it was given to, or not at all", async () => {
  for (let run = 0; run < 10; run++) {
    const made = await makeFromComment(designer, { ideaId: stifferJoint, commentId: comment }, WORDS);
    decision = made.ok ? made.decision : "";
    await askAbout(designer, first(), BOTH);
    const [answered, reopened] = await Promise.all([
      answerDecision(metisOwner, first(), AGREE),
      reopenDecision(designer, first()),
    ]);
    expect(reopened).toEqual(OK);
    const [{ count } = { count: -1 }] = await asSuperuser<{ count: number }>(
      "select count(*)::int as count from decision_signatures where decision_id = $1 and answer = 'agree'",
      [decision],
    );
    expect(count).toBe(answered.ok ? 1 : 0);
    expect(await viewDecision(designer, decision)).toMatchObject({ number: 2, state: "draft" });
  }
});
