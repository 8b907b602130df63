import {
  accounts,
  demoImport,
  demoInvitations,
  guestTokens,
  metisApprover,
  metisIdeas,
  stifferJoint,
  unsubscribeViewer,
} from "../personas";

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

interface Door {
  /** An address of the route, with an object of Metis where it has one. */
  readonly path: string;
  readonly wrongSide: "designer@tandem.example" | "owner@metis.example";
  readonly loader?: Expected;
  /** What a fetch of the loader's data is told, where it differs from the page. */
  readonly data?: Expected;
  readonly action?: Expected & {
    readonly form: Record<string, string>;
    /** The action signs out, so its caller comes with a session of their own. */
    readonly endsSession?: true;
  };
}

const ofClients = "designer@tandem.example" as const;
const ofStaff = "owner@metis.example" as const;
export const STRANGER = "owner@brix.example";

const portalPage: Expected = { nobody: "sign in", stranger: "page", wrongSide: "not there" };
const portalObject: Expected = { nobody: "sign in", stranger: "not there", wrongSide: "not there" };
const everybody: Expected = { nobody: "page", stranger: "page", wrongSide: "page" };
const onlyNobody: Expected = { nobody: "page", stranger: "home", wrongSide: "home" };
const ownPage: Expected = { nobody: "sign in", stranger: "page", wrongSide: "page" };
const ownData: Expected = { nobody: "sign in first", stranger: "page", wrongSide: "page" };
const toRoadmap: Expected = { nobody: "done", stranger: "done", wrongSide: "done" };
const staffPage: Expected = { nobody: "sign in", stranger: "not there", wrongSide: "not there" };

