import {
  demoDecisions,
  demoPrototype,
  demoSurveys,
  metisApprover,
  metisIdeas,
  stifferJoint,
  stifferJointVersion,
} from "../personas";
import { type Door, ofClients, portalObject, portalPage } from "./doors-expected";

/** The doors of the portal, for customers. */
export const portalDoors: Record<string, Door> = {
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
  "routes/_portal.decisions._index": { path: "/decisions", wrongSide: ofClients, loader: portalPage },
  "routes/_portal.decisions.$decisionId": {
    path: `/decisions/${demoDecisions.draft}`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "agree", revision: "1" } },
  },
  "routes/_portal.prototypes._index": { path: "/prototypes", wrongSide: ofClients, loader: portalPage },
  "routes/_portal.prototypes.$prototypeId": {
    path: `/prototypes/${demoPrototype.id}`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "verdict", stage: demoPrototype.id, verdict: "approve" } },
  },
  "routes/_portal.surveys._index": { path: "/surveys", wrongSide: ofClients, loader: portalPage },
  "routes/_portal.surveys.$surveyId": {
    path: `/surveys/${demoSurveys.own}`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "meter", tooCheap: "1", cheap: "2", expensive: "3", tooExpensive: "4" } },
  },
  "routes/_portal.ideas.$ideaId_.decide": {
    path: `/ideas/${stifferJoint}/decide`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "make", title: "X", reason: "X" } },
  },
  "routes/_portal.ideas.$ideaId_.board": {
    path: `/ideas/${stifferJoint}/board`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "begin-vote", question: "X", dots: "3" } },
  },
  "routes/_portal.ideas.$ideaId_.versions._index": {
    path: `/ideas/${stifferJoint}/versions`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "keep", name: "X" } },
  },
  "routes/_portal.ideas.$ideaId_.versions.$versionId": {
    path: `/ideas/${stifferJoint}/versions/${stifferJointVersion}`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { form: "restore" } },
  },
  "routes/_portal.ideas.$ideaId_.guests": {
    path: `/ideas/${stifferJoint}/guests`,
    wrongSide: ofClients,
    loader: portalObject,
    action: { ...portalObject, form: { intent: "invite", email: "x@brix.example", name: "X" } },
  },
};
