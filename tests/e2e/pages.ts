import {
  accounts,
  demoDecisions,
  demoImport,
  demoInvitationToken,
  demoPrototype,
  demoSurveys,
  guestTokens,
  metisApprover,
  stifferJoint,
  stifferJointVersion,
  unsubscribeViewer,
} from "../personas";
import { routeTable } from "./route-table";

/** A page as people open it: where, and as whom (null: nobody is signed in). */
export interface PageOfSomebody {
  readonly route: string;
  readonly path: string;
  readonly login: string | null;
}

const OWNER = "owner@metis.example";
const DESIGNER = "designer@tandem.example";
const ADMIN = "admin@tandem.example";
const MANAGER = "manager@tandem.example";

/** Every page, and somebody who may see it. */
export const PAGES: Readonly<Record<string, Omit<PageOfSomebody, "route">>> = {
  "routes/_auth.login": { path: "/login", login: null },
  "routes/_auth.login_.code": { path: "/login/code", login: null },
  "routes/_auth.forgot": { path: "/forgot", login: null },
  "routes/_auth.confirm": { path: "/confirm?token_hash=of-nobody-and-of-no-use&type=magiclink", login: null },
  "routes/_auth.confirm-identity": { path: "/confirm-identity", login: OWNER },
  "routes/_auth.accept": { path: `/accept?token=${demoInvitationToken}`, login: null },
  "routes/_person.settings._index": { path: "/settings", login: OWNER },
  "routes/_portal.people._index": { path: "/people", login: OWNER },
  "routes/_portal.people.invite": { path: "/people/invite", login: OWNER },
  "routes/_portal.people.$personId": { path: `/people/${metisApprover.personId}`, login: OWNER },
  "routes/staff.people._index": { path: "/staff/people", login: ADMIN },
  "routes/staff.people.invite": { path: "/staff/people/invite", login: ADMIN },
  "routes/staff.people.$personId": { path: `/staff/people/${metisApprover.personId}`, login: ADMIN },
  "routes/_auth.new-password": { path: "/new-password", login: OWNER },
  "routes/staff.accounts._index": { path: "/staff/accounts", login: MANAGER },
  "routes/staff.accounts.new": { path: "/staff/accounts/new", login: MANAGER },
  "routes/staff.accounts.fields": { path: "/staff/accounts/fields", login: ADMIN },
  "routes/staff.accounts.import._index": { path: "/staff/accounts/import", login: MANAGER },
  "routes/staff.accounts.import.$importId._index": { path: `/staff/accounts/import/${demoImport}`, login: MANAGER },
  "routes/staff.accounts.$accountId._index": { path: `/staff/accounts/${accounts.metis}`, login: MANAGER },
  "routes/staff.accounts.$accountId.edit": { path: `/staff/accounts/${accounts.metis}/edit`, login: MANAGER },
  "routes/staff.accounts.$accountId.sites": { path: `/staff/accounts/${accounts.brix}/sites`, login: MANAGER },
  "routes/staff.accounts.$accountId.people._index": {
    path: `/staff/accounts/${accounts.metis}/people`,
    login: MANAGER,
  },
  "routes/staff.accounts.$accountId.people.$personId._index": {
    path: `/staff/accounts/${accounts.metis}/people/${metisApprover.personId}`,
    login: MANAGER,
  },
  "routes/staff.accounts.$accountId.team": { path: `/staff/accounts/${accounts.hanlin}/team`, login: MANAGER },
  "routes/staff.accounts.$accountId.history": { path: `/staff/accounts/${accounts.metis}/history`, login: MANAGER },
  "routes/staff.accounts.$accountId.merge": {
    path: `/staff/accounts/${accounts.hanlin}/merge?into=${accounts.metis}`,
    login: MANAGER,
  },
  "routes/staff.accounts.$accountId.close": { path: `/staff/accounts/${accounts.hanlin}/close`, login: MANAGER },
  "routes/staff.absences": { path: "/staff/absences", login: MANAGER },
  "routes/_portal._index": { path: "/", login: OWNER },
  "routes/_portal.ideas._index": { path: "/ideas", login: OWNER },
  "routes/_portal.ideas.new": { path: "/ideas/new", login: OWNER },
  "routes/_portal.ideas.$ideaId": { path: `/ideas/${stifferJoint}`, login: OWNER },
  "routes/_portal.decisions._index": { path: "/decisions", login: OWNER },
  "routes/_portal.decisions.$decisionId": { path: `/decisions/${demoDecisions.asked}`, login: OWNER },
  "routes/_portal.ideas.$ideaId_.decide": { path: `/ideas/${stifferJoint}/decide`, login: OWNER },
  "routes/staff.prototypes._index": { path: "/staff/prototypes", login: DESIGNER },
  "routes/staff.prototypes.new": { path: "/staff/prototypes/new", login: DESIGNER },
  "routes/staff.prototypes.$prototypeId": { path: `/staff/prototypes/${demoPrototype.id}`, login: DESIGNER },
  "routes/staff.prototypes.$prototypeId_.release": {
    path: `/staff/prototypes/${demoPrototype.id}/release?version=${demoPrototype.released}&to=${accounts.hanlin}`,
    login: DESIGNER,
  },
  "routes/staff.decisions._index": { path: "/staff/decisions", login: DESIGNER },
  "routes/staff.decisions.$decisionId": { path: `/staff/decisions/${demoDecisions.agreed}`, login: DESIGNER },
  "routes/staff.ideas.$ideaId_.decide": { path: `/staff/ideas/${stifferJoint}/decide`, login: DESIGNER },
  "routes/_portal.prototypes._index": { path: "/prototypes", login: OWNER },
  "routes/_portal.prototypes.$prototypeId": { path: `/prototypes/${demoPrototype.id}`, login: OWNER },
  "routes/staff.prototypes.$prototypeId_.review": {
    path: `/staff/prototypes/${demoPrototype.id}/review`,
    login: DESIGNER,
  },
  "routes/_portal.surveys._index": { path: "/surveys", login: OWNER },
  "routes/_portal.surveys.$surveyId": { path: `/surveys/${demoSurveys.own}`, login: OWNER },
  "routes/staff.surveys._index": { path: "/staff/surveys", login: MANAGER },
  "routes/staff.surveys.$surveyId": { path: `/staff/surveys/${demoSurveys.closed}`, login: MANAGER },
  "routes/staff.ideas.$ideaId_.survey": { path: `/staff/ideas/${stifferJoint}/survey`, login: MANAGER },
  "routes/staff._index": { path: "/staff", login: DESIGNER },
  "routes/staff.ideas._index": { path: "/staff/ideas", login: DESIGNER },
  "routes/staff.ideas.$ideaId_.split": { path: `/staff/ideas/${stifferJoint}/split`, login: DESIGNER },
  "routes/staff.products": { path: "/staff/products", login: DESIGNER },
  "routes/staff.ideas.$ideaId": { path: `/staff/ideas/${stifferJoint}`, login: DESIGNER },
  "routes/_portal.ideas.$ideaId_.versions._index": { path: `/ideas/${stifferJoint}/versions`, login: OWNER },
  "routes/_portal.ideas.$ideaId_.versions.$versionId": {
    path: `/ideas/${stifferJoint}/versions/${stifferJointVersion}?show=before`,
    login: OWNER,
  },
  "routes/_portal.ideas.$ideaId_.board": { path: `/ideas/${stifferJoint}/board`, login: OWNER },
  "routes/staff.ideas.$ideaId_.versions._index": { path: `/staff/ideas/${stifferJoint}/versions`, login: DESIGNER },
  "routes/staff.ideas.$ideaId_.versions.$versionId": {
    path: `/staff/ideas/${stifferJoint}/versions/${stifferJointVersion}?show=before`,
    login: DESIGNER,
  },
  "routes/staff.ideas.$ideaId_.board": { path: `/staff/ideas/${stifferJoint}/board`, login: DESIGNER },
  "routes/staff.ideas.$ideaId_.layer": { path: `/staff/ideas/${stifferJoint}/layer`, login: DESIGNER },
  "routes/_portal.ideas.$ideaId_.guests": { path: `/ideas/${stifferJoint}/guests`, login: OWNER },
  "routes/staff.ideas.$ideaId_.guests": { path: `/staff/ideas/${stifferJoint}/guests`, login: DESIGNER },
  "routes/guest.$token": { path: `/guest/${guestTokens.living}`, login: null },
  "routes/staff.settings.second-factor": { path: "/staff/settings/second-factor", login: DESIGNER },
  "routes/staff.settings.statuses": { path: "/staff/settings/statuses", login: ADMIN },
  "routes/staff.settings.security": { path: "/staff/settings/security", login: "admin@tandem.example" },
  "routes/_portal.notifications": { path: "/notifications", login: OWNER },
  "routes/_portal.settings_.notifications": { path: "/settings/notifications", login: OWNER },
  "routes/staff.notifications": { path: "/staff/notifications", login: DESIGNER },
  "routes/staff.settings_.notifications": { path: "/staff/settings/notifications", login: DESIGNER },
  "routes/_public.unsubscribe.$token": { path: `/unsubscribe/${unsubscribeViewer}`, login: null },
  "routes/staff.ideas.board": { path: "/staff/ideas/board", login: DESIGNER },
  "routes/staff.roadmap._index": { path: "/staff/roadmap", login: DESIGNER },
  "routes/staff.roadmap.$ideaId": { path: `/staff/roadmap/${stifferJoint}`, login: DESIGNER },
  "routes/_public.$lang.roadmap": { path: "/en/roadmap", login: null },
  "routes/_public.offline": { path: "/offline", login: null },
  "routes/dev.ui": { path: "/dev/ui", login: null },
  "routes/$": { path: "/no-such-page", login: OWNER },
};

