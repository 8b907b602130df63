import type { MutableRefObject, ReactNode } from "react";
import type { RichDoc } from "../rich-text";
import type { BriefLine, LineState } from "./brief-line";
import type { Following } from "./following";
import type { PassageProps } from "./passage-props";

/** A stored picture, or the sentence that says why it was not taken, in the person's language. */
export type UploadOutcome =
  | { ok: true; src: string; width: number | null; height: number | null }
  | { ok: false; why: string };

export type Mentionable = { id: string; name: string };

export interface LiveBriefProps {
  /** `idea:<uuid>:brief` */
  room: string;
  /** The brief as last projected: what is read before and without the editor. */
  doc: RichDoc;
  /** Whether this person may write, as the page knows it; the server decides again at the socket. */
  canEdit: boolean;
  /** Who is looking. Only for this screen: what others see is stamped by the server from the session. */
  me: { personId: string; name: string; mayCall?: boolean };
  /** Accessible name of the text, as the page calls it. */
  label: string;
  /** What the brief is called, where its reader finds it without a connection. Left out: it is not kept on their device. */
  title?: string;
  /** Stores one picture; rejecting means the line failed. Left out: no pictures can be added. */
  uploadImage?: (file: File, signal: AbortSignal) => Promise<UploadOutcome>;
  /** People who may be mentioned, for what was typed after the @ ("" lists the first). Left out: no mentions. */
  mentionables?: (typed: string, signal: AbortSignal) => Promise<readonly Mentionable[]>;
  /** Comments on passages. Left out: none are marked, and none can be begun in the text. */
  passages?: PassageProps;
}

export interface LiveTextProps extends LiveBriefProps {
  line: BriefLine;
  state: LineState;
  /** The text as it was served, until the editor stands. */
  served: ReactNode;
  /** What stands above the text, with the tools in it. */
  head: (tools: ReactNode) => ReactNode;
  following: Following;
  /** Tells, as soon as the text stands, which place of it is on the screen. */
  onScreen: MutableRefObject<() => unknown>;
}
