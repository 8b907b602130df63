import type { ReactNode } from "react";
import type { BoardElement } from "../board-element";
import type { OutlineItem } from "../board-outline";
import type { BoardBinding } from "./board-binding";
import type { BriefLine } from "./brief-line";
import type { UploadOutcome } from "./brief-props";
import type { Following } from "./following";

/** Something that can be done about one thing: what it is called, and what happens. */
export type Picking = { label: string; onPick: (element: string) => void };

export interface LiveBoardProps {
  /** `idea:<uuid>:board` or `idea:<uuid>:staff-layer` */
  room: string;
  /** The board as last copied: what is read before and without the drawing. */
  items: readonly OutlineItem[];
  /** Whether this person may draw, as the page knows it; the server decides again at the socket. */
  canEdit: boolean;
  /** Who is looking. Only for this screen: what others see is stamped by the server from the session. */
  me: { personId: string; name: string; mayCall?: boolean };
  /** What the board is called: the name of exported files. */
  title: string;
  /** Not kept on their device: a guest's reader comes to an end. */
  unkept?: boolean | undefined;
  /** Stores one picture; rejecting means the line failed. */
  uploadImage: (file: File, signal: AbortSignal) => Promise<UploadOutcome>;
  /** What stands beside a thing in the list: what the page knows about it besides the drawing. `connected`: the line stands. */
  beside?: ((item: OutlineItem, connected: boolean) => ReactNode) | undefined;
  /** What is written at things in the drawing, by their ids. */
  marks?: ReadonlyMap<string, string> | undefined;
  /** How many comments there are about things, by their ids: written at them, too. */
  said?: ReadonlyMap<string, string> | undefined;
  /** What can be done about a thing that is chosen in the drawing. */
  picks?: readonly Picking[] | undefined;
  /** Another board of the same idea, laid over this one for whoever may see both. `label`: what it is called. */
  over?: { room: string; label: string } | undefined;
}

/** What is drawn on the other board, and whether it is shown here. */
export type Over = { label: string; elements: readonly BoardElement[]; shown: boolean; show: (shown: boolean) => void };

export interface BoardCanvasProps extends Omit<LiveBoardProps, "over"> {
  line: BriefLine;
  binding: BoardBinding;
  mayEdit: boolean;
  following: Following;
  layer: Over | null;
}