/** Routes that show nothing of their own: layouts, and answers that are no pages. */
export const NO_PAGES: readonly string[] = [
  "root",
  "routes/_portal",
  "routes/staff",
  "routes/_person",
  "routes/_auth",
  "routes/_auth.logout",
  // A file, and the way to the page in the reader's language.
  "routes/staff.ideas[.]csv",
  "routes/staff.surveys.$surveyId_.csv",
  "routes/api.decisions.$decisionId.pdf",
  "routes/_public.roadmap",
  "routes/api.preferences",
  "routes/api.session",
  "routes/api.collab.ticket",
  "routes/api.view",
  "routes/staff.accounts.import.$importId.left-out",
  "routes/staff.accounts.$accountId.export",
  "routes/staff.accounts.$accountId.people.$personId.export",
  "routes/api.files.$fileId",
  "routes/api.attachments._index",
  "routes/api.prototype-files._index",
  "routes/api.prototype-files.$fileId",
  "routes/api.attachments.$attachmentId",
  "routes/api.ideas.similar",
  "routes/api.ideas.$ideaId.images",
  "routes/api.ideas.$ideaId.mentions",
  // A mail server tells here which letters came back.
  "routes/api.mail.bounces",
  "routes/api.links",
  "routes/api.search",
  // Stripe tells here what moved.
  "routes/api.stripe.events",
];

/**
 * Pages that no address alone leads to, and the journey that has axe look at each: those of somebody who is signed in by
 * half, and of a guest who has come in by a mailed code.
 */
export const EXAMINED_ON_THE_WAY: Readonly<Record<string, string>> = {
  "routes/_auth.login_.second-factor": "second-factor.spec.ts",
  "routes/_auth.login_.enrol": "second-factor.spec.ts",
  "routes/guest.$token_.idea": "guests.spec.ts",
  "routes/guest.$token_.board": "guests.spec.ts",
};

/** Served beside Remix, on one machine only. */
const OUTSIDE: readonly PageOfSomebody[] = [{ route: "outside the route table", path: "/dev/mail", login: null }];

/** Every page of the route table, and those outside it. Throws when a route is neither listed as a page nor as something else. */
export function pages(): readonly PageOfSomebody[] {
  const listed = routeTable()
    .filter(({ id }) => !NO_PAGES.includes(id) && !(id in EXAMINED_ON_THE_WAY))
    .map(({ id }) => {
      const page = PAGES[id];
      if (!page)
        throw new Error(`${id} is a new route: say in tests/e2e/pages.ts who opens it, or that it is no page.`);
      return { route: id, ...page };
    });
  return [...listed, ...OUTSIDE];
}
