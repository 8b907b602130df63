import type { OutlineItem } from "../board-outline";
import type { BoardBinding } from "./board-binding";
import type { BriefLine } from "./brief-line";
import type { UploadOutcome } from "./brief-props";
import type { Following } from "./following";

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
  /** Stores one picture; rejecting means the line failed. */
  uploadImage: (file: File, signal: AbortSignal) => Promise<UploadOutcome>;
}

export interface BoardCanvasProps extends LiveBoardProps {
  line: BriefLine;
  binding: BoardBinding;
  mayEdit: boolean;
  following: Following;
}
