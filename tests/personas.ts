import { createHash, createHmac } from "node:crypto";
import type { ClientActor, ClientRole, GuestActor, StaffActor, StaffRole } from "~/kernel/actor";

/** The people, accounts and ideas in supabase/seed.sql. Tests speak of them by name. */

const demoId = (block: string, last: string) => `${block}000000-0000-4000-8000-${last.padStart(12, "0")}`;
const personId = (last: string) => demoId("0b", last);
const userId = (last: string) => demoId("0c", last);
/** The id of the seeded idea with this number: 1 is the oldest, 36 the newest, and all are older than a new one. */
export const ideaId = (number: number) => `000d0000-0000-7000-8000-${String(number).padStart(12, "0")}`;

export const accounts = { metis: demoId("0a", "a1"), hanlin: demoId("0a", "a2"), brix: demoId("0a", "a3") };

const client = (last: string, accountId: string, role: ClientRole): ClientActor => ({
  side: "client",
  userId: userId(last),
  personId: personId(last),
  accountId,
  role,
});
const staff = (last: string, role: StaffRole): StaffActor => ({
  side: "staff",
  userId: userId(last),
  personId: personId(last),
  roles: [role],
});

export const metisOwner = client("01", accounts.metis, "owner");
export const metisApprover = client("02", accounts.metis, "approver");
export const metisViewer = client("03", accounts.metis, "viewer");
export const hanlinEngineer = client("04", accounts.hanlin, "member");
export const brixOwner = client("05", accounts.brix, "owner");
/** Worked at Metis once; still has a login, and may see nothing with it. */
export const removedMember = client("09", accounts.metis, "member");

export const designer = staff("11", "designer");
export const pricing = staff("12", "pricing");
export const manager = staff("13", "manager");
export const production = staff("14", "production");
export const support = staff("15", "support");
export const admin = staff("17", "admin");
export const auditor = staff("18", "auditor");

/** Metis' idea the stories speak of: "Stiffer joint", planned, with a brief, comments of both sides and internal notes. */
export const stifferJoint = ideaId(21);
/** Price surveys of the demo world, by how far each has come. */
export const demoSurveys = {
  closed: "0005e700-0000-7000-8000-000000000001",
  open: "0005e700-0000-7000-8000-000000000002",
  draft: "0005e700-0000-7000-8000-000000000003",
  /** Asked of Metis alone. */
  own: "0005e700-0000-7000-8000-000000000004",
} as const;
/** The version of its brief. */
/** Decisions of Metis in the demo world, by how far each has come. */
export const demoDecisions = {
  agreed: "000dec00-0000-7000-8000-000000000001",
  notYet: "000dec00-0000-7000-8000-000000000002",
  asked: "000dec00-0000-7000-8000-000000000003",
  draft: "000dec00-0000-7000-8000-000000000004",
} as const;
/** What is shown of "Stiffer joint": its first version is released to Metis, the second one is a draft. */
export const demoPrototype = {
  id: "000a0000-0000-7000-8000-000000000001",
  released: "000a0000-0000-7000-8000-000000000011",
  draft: "000a0000-0000-7000-8000-000000000012",
} as const;
export const stifferJointVersion = "000e0000-0000-7000-8000-000000000021";
/** Ida Reuter, who reads and comments "Stiffer joint" by a link; two more guests of it are let in no longer. */
export const metisGuest: GuestActor = {
  side: "guest",
  grantId: demoId("0e", "1"),
  accountId: accounts.metis,
  rights: "comment",
  object: { kind: "idea", id: stifferJoint },
};
export const expiredGuest: GuestActor = { ...metisGuest, grantId: demoId("0e", "2"), rights: "view" };
export const revokedGuest: GuestActor = { ...metisGuest, grantId: demoId("0e", "3"), rights: "edit" };
/** What stands in the address of a guest's link: known in the demo data alone. */
export const guestTokens = {
  living: "demo-link-of-ida-reuter-for-stiffer-joint-0001",
  expired: "demo-link-of-olena-vovk-for-stiffer-joint-00002",
  revoked: "demo-link-of-kontor-nord-for-stiffer-joint-0003",
};
/** Brix' complaint "Nido sinks in a warm shop window", older than idea 20: a part of its text became an idea of its own. */
export const sinkingNido = "000d0000-0000-7000-8000-00000000001a";
/** One idea of Metis in every status. */
export const metisIdeas = {
  new: ideaId(35),
  under_review: ideaId(29),
  planned: stifferJoint,
  in_work: ideaId(13),
  done: ideaId(2),
  declined: ideaId(1),
};
/** What the maker makes: three lamps, and one that is no longer made. */
export const products = {
  aria: demoId("1a", "1"),
  ariaLong: demoId("1a", "2"),
  nido: demoId("1a", "3"),
  vela: demoId("1a", "4"),
};
export const hanlinIdea = ideaId(31);
export const brixIdea = ideaId(30);

/** A list of accounts that a manager checked and did not confirm yet. */
export const demoImport = demoId("2c", "1");

/** Words that stand in internal notes of the demo data and nowhere else: a client's page that holds one leaks. */
export const notesOnlyWords = ["Kallmeier", "torque rig", "second source", "Werkzeugkosten", "margin"];

/** The last part of the link by which Metis' viewer ends mail about merged ideas, as a letter to them would carry it. */
export const unsubscribeViewer = (() => {
  const key = createHash("sha256").update("tandem demo").digest();
  const proof = createHmac("sha256", key).update(`unsubscribe ${metisViewer.personId} merge`).digest("base64url");
  return `${metisViewer.personId}.merge.${proof}`;
})();

export const demoPassword = "tandem-demo-2026";

/** The demo logins, in the order in which the start-up prints them. */
export const logins: readonly {
  email: string;
  password: string;
  side: "client" | "staff";
  role: ClientRole | StaffRole;
  account: string | null;
}[] = [
  { email: "owner@metis.example", password: demoPassword, side: "client", role: "owner", account: "Metis" },
  { email: "approver@metis.example", password: demoPassword, side: "client", role: "approver", account: "Metis" },
  { email: "viewer@metis.example", password: demoPassword, side: "client", role: "viewer", account: "Metis" },
  { email: "engineer@hanlin.example", password: demoPassword, side: "client", role: "member", account: "Hanlin" },
  { email: "owner@brix.example", password: demoPassword, side: "client", role: "owner", account: "Brix" },
  { email: "designer@tandem.example", password: demoPassword, side: "staff", role: "designer", account: null },
  { email: "pricing@tandem.example", password: demoPassword, side: "staff", role: "pricing", account: null },
  { email: "manager@tandem.example", password: demoPassword, side: "staff", role: "manager", account: null },
  { email: "production@tandem.example", password: demoPassword, side: "staff", role: "production", account: null },
  { email: "support@tandem.example", password: demoPassword, side: "staff", role: "support", account: null },
  { email: "support2@tandem.example", password: demoPassword, side: "staff", role: "support", account: null },
  { email: "admin@tandem.example", password: demoPassword, side: "staff", role: "admin", account: null },
  { email: "auditor@tandem.example", password: demoPassword, side: "staff", role: "auditor", account: null },
];

/** What the letter of the demo world's open invitation to Metis carries; in a real installation nobody but its reader knows one. */
export const demoInvitationToken = "demo-letter-of-invitation-to-metis-0001";
/** Invitations to Metis in every state, and one to staff. */
export const demoInvitations = {
  open: demoId("1e", "1"),
  expired: demoId("1e", "2"),
  revoked: demoId("1e", "3"),
  accepted: demoId("1e", "4"),
  staff: demoId("1e", "5"),
};
