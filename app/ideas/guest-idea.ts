import type { RichDoc } from "~/collab/rich-text";
import type { Attachment } from "./idea-attachment";
import type { ThreadAbout, Threads } from "./idea-thread";

/** An idea as a guest sees it: nothing of who supports it, of its history, or of other ideas. */

export type GuestComment = {
  id: string;
  body: string;
  /** Names of whom it calls, by id. */
  mentions: Readonly<Record<string, string>> | null;
  author: string;
  side: "client" | "staff" | "guest";
  createdAt: Date;
  /** The passage of the brief or the thing on the board that it is about; null: the whole idea. */
  passage: { thread: string; about: ThreadAbout; quote: string } | null;
};

export type GuestIdeaPage = {
  idea: { id: string; title: string; author: string; account: string; createdAt: Date; commentCount: number };
  text: { body: RichDoc; brief: RichDoc };
  /** About passages of the brief. */
  threads: Threads;
  /** Newest first. */
  comments: { rows: readonly GuestComment[]; next: string | null };
  /** What was sent with the idea. */
  files: readonly Attachment[];
  mayComment: boolean;
  mayEditBrief: boolean;
};
