import type { OutlineItem } from "~/collab/board-outline";
import type { RoomPart } from "~/collab/room";
import type { FormFailure } from "~/kernel/form";
import type { Refusal } from "./idea-page";
import type { Threads } from "./idea-thread";
import type { VotePart, VoteRefusal } from "./idea-vote";

/** What the page of a board shows before the drawing is there. */
export type BoardPageData = {
  idea: { id: string; title: string };
  layer: Exclude<RoomPart, "brief">;
  items: readonly OutlineItem[];
  mayEdit: boolean;
  /** Null beside the layer of staff, about which nobody votes. */
  voting: VotePart | null;
  /** What is said about things on it; of the layer of staff, among them. */
  threads: Threads;
  mayComment: boolean;
};

/** Why a form of the page was refused. */
export type BoardAnswer = {
  failure?: FormFailure;
  refused?: { form: string; why: VoteRefusal };
  talkRefused?: { form: string; why: Refusal };
};
