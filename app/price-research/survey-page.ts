import type { Chart } from "~/kernel/chart";
import type { Method, SurveyState } from "./survey";
import type { LadderFigures, MeterFigures } from "./survey-results";

/** What pages of surveys show. Amounts come written in the survey's currency, except where a figure is worked on. */

/** An account that is asked: how many of its people could answer, and how many began and ended. */
export type AskedAccount = { id: string; name: string; people: number; begun: number; finished: number };

export type SurveyRow = {
  id: string;
  title: string;
  method: Method;
  state: SurveyState;
  closesAt: Date;
};
export type StaffSurveyRow = SurveyRow & { idea: string; createdAt: Date };
export type OwnSurveyRow = SurveyRow & { answered: boolean };

type Shown = SurveyRow & { subject: string; currency: string };

/** For whoever is asked: what they may do with it, and what they stated. */
export type AskedPageData = Shown & {
  mayState: boolean;
  /** The price that is due, in minor units as text; null when none is. */
  price: { minor: string; text: string } | null;
  /** How many were shown before. */
  step: number;
  stated:
    | { method: "meter"; prices: Readonly<Record<MeterField, string>> }
    | { method: "ladder"; highest: string | null }
    | null;
};

/** The fields of a meter in the order in which they are asked. */
export const METER_FIELDS = ["tooCheap", "cheap", "expensive", "tooExpensive"] as const;
export type MeterField = (typeof METER_FIELDS)[number];

export type SurveyResults =
  | { method: "meter"; figures: MeterFigures; chart: Chart | null }
  | { method: "ladder"; figures: LadderFigures; chart: Chart | null; cost: string | null };

export type StaffSurveyPageData = Shown & {
  revision: number;
  ideaId: string;
  idea: string;
  madeBy: string;
  createdAt: Date;
  openedAt: Date | null;
  closedAt: Date | null;
  /** Of a ladder: its prices, written. */
  prices: readonly string[];
  accounts: readonly AskedAccount[];
  mayRun: boolean;
  /** Null for those of us who may not read what was stated, and while there is nothing to read. */
  results: SurveyResults | null;
  mayRead: boolean;
};

export type NewSurveyPageData = {
  idea: { id: string; title: string };
  accounts: readonly { id: string; name: string }[];
};
