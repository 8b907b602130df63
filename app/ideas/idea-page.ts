import type { RichDoc } from "~/collab/rich-text";
import type { MoveRefusal, StaffIdeaRow } from "./idea";
import type { Attachment } from "./idea-attachment";
import type { IdeaStatus } from "./idea-status";
import type { IdeaFacts } from "./idea-submission";
import type { ThreadAbout, Threads } from "./idea-thread";

/** What the page of one idea shows, and the small rules of its parts. */

export const EVIDENCE_MAX = 2_000;
export const TAG_MAX = 40;
export const TAGS_MAX = 12;
export const MENTIONS_MAX = 20;

export const VISIBILITIES = ["account", "all_customers"] as const;
/** Who sees an idea: its own account and the maker, or also every other customer (then without account and author). */
export type Visibility = (typeof VISIBILITIES)[number];

/** How staff heard that an account needs something. */
export const SOURCES = ["call", "visit", "email", "fair", "other"] as const;
export type Source = (typeof SOURCES)[number];

export const REACTIONS = ["agree", "thanks", "great", "looking"] as const;
export type Reaction = (typeof REACTIONS)[number];

const CHANGE_MS = 15 * 60_000;

/** What was said can be corrected while hardly anybody has answered it: a quarter of an hour, by whoever said it. */
export function mayChangeSaid(said: { mine: boolean; createdAt: Date }, at: Date): boolean {
  return said.mine && at.getTime() - said.createdAt.getTime() < CHANGE_MS;
}

const MENTION = /@\{([0-9a-f-]{36})\}/g;

/** The parts of a text: words, and people by their ids as they are called now. */
export function partsOf(body: string, names: Readonly<Record<string, string>>): { text: string; person: boolean }[] {
  return body.split(MENTION).map((piece, at) => {
    return at % 2 === 0 ? { text: piece, person: false } : { text: `@${names[piece] ?? "…"}`, person: true };
  });
}

/** A text as its author typed it: with names. */
export function typedFrom(body: string, names: Readonly<Record<string, string>>): string {
  return partsOf(body, names)
    .map(({ text }) => text)
    .join("");
}

/** The beginning of a text, with names, of at most so many letters; what is longer is cut at a word. */
export function beginningOf(body: string, names: Readonly<Record<string, string>>, most: number): string {
  const letters = [...typedFrom(body, names).trim()];
  if (letters.length <= most) return letters.join("");
  const cut = letters.slice(0, most).join("");
  return `${cut.replace(/\s+\S{0,30}$/, "")}…`;
}

/**
 * Puts ids in the place of names behind an @. In: people who may see the idea and whose name stands in the text; when two
 * share one, the first is meant. Longer names first, so that "@Anna Maria" is not "@Anna" with a word behind it.
 */
export function withMentions(
  typed: string,
  people: readonly { id: string; name: string }[],
): { body: string; mentions: string[] } {
  let body = typed;
  const mentions: string[] = [];
  for (const { id, name } of [...people].sort((a, b) => b.name.length - a.name.length)) {
    if (!body.includes(`@${name}`) || mentions.length >= MENTIONS_MAX) continue;
    body = body.replaceAll(`@${name}`, `@{${id}}`);
    mentions.push(id);
  }
  return { body, mentions };
}

export type Reacted = { reaction: Reaction; names: readonly string[]; mine: boolean };

/** A comment or an internal note. */
export type Said = {
  id: string;
  body: string;
  /** Of the people who are mentioned, by id. */
  mentions: Readonly<Record<string, string>>;
  author: string;
  side: "client" | "staff" | "guest";
  /** Whether the reader said it a moment ago and may still correct it. */
  changeable: boolean;
  createdAt: Date;
  editedAt: Date | null;
  reactions: readonly Reacted[];
  /** The passage of the brief that it is about; null: the whole idea. */
  passage: { thread: string; about: ThreadAbout; kind: string | null; quote: string } | null;
  /** The idea it was said about, where that is one merged into the page's own; null: the page's own. */
  about: Gathered | null;
};

/** An idea that was merged into another one, as far as whoever reads that one may know it. */
export type Gathered = { id: string; title: string };

/** Who supports an idea, since when and in which words. `person` null: an account that said so without a name. */
export type Evidence = {
  id: string;
  ideaId: string;
  account: string;
  person: string | null;
  comment: string | null;
  source: Source | null;
  saidOn: string | null;
  onBehalfBy: string | null;
  mine: boolean;
  createdAt: Date;
};

