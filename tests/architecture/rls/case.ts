import type { ClientActor, StaffActor } from "~/kernel/actor";
import { accounts, metisOwner } from "../../personas";

export type Person = ClientActor | StaffActor;

/** A member of Metis, whom the demo data has not: it lacks that role there. */
export const METIS_MEMBER: ClientActor = {
  side: "client",
  userId: "0c000000-0000-4000-8000-0000000000aa",
  personId: "0b000000-0000-4000-8000-0000000000aa",
  accountId: accounts.metis,
  role: "member",
};

/** A view of Metis that support has begun: rows are looked at as whoever looks as a customer. */
export const METIS_VIEW = "0f000000-0000-4000-8000-00000000a5ee";

export type Case = {
  /** A column of the key, which whoever may read the row may read. */
  readonly key: string;
  /** Finds one row that belongs to Metis, or to no account. */
  readonly where: string;
  /** The columns to try to change: every one, unless they are named. */
  readonly columns?: readonly string[];
  /** A row for Metis by this person; whoever has no person pretends to be Metis' owner. */
  insert(person: Person | null): string;
};

/** By table. */
export type Cases = Record<string, Case>;

export const by = (person: Person | null) => person?.personId ?? metisOwner.personId;
export const NEW_ID = "0f000000-0000-4000-8000-0000000000ff";
