import type { Ends, Passage } from "../passage-place";

/** A passage that is marked in the text. */
export type Marked = Passage & { id: string };

/** What somebody chose to comment on: its ends, and its words as they are now. */
export type Picked = Ends & { quote: string };

export type PassageProps = {
  marked: readonly Marked[];
  /** Which of them is open beside the text. */
  open: string | null;
  /** Somebody pressed on a mark. */
  onOpen: (id: string) => void;
  /** Somebody chose a passage to comment on. Left out: this person may not comment. */
  onPick?: ((picked: Picked) => void) | undefined;
};
