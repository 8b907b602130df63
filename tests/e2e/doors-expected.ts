/**
 * What a caller is told:
 * - page: 200, and it is theirs;
 * - sign in: sent to /login with the way back;
 * - sign in first: 401, where no page is shown that one could come back to;
 * - home: sent to where their own work is;
 * - not there: 404, in words that do not differ from an address that never existed;
 * - done: an action that took what was sent, or sends on;
 * - refused: a form that came back with sentences (422) or a step that one may not take (403).
 */
export type Answer = "page" | "sign in" | "sign in first" | "home" | "not there" | "done" | "refused";

export interface Expected {
  /** Somebody without a session. */
  readonly nobody: Answer;
  /** Brix' owner, another customer, on an object of Metis where the route has one. */
  readonly stranger: Answer;
  /** For a customer's route a designer, for a staff route Metis' owner, else the designer. */
  readonly wrongSide: Answer;
}

export interface Door {
  /** An address of the route, with an object of Metis where it has one. */
  readonly path: string;
  readonly wrongSide: typeof ofClients | typeof ofStaff;
  readonly loader?: Expected;
  /** What a fetch of the loader's data is told, where it differs from the page. */
  readonly data?: Expected;
  readonly action?: Expected & {
    readonly form: Record<string, string>;
    /** The action signs out, so its caller comes with a session of their own. */
    readonly endsSession?: true;
  };
}

export const ofClients = "designer@tandem.example" as const;
export const ofStaff = "owner@metis.example" as const;
export const STRANGER = "owner@brix.example";

export const portalPage: Expected = { nobody: "sign in", stranger: "page", wrongSide: "not there" };
export const portalObject: Expected = { nobody: "sign in", stranger: "not there", wrongSide: "not there" };
export const everybody: Expected = { nobody: "page", stranger: "page", wrongSide: "page" };
export const onlyNobody: Expected = { nobody: "page", stranger: "home", wrongSide: "home" };
export const ownPage: Expected = { nobody: "sign in", stranger: "page", wrongSide: "page" };
export const ownData: Expected = { nobody: "sign in first", stranger: "page", wrongSide: "page" };
export const toRoadmap: Expected = { nobody: "done", stranger: "done", wrongSide: "done" };
export const staffPage: Expected = { nobody: "sign in", stranger: "not there", wrongSide: "not there" };