/** Every route that has a loader or an action. A route that is not listed here fails. */
export const DOORS: Record<string, Door> = {
  // For staff the customers' front door leads to their own.
  "routes/_portal": { path: "/", wrongSide: ofClients, loader: { ...portalPage, wrongSide: "home" }, data: portalPage },
  "routes/_portal._index": {
    path: "/",
    wrongSide: ofClients,
    loader: { ...portalPage, wrongSide: "home" },
    data: portalPage,
  },
  "routes/_portal.ideas._index": { path: "/ideas", wrongSide: ofClients, loader: portalPage },
  "routes/_portal.ideas.new": {
    path: "/ideas/new",
    wrongSide: ofClients,
    loader: portalPage,
    action: { nobody: "sign in", stranger: "refused", wrongSide: "not there", form: { title: "" } },
  },
  "routes/_portal.ideas.$ideaId": {
    path: `/ideas/${metisIdeas.in_work}`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { comment: "I should not be here." } },
  },
  "routes/_portal.notifications": {
    path: "/notifications",
    wrongSide: ofClients,
    loader: portalPage,
    action: { nobody: "sign in", stranger: "page", wrongSide: "not there", form: { intent: "read-all" } },
  },
  "routes/_portal.settings_.notifications": {
    path: "/settings/notifications",
    wrongSide: ofClients,
    loader: portalPage,
    action: { nobody: "sign in", stranger: "refused", wrongSide: "not there", form: { digestHour: "99" } },
  },
  "routes/staff.notifications": {
    path: "/staff/notifications",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { intent: "read-all" } },
  },
  "routes/staff.settings_.notifications": {
    path: "/staff/settings/notifications",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { digestHour: "99" } },
  },
  // The link itself is the proof, whoever opens it.
  "routes/_public.unsubscribe.$token": {
    path: `/unsubscribe/${unsubscribeViewer}`,
    wrongSide: ofClients,
    loader: everybody,
    action: { ...everybody, form: { "List-Unsubscribe": "One-Click" } },
  },
  "routes/staff": { path: "/staff", wrongSide: ofStaff, loader: staffPage },
  "routes/staff._index": { path: "/staff", wrongSide: ofStaff, loader: staffPage },
  "routes/staff.ideas.$ideaId_.split": {
    path: `/staff/ideas/${stifferJoint}/split`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { title: "I should not be here.", text: "I should not.", revision: "1" } },
  },
  "routes/staff.products": {
    path: "/staff/products",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { name: "I should not be here." } },
  },
  "routes/staff.ideas._index": {
    path: "/staff/ideas",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "bulk", what: "status" } },
  },
  "routes/staff.ideas[.]csv": { path: "/staff/ideas.csv", wrongSide: ofStaff, loader: staffPage },
  "routes/staff.ideas.board": {
    path: "/staff/ideas/board",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "move", id: stifferJoint, to: "done", revision: "1" } },
  },
  "routes/staff.roadmap._index": { path: "/staff/roadmap", wrongSide: ofStaff, loader: staffPage },
  "routes/staff.roadmap.$ideaId": {
    path: `/staff/roadmap/${stifferJoint}`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { what: "publish", revision: "1", title_en: "I should not be here." } },
  },
  // It leads everybody to the page in their language, signed in or not.
  "routes/_public.roadmap": { path: "/roadmap", wrongSide: ofClients, loader: toRoadmap },
  "routes/_public.$lang.roadmap": { path: "/en/roadmap", wrongSide: ofClients, loader: everybody },
  "routes/staff.ideas.$ideaId": {
    path: `/staff/ideas/${stifferJoint}`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "note", note: "I should not be here." } },
  },
  "routes/_portal.people._index": {
    path: "/people",
    wrongSide: ofClients,
    loader: portalPage,
    action: { nobody: "sign in", stranger: "refused", wrongSide: "not there", form: { id: "", intent: "again" } },
  },
  "routes/_portal.people.invite": {
    path: "/people/invite",
    wrongSide: ofClients,
    loader: portalPage,
    action: { nobody: "sign in", stranger: "refused", wrongSide: "not there", form: { email: "" } },
  },
  "routes/_portal.people.$personId": {
    path: `/people/${metisApprover.personId}`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "remove", revision: "1", sure: "on" } },
  },
  "routes/staff.people._index": {
    path: "/staff/people",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { id: demoInvitations.staff, intent: "revoke" } },
  },
  "routes/staff.people.invite": {
    path: "/staff/people/invite",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { email: "x@tandem.example", language: "en", "role-admin": "on" } },
  },
  "routes/staff.people.$personId": {
    path: `/staff/people/${metisApprover.personId}`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "remove", revision: "1", sure: "on" } },
  },
  "routes/_person": { path: "/settings", wrongSide: ofClients, loader: ownPage, data: ownData },
  "routes/_person.settings._index": {
    path: "/settings",
    wrongSide: ofClients,
    loader: ownPage,
    data: ownData,
    action: { nobody: "sign in first", stranger: "refused", wrongSide: "refused", form: { form: "profile", name: "" } },
  },
  "routes/_auth.accept": {
    path: "/accept",
    wrongSide: ofClients,
    loader: everybody,
    action: {
      nobody: "refused",
      stranger: "refused",
      wrongSide: "refused",
      form: { token: "of-nobody-and-of-no-use", name: "", password: "" },
    },
  },
  "routes/staff.accounts._index": {
    path: `/staff/accounts`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.accounts.new": {
    path: `/staff/accounts/new`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "account", name: "Not theirs to make" } },
  },
  "routes/staff.accounts.fields": {
    path: `/staff/accounts/fields`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "field", key: "not_theirs" } },
  },
  "routes/staff.accounts.import._index": {
    path: `/staff/accounts/import`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: {} },
  },
  "routes/staff.accounts.import.$importId._index": {
    path: `/staff/accounts/import/${demoImport}`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "confirm" } },
  },
  "routes/staff.accounts.import.$importId.left-out": {
    path: `/staff/accounts/import/${demoImport}/left-out`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.accounts.$accountId._index": {
    path: `/staff/accounts/${accounts.metis}`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "view" } },
  },
  "routes/staff.accounts.$accountId.edit": {
    path: `/staff/accounts/${accounts.metis}/edit`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "account", name: "Not theirs to name" } },
  },
  "routes/staff.accounts.$accountId.sites": {
    path: `/staff/accounts/${accounts.metis}/sites`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "add", name: "Not theirs" } },
  },
  "routes/staff.accounts.$accountId.people._index": {
    path: `/staff/accounts/${accounts.metis}/people`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.accounts.$accountId.people.$personId._index": {
    path: `/staff/accounts/${accounts.metis}/people/${metisApprover.personId}`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "erase", name: "x" } },
  },
  "routes/staff.accounts.$accountId.people.$personId.export": {
    path: `/staff/accounts/${accounts.metis}/people/${metisApprover.personId}/export`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.accounts.$accountId.team": {
    path: `/staff/accounts/${accounts.metis}/team`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "join", role: "lead" } },
  },
  "routes/staff.accounts.$accountId.history": {
    path: `/staff/accounts/${accounts.metis}/history`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.accounts.$accountId.merge": {
    path: `/staff/accounts/${accounts.metis}/merge`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { into: accounts.brix } },
  },
  "routes/staff.accounts.$accountId.close": {
    path: `/staff/accounts/${accounts.metis}/close`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "reopen" } },
  },
  "routes/staff.accounts.$accountId.export": {
    path: `/staff/accounts/${accounts.metis}/export`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.absences": {
    path: `/staff/absences`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "absence" } },
  },
  "routes/api.view": {
    path: "/api/view",
    wrongSide: ofClients,
    // Who looks as nobody is led home.
    action: { nobody: "sign in first", stranger: "home", wrongSide: "home", form: {} },
  },
  root: { path: "/login", wrongSide: ofClients, loader: onlyNobody, data: everybody },
  "routes/_auth.login": {
    path: "/login",
    wrongSide: ofClients,
    loader: onlyNobody,
    action: { nobody: "refused", stranger: "home", wrongSide: "home", form: { email: "", password: "" } },
  },
  "routes/_auth.login_.code": {
    path: "/login/code",
    wrongSide: ofClients,
    loader: onlyNobody,
    action: { nobody: "refused", stranger: "home", wrongSide: "home", form: { do: "verify", email: "", code: "" } },
  },
  "routes/_auth.login_.second-factor": {
    path: "/login/second-factor",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "home", wrongSide: "home" },
    action: { nobody: "sign in", stranger: "home", wrongSide: "home", form: { code: "000000" } },
  },
  "routes/_auth.login_.enrol": {
    path: "/login/enrol",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "home", wrongSide: "home" },
    action: { nobody: "sign in", stranger: "home", wrongSide: "home", form: { intent: "begin" } },
  },
  "routes/_auth.confirm-identity": {
    path: "/confirm-identity",
    wrongSide: ofClients,
    loader: { ...everybody, nobody: "sign in" },
    data: { ...everybody, nobody: "sign in first" },
    action: {
      nobody: "sign in first",
      stranger: "refused",
      wrongSide: "refused",
      form: { form: "identity", way: "password", password: "" },
    },
  },
  "routes/_portal.ideas.$ideaId_.board": {
    path: `/ideas/${stifferJoint}/board`,
    wrongSide: ofClients,
    loader: portalObject,
  },
  "routes/staff.ideas.$ideaId_.board": {
    path: `/staff/ideas/${stifferJoint}/board`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/staff.ideas.$ideaId_.layer": {
    path: `/staff/ideas/${stifferJoint}/layer`,
    wrongSide: ofStaff,
    loader: staffPage,
  },
  "routes/_portal.ideas.$ideaId_.guests": {
    path: `/ideas/${stifferJoint}/guests`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { intent: "invite", email: "x@brix.example", name: "X" } },
  },
  "routes/staff.ideas.$ideaId_.guests": {
    path: `/staff/ideas/${stifferJoint}/guests`,
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { intent: "invite", email: "x@brix.example", name: "X" } },
  },
  // Of links that open nothing (any more); guests.spec.ts opens one that does.
  "routes/guest.$token": {
    path: `/guest/${guestTokens.revoked}`,
    wrongSide: ofClients,
    loader: { nobody: "not there", stranger: "not there", wrongSide: "not there" },
    action: { nobody: "not there", stranger: "not there", wrongSide: "not there", form: { intent: "send" } },
  },
  "routes/guest.$token_.idea": {
    path: `/guest/${guestTokens.expired}/idea`,
    wrongSide: ofClients,
    loader: { nobody: "not there", stranger: "not there", wrongSide: "not there" },
    action: { nobody: "not there", stranger: "not there", wrongSide: "not there", form: { comment: "X" } },
  },
  "routes/staff.settings.second-factor": {
    path: "/staff/settings/second-factor",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { intent: "codes" } },
  },
  "routes/staff.settings.statuses": {
    path: "/staff/settings/statuses",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { form: "add", kind: "signal", position: "1" } },
  },
  "routes/staff.settings.security": {
    path: "/staff/settings/security",
    wrongSide: ofStaff,
    loader: staffPage,
    action: { ...staffPage, form: { intent: "require", required: "yes", revision: "1" } },
  },
  "routes/_auth.forgot": {
    path: "/forgot",
    wrongSide: ofClients,
    loader: everybody,
    action: { nobody: "refused", stranger: "refused", wrongSide: "refused", form: { email: "" } },
  },
  "routes/_auth.confirm": {
    path: "/confirm",
    wrongSide: ofClients,
    loader: everybody,
    action: {
      nobody: "refused",
      stranger: "refused",
      wrongSide: "refused",
      form: { token_hash: "of-nobody-and-of-no-use", type: "magiclink" },
    },
  },
  "routes/_auth.new-password": {
    path: "/new-password",
    wrongSide: ofClients,
    loader: { ...everybody, nobody: "sign in" },
    data: { ...everybody, nobody: "sign in first" },
    action: { nobody: "sign in first", stranger: "refused", wrongSide: "refused", form: { password: "" } },
  },
  "routes/_auth.logout": {
    path: "/logout",
    wrongSide: ofClients,
    loader: { nobody: "home", stranger: "home", wrongSide: "home" },
    action: { nobody: "sign in", stranger: "sign in", wrongSide: "sign in", form: {}, endsSession: true },
  },
  "routes/api.preferences": {
    path: "/api/preferences",
    wrongSide: ofClients,
    action: { nobody: "done", stranger: "done", wrongSide: "done", form: { theme: "dark", back: "/offline" } },
  },
  "routes/api.session": {
    path: "/api/session",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "done", wrongSide: "done" },
    data: { nobody: "sign in first", stranger: "done", wrongSide: "done" },
  },
  "routes/api.collab.ticket": {
    path: `/api/collab/ticket?room=idea:${stifferJoint}:brief`,
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "not there", wrongSide: "page" },
    data: { nobody: "sign in first", stranger: "not there", wrongSide: "page" },
  },
  // Of a file that nobody has; stranger.spec.ts asks for one that is there.
  "routes/api.files.$fileId": {
    path: "/api/files/0f000000-0000-4000-8000-000000000001",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "not there", wrongSide: "not there" },
    data: { nobody: "sign in first", stranger: "not there", wrongSide: "not there" },
  },
  "routes/api.attachments._index": {
    path: "/api/attachments",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "page", wrongSide: "page" },
    data: { nobody: "sign in first", stranger: "page", wrongSide: "page" },
    action: { nobody: "sign in first", stranger: "refused", wrongSide: "refused", form: { size: "0" } },
  },
  "routes/api.attachments.$attachmentId": {
    path: "/api/attachments/0f000000-0000-4000-8000-000000000001",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "not there", wrongSide: "not there" },
    data: { nobody: "sign in first", stranger: "not there", wrongSide: "not there" },
    action: { nobody: "sign in first", stranger: "not there", wrongSide: "not there", form: { intent: "drop" } },
  },
  "routes/api.ideas.similar": {
    path: "/api/ideas/similar",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "page", wrongSide: "page" },
    data: { nobody: "sign in first", stranger: "page", wrongSide: "page" },
  },
  "routes/api.ideas.$ideaId.images": {
    path: `/api/ideas/${stifferJoint}/images`,
    wrongSide: ofClients,
    action: { nobody: "sign in first", stranger: "not there", wrongSide: "refused", form: {} },
  },
  "routes/api.ideas.$ideaId.mentions": {
    path: `/api/ideas/${stifferJoint}/mentions`,
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "not there", wrongSide: "page" },
    data: { nobody: "sign in first", stranger: "not there", wrongSide: "page" },
  },
  // Without MAIL_BOUNCE_SECRET there is no such door.
  "routes/api.mail.bounces": {
    path: "/api/mail/bounces",
    wrongSide: ofClients,
    action: { nobody: "not there", stranger: "not there", wrongSide: "not there", form: {} },
  },
  "routes/api.search": {
    path: "/api/search",
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "page", wrongSide: "page" },
    data: { nobody: "sign in first", stranger: "page", wrongSide: "page" },
  },
  "routes/dev.ui": { path: "/dev/ui", wrongSide: ofClients, loader: everybody },
  "routes/$": {
    path: "/no-such-page",
    wrongSide: ofClients,
    loader: { nobody: "not there", stranger: "not there", wrongSide: "not there" },
    action: { nobody: "not there", stranger: "not there", wrongSide: "not there", form: {} },
  },
};
