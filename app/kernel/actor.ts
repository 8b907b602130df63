/** Who is asking. Every use case takes one first, and every SQL statement of a request runs as one. */

export type ClientRole = "owner" | "member" | "approver" | "viewer";

export type StaffRole = "designer" | "pricing" | "manager" | "production" | "support" | "admin" | "auditor";

export type ClientActor = {
  readonly side: "client";
  readonly userId: string;
  readonly personId: string;
  readonly accountId: string;
  readonly role: ClientRole;
  /**
   * Staff who look at the portal as this account, reading only: the view they began. userId is then theirs, role is viewer,
   * and personId is nobody's.
   */
  readonly view?: string;
};

export type StaffActor = {
  readonly side: "staff";
  readonly userId: string;
  readonly personId: string;
  readonly roles: readonly StaffRole[];
};

/** What a guest may do with the one object of the grant; each allows what the ones before it do. */
export type GuestRights = "view" | "comment" | "edit";

/** Somebody without a login, let in to one object by a link. */
export type GuestActor = {
  readonly side: "guest";
  readonly grantId: string;
  readonly accountId: string;
  readonly rights: GuestRights;
  readonly object: { readonly kind: "idea"; readonly id: string };
};

export type Actor = ClientActor | StaffActor | GuestActor;

export type Side = Actor["side"];
