import type { ClientActor, StaffActor } from "~/kernel/actor";
import type { Locale } from "~/kernel/locale";

/** Who asks: what the guards decide by, and what pages are told of it. */

/** The person behind a session, as pages need them. */
export type VisitorPerson = {
  id: string;
  name: string;
  side: "client" | "staff";
  accountName: string | null;
  locale: Locale | null;
  /** IANA name of the zone times are shown in. */
  zone: string;
};

/**
 * Somebody whose session lives and who is nobody yet: they have to prove their second factor, or to set one up, since an admin
 * asks it of staff. No page, socket or stream is theirs before.
 */
export type Waiting = {
  step: "prove" | "enrol";
  who: ClientActor | StaffActor;
  person: VisitorPerson;
  sessionId: string;
};

/** Staff who look at the portal as one of its customers: as whom, until when, and who they are themselves. */
export type Viewing = {
  id: string;
  accountId: string;
  accountName: string;
  endsAt: Date;
  staff: StaffActor;
  staffName: string;
};

/** Who asks: nobody, or a person with a living session. */
export type Visitor =
  | { actor: null; waiting?: Waiting }
  | {
      actor: ClientActor | StaffActor;
      person: VisitorPerson;
      sessionId: string;
      /** When this session proved that the person reads their mailbox; null after a password alone. */
      mailboxProvedAt: Date | null;
      /** When the person last proved in this session who they are: by their second factor when they have one. */
      identityProvedAt: Date | null;
      hasSecondFactor: boolean;
      /** There while a member of staff looks as a customer: actor and person are then that customer's, by the name of the account. */
      viewing?: Viewing;
    };
