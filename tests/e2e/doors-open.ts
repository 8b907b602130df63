import { demoDecisions, guestTokens, metisIdeas, stifferJoint, unsubscribeViewer } from "../personas";
import { type Door, everybody, ofClients, ofStaff, onlyNobody, ownData, ownPage, toRoadmap } from "./doors-expected";

/** The doors of nobody in particular: signing in, guests, one's own settings, and what pages fetch. */
export const openDoors: Record<string, Door> = {
  // The link itself is the proof, whoever opens it.
  "routes/_public.unsubscribe.$token": {
    path: `/unsubscribe/${unsubscribeViewer}`,
    wrongSide: ofClients,
    loader: everybody,
    action: { ...everybody, form: { "List-Unsubscribe": "One-Click" } },
  },
  // It leads everybody to the page in their language, signed in or not.
  "routes/_public.roadmap": { path: "/roadmap", wrongSide: ofClients, loader: toRoadmap },
  "routes/_public.$lang.roadmap": { path: "/en/roadmap", wrongSide: ofClients, loader: everybody },
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
  "routes/guest.$token_.board": {
    path: `/guest/${guestTokens.expired}/board`,
    wrongSide: ofClients,
    loader: { nobody: "not there", stranger: "not there", wrongSide: "not there" },
    action: {
      nobody: "not there",
      stranger: "not there",
      wrongSide: "not there",
      form: { form: "thing", element: "e1", comment: "X" },
    },
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
  "routes/api.decisions.$decisionId.pdf": {
    path: `/api/decisions/${demoDecisions.agreed}/pdf`,
    wrongSide: ofClients,
    loader: { nobody: "sign in", stranger: "not there", wrongSide: "page" },
    data: { nobody: "sign in first", stranger: "not there", wrongSide: "page" },
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
  "routes/api.prototype-files._index": {
    path: "/api/prototype-files",
    wrongSide: ofStaff,
    loader: { nobody: "sign in", stranger: "not there", wrongSide: "not there" },
    data: { nobody: "sign in first", stranger: "not there", wrongSide: "not there" },
    action: { nobody: "sign in first", stranger: "not there", wrongSide: "not there", form: { size: "0" } },
  },
  "routes/api.prototype-files.$fileId": {
    path: "/api/prototype-files/0f000000-0000-4000-8000-000000000001",
    wrongSide: ofStaff,
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
  // Only what Stripe signed comes in.
  "routes/api.stripe.events": {
    path: "/api/stripe/events",
    wrongSide: ofClients,
    action: { nobody: "refused", stranger: "refused", wrongSide: "refused", form: {} },
  },
  "routes/api.links": {
    path: `/api/links?of=idea:${metisIdeas.in_work}`,
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
