import type { Identity, Presence, PresenceState } from "./presence.server";
import type { PresenceEntry } from "./protocol.server";

/** Who comes into a room by way of this process, and who goes: told when it changes, and not with every move of a caret. */
export class Comings {
  private known: ReadonlySet<string> = new Set();

  constructor(
    private readonly presence: Presence,
    private readonly tell: (people: readonly Identity[]) => void,
  ) {}

  /** Looks whether the news changes who is here. */
  look(news: readonly PresenceEntry[]): void {
    const moved = ({ state }: PresenceEntry) => state && this.known.has((state as PresenceState).user.personId);
    if (news.every(moved)) return;
    const people = this.presence.people();
    if (people.length === this.known.size && people.every(({ personId }) => this.known.has(personId))) return;
    this.known = new Set(people.map(({ personId }) => personId));
    this.tell(people);
  }

  /** The room is put away, and nobody is in it any more. */
  end(): void {
    if (this.known.size > 0) this.tell([]);
    this.known = new Set();
  }
}
