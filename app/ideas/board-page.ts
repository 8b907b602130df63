import type { OutlineItem } from "~/collab/board-outline";
import type { RoomPart } from "~/collab/room";

/** What the page of a board shows before the drawing is there. */
export type BoardPageData = {
  idea: { id: string; title: string };
  layer: Exclude<RoomPart, "brief">;
  items: readonly OutlineItem[];
  mayEdit: boolean;
};
