import type { MentionNodeAttrs, MentionOptions } from "@tiptap/extension-mention";
import type { SuggestionProps } from "@tiptap/suggestion";
import type { Mentionable } from "./brief-props";

/** The open list of people to mention; null while there is none. */
export type MentionList = {
  people: readonly Mentionable[];
  state: "loading" | "ready" | "failed";
  chosen: number;
  /** Where the typed name stands on the screen. */
  place: DOMRect | null;
};

type Search = (typed: string, signal: AbortSignal) => Promise<readonly Mentionable[]>;

/** Finds people while somebody types after an @, and keeps the list that React shows. */
export class MentionSearch {
  private list: MentionList | null = null;
  private readonly listeners = new Set<() => void>();
  private command: ((chosen: MentionNodeAttrs) => void) | null = null;
  private asking: AbortController | null = null;
  /** Enter was pressed while the list of what is typed was still on its way. */
  private takesFirst = false;

  constructor(private readonly search: Search | undefined) {}

  readonly state = (): MentionList | null => this.list;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get possible(): boolean {
    return this.search !== undefined;
  }

  readonly suggestion: MentionOptions["suggestion"] = {
    char: "@",
    allow: () => this.search !== undefined,
    render: () => ({
      onStart: (props) => this.ask(props),
      onUpdate: (props) => this.ask(props),
      onExit: () => this.close(),
      onKeyDown: ({ event }) => this.key(event),
    }),
  };

  /** Puts the person at this place of the list into the text. */
  choose(at: number): void {
    const person = this.list?.people[at];
    if (person) this.command?.({ id: person.id, label: person.name });
  }

  private ask(props: SuggestionProps<Mentionable, MentionNodeAttrs>): void {
    if (!this.search) return;
    this.command = props.command;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.takesFirst = false;
    const place = props.clientRect?.() ?? null;
    this.show({ people: this.list?.people ?? [], state: "loading", chosen: 0, place });
    this.search(props.query, asking.signal).then(
      (people) => {
        if (asking.signal.aborted) return;
        this.show({ people, state: "ready", chosen: 0, place });
        if (this.takesFirst) this.choose(0);
      },
      () => {
        if (!asking.signal.aborted) this.show({ people: [], state: "failed", chosen: 0, place });
      },
    );
  }

  private key({ key }: KeyboardEvent): boolean {
    const list = this.list;
    if (!list) return false;
    // What is shown meanwhile was found for fewer letters: the first of it may be somebody else.
    if (list.state === "loading" && (key === "Enter" || key === "Tab")) {
      this.takesFirst = true;
      return true;
    }
    if (list.people.length === 0) return false;
    const count = list.people.length;
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.show({ ...list, chosen: (list.chosen + (key === "ArrowDown" ? 1 : count - 1)) % count });
      return true;
    }
    if (key !== "Enter" && key !== "Tab") return false;
    this.choose(list.chosen);
    return true;
  }

  private close(): void {
    this.asking?.abort();
    this.asking = null;
    this.command = null;
    this.show(null);
  }

  private show(list: MentionList | null): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }
}
