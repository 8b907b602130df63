import type { Locale } from "~/kernel/locale";

/** What everybody may read of ideas: words that staff wrote for it, under what the idea's status is worth. */

export const ROADMAP_TITLE_MAX = 120;
export const ROADMAP_TEXT_MAX = 800;

/** Signals, intents and what is made stand apart; a promise is none of them. Declined ideas are not shown. */
export const ROADMAP_GROUPS = ["signal", "intent", "done"] as const;
export type RoadmapGroup = (typeof ROADMAP_GROUPS)[number];

/** An entry as a visitor reads it. `language`: English where nobody wrote it in theirs. */
export type RoadmapEntry = { kind: RoadmapGroup; language: Locale; title: string; words: string };

/** Words by language; English is always there. */
export type InLanguages = Partial<Record<Locale, string>>;

/** An entry as staff see it. `revision` 0: nothing is written yet. */
export type WrittenEntry = {
  ideaId: string;
  ideaTitle: string;
  status: string;
  titles: InLanguages;
  texts: InLanguages;
  publishedAt: Date | null;
  revision: number;
};
