/** Who is asking. Every use case takes one first, and every SQL statement of a request runs as one. */

export type ClientRole = "owner" | "member" | "approver" | "viewer";

export type StaffRole = "designer" | "pricing" | "manager" | "production" | "support" | "admin" | "auditor";

export type ClientActor = {
  readonly side: "client";
  readonly userId: string;
  readonly personId: string;
  readonly accountId: string;
  readonly role: ClientRole;
};

export type StaffActor = {
  readonly side: "staff";
  readonly userId: string;
  readonly personId: string;
  readonly roles: readonly StaffRole[];
};

export type GuestActor = { readonly side: "guest"; readonly grantId: string };

export type Actor = ClientActor | StaffActor | GuestActor;

export type Side = Actor["side"];