/** An idea as far as its own account's people and staff know it. */
export type IdeaHead = StaffIdeaRow & {
  revision: number;
  authorId: string;
  kind: "suggestion" | "complaint";
  product: string | null;
  visibility: Visibility;
  merged: boolean;
  supportAccounts: number;
  supportPeople: number;
  following: boolean;
  /** The reader's own support, when there is one. */
  mySupport: { id: string; comment: string | null } | null;
  /** What it was split from. */
  cameFrom: { id: string; title: string; author: string; at: string } | null;
  /** Since when it is followed up together with another one, and who decided that; null: it is not merged. */
  joined: { at: string; by: string | null } | null;
  /** Merged into it, at any remove. */
  gathered: readonly Gathered[];
};

export const STEPS = [
  "idea.submitted",
  "idea.status_changed",
  "idea.visibility_changed",
  "idea.supported",
  "idea.merged",
  "idea.unmerged",
  "idea.split",
  "idea.product_changed",
  "idea.owner_changed",
  "idea.tagged",
] as const;

/** A step of an idea's way: who changed what, from what, to what. */
export type Step = {
  id: string;
  name: (typeof STEPS)[number];
  who: string | null;
  from: string | null;
  to: string | null;
  /** Of two ideas that a step is about, this is the one that another was merged into, or that was made of a part of another. */
  second: boolean;
  /** A word that the step needs: the account, the names of tags. */
  what: string | null;
  happenedAt: Date;
};

/** Where an idea is followed up that was merged into another one; id and title when the reader may know that one. */
export type Together = { status: IdeaStatus; id: string | null; title: string | null };

type Stretch<Row> = { rows: readonly Row[]; next: string | null };

/** A decision on the thread of an idea; which states there are, `app/decisions` knows. */
export type Decided = {
  id: string;
  title: string;
  state: "draft" | "asked" | "not-yet" | "agreed";
  by: string;
  at: string;
};

export type IdeaPageData = {
  idea: IdeaHead;
  /** What was decided about it, oldest first. */
  decided: readonly Decided[];
  text: { body: RichDoc; brief: RichDoc };
  /** Newest first, like everything here that comes in stretches. */
  comments: Stretch<Said>;
  evidence: Stretch<Evidence>;
  history: Stretch<Step>;
  attachments: readonly Attachment[];
  threads: Threads;
  facts: IdeaFacts;
  together: Together | null;
  mayComment: boolean;
  maySupport: boolean;
  mayShare: boolean;
  mayEditBrief: boolean;
};

/** An idea that another account shared with all customers: nothing here says whose it is. */
export type SharedIdea = {
  id: string;
  title: string;
  body: RichDoc;
  status: IdeaStatus;
  product: string | null;
  merged: boolean;
  supportAccounts: number;
  supportPeople: number;
  createdAt: Date;
  following: boolean;
  mySupport: { id: string; comment: string | null } | null;
};

export type SharedPageData = {
  shared: SharedIdea;
  /** Of the reader's own account. */
  evidence: Stretch<Evidence>;
  attachments: readonly Attachment[];
  together: Together | null;
  maySupport: boolean;
};

/** What staff alone know of an idea. */
export type StaffCare = {
  owner: { id: string; name: string } | null;
  tags: readonly string[];
  mergedInto: { id: string; title: string; account: string } | null;
  mergedHere: readonly { id: string; title: string; account: string; revision: number }[];
  /** Who follow it or what was merged into it, each once. */
  followers: number;
};

/** Why a change of status was refused, with what the sentence names. */
export type MoveRefused = { why: MoveRefusal; status: IdeaStatus; to: IdeaStatus; mover: string | null };

/** Why something else was refused; each has its sentence. */
export type Refusal =
  | "may-not"
  | "changed-meanwhile"
  | "merged-already"
  | "not-merged"
  | "same"
  | "too-late"
  | "already"
  | "no-such-account"
  | "no-such-person"
  | "no-such-product"
  | "files-gone";

/** A place where somebody's name was typed by hand; `at`: what was said there, where it is part of a page. */
export type TypedName = {
  ideaId: string;
  title: string;
  place: "title" | "text" | "brief" | "comment" | "note" | "support";
  at: string | null;
};
