export type Author = { client: number; person: string };

/** Whose client ids are whose in one document: an id belongs to the person who showed it first, by writing or by being here. */
export class Owners {
  private readonly people = new Map<number, string>();
  private readonly stored = new Set<number>();

  constructor(stored: readonly Author[]) {
    this.areTold(stored);
  }

  /** What the database knows is so, whatever was thought here. */
  areTold(stored: readonly Author[]): void {
    for (const { client, person } of stored) this.people.set(client, person);
    this.areStored(stored);
  }

  /** Reserves an id for a person, unless it is somebody's already. */
  claim(client: number, person: string): void {
    if (!this.people.has(client)) this.people.set(client, person);
  }

  /** Those of the clients whose owner the database was not asked about. */
  unasked(clients: Iterable<number>): number[] {
    return [...clients].filter((client) => !this.stored.has(client));
  }

  /** Whether somebody else is thought to own one of these. */
  dispute(told: readonly Author[]): boolean {
    return told.some(({ client, person }) => !this.isOpenTo(client, person));
  }

  /** What was thought of these is to be asked of the database again. */
  forget(told: readonly Author[]): void {
    for (const { client } of told) this.stored.delete(client);
  }

  isOpenTo(client: number, person: string): boolean {
    return (this.people.get(client) ?? person) === person;
  }

  /** Those of the clients who have an owner that the database does not know of yet. */
  toStore(clients: Iterable<number>): Author[] {
    return [...clients].flatMap((client) => {
      const person = this.people.get(client);
      return person && !this.stored.has(client) ? [{ client, person }] : [];
    });
  }

  areStored(authors: readonly Author[]): void {
    for (const { client } of authors) this.stored.add(client);
  }
}
