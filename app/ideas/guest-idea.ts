import type { RichDoc } from "~/collab/rich-text";
import type { Attachment } from "./idea-attachment";

/** An idea as a guest sees it: nothing of who supports it, of its history, or of other ideas. */

export type GuestComment = {
  id: string;
  body: string;
  /** Names of whom it calls, by id. */
  mentions: Readonly<Record<string, string>> | null;
  author: string;
  side: "client" | "staff" | "guest";
  createdAt: Date;
};

export type GuestIdeaPage = {
  idea: { id: string; title: string; author: string; account: string; createdAt: Date; commentCount: number };
  text: { body: RichDoc; brief: RichDoc };
  /** Newest first. */
  comments: { rows: readonly GuestComment[]; next: string | null };
  /** What was sent with the idea. */
  files: readonly Attachment[];
  mayComment: boolean;
  mayEditBrief: boolean;
};
