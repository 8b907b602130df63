/**
 * Who may import whom. A module may use the modules listed beside it, the kernel and ui; nothing else.
 * Every name points to one written above it, so there are no cycles to untangle.
 * tests/architecture/import-rules.test.ts plants a violation of each rule and expects to read its name.
 */
const USES = {
  accounts: [],
  thread: ["accounts"],
  catalog: ["accounts", "thread"],
  collab: ["accounts"],
  obligations: ["accounts", "thread"],
  payments: ["accounts"],
  "price-research": ["accounts", "ideas"],
  ideas: ["accounts", "thread", "catalog", "collab"],
  decisions: ["accounts", "thread", "collab", "ideas"],
  prototypes: ["accounts", "thread", "catalog", "collab", "ideas", "decisions"],
  offers: ["accounts", "thread", "catalog", "prototypes", "payments", "price-research"],
  orders: ["accounts", "thread", "catalog", "obligations", "offers", "payments"],
  tickets: ["accounts", "thread", "catalog", "collab", "obligations", "orders"],
  activity: ["accounts", "thread"],
  notifications: ["accounts", "thread"],
};
const modules = Object.keys(USES);
const inside = (names) => `^app/(${names.join("|")})/`;
const never = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const values = { dependencyTypesNot: ["type-only"] };
const TEST = "\\.test\\.tsx?$";

module.exports = {
  forbidden: [
    ...modules.map((name) =>
      never(
        `${name}-uses`,
        `${name} may use ${[...USES[name], "kernel", "ui"].join(", ")}. To widen this, edit USES and say why in docs/decisions.`,
        { path: inside([name]), pathNot: TEST },
        { path: "^app/[^/]+/", pathNot: inside([name, ...USES[name], "kernel", "ui"]) },
      ),
    ),
    never(
      "module-privates",
      "Another module's SQL, jobs and emails are reached through its <plural>.server.ts.",
      { path: "^app/([^/]+)/" },
      { path: "^app/[^/]+/(.+\\.(queries|jobs)\\.server\\.ts$|emails/)", pathNot: "^app/$1/" },
    ),
    never(
      "server-uses-doors",
      "The server wires doors together; only the worker also knows jobs, and nothing there knows a module's SQL.",
      { path: "^server/", pathNot: TEST },
      { path: "^app/[^/]+/.+\\.queries\\.server\\.ts$" },
    ),
    never(
      "jobs-run-in-the-worker",
      "Jobs are handed to the worker; whoever needs one done enqueues it. Live editing asks for a room's first words.",
      { path: "^server/", pathNot: ["^server/(worker|collab)\\.ts$", TEST] },
      { path: "^app/[^/]+/.+\\.jobs\\.server\\.ts$" },
    ),
    never(
      "app-knows-no-server",
      "The pages are handed what they need through the load context; they do not reach into the server.",
      { path: "^app/", pathNot: TEST },
      { path: "^server/" },
    ),
    never(
      "thin-routes",
      "A route calls a module; it never sees SQL, a transaction or Stripe.",
      { path: "^app/routes/" },
      {
        path: [
          "\\.queries\\.server",
          "^app/kernel/(db|actor-tx|system-tx)\\.server",
          "node_modules/(kysely|pg|stripe)/",
        ],
      },
    ),
    never(
      "staff-screens",
      "Clients never download staff screens.",
      { path: "^app/routes/_portal\\." },
      { path: "/ui/staff-" },
    ),
    never(
      "pure-rules",
      "<noun>.ts holds rules: no React, SQL, schema, words, clock or request. A board's are said in maps of Yjs and fractional indices, those of prices in matrices and seeded draws.",
      { path: "^app/(?!kernel|ui|routes)[^/]+/[a-z-]+\\.ts$" },
      {
        path: [
          "\\.server\\.ts$",
          "/ui/",
          "/words/",
          "\\.schema\\.ts$",
          "^app/kernel/(clock|http|form)\\.ts$",
          "node_modules/(?!yjs/|fractional-indexing/|ml-matrix/|pure-rand/)",
        ],
        ...values,
      },
    ),
    never(
      "light-browser",
      "Screens carry neither server code nor zod.",
      { path: "/ui/", pathNot: TEST },
      { path: ["\\.server\\.tsx?$", "\\.schema\\.ts$", "node_modules/zod/"], ...values },
    ),
    never(
      "innocent-kernel",
      "The kernel knows no domain.",
      { path: "^app/kernel/", pathNot: TEST },
      { path: "^app/(?!kernel/)" },
    ),
    never(
      "innocent-ui",
      "The design system knows no domain words.",
      { path: "^app/ui/", pathNot: TEST },
      { path: "^app/[^/]+/", pathNot: "^app/(ui|kernel)/" },
    ),
    never(
      "words-of-ones-own",
      "A sentence belongs to its module: screens ask for it by key, and app/words.ts gathers them.",
      { path: "^app/([^/]+)/", pathNot: TEST },
      { path: "^app/[^/]+/words/", pathNot: "^app/$1/", ...values },
    ),
    never(
      "one-door-to-sql",
      "Kysely is spoken in *.queries.server.ts and the kernel.",
      {
        path: "^(app|server)/",
        pathNot: [
          "\\.queries\\.server\\.ts$",
          "^app/kernel/",
          "^server/local/",
          "^server/(migrate|database|seed-large|worker)\\.ts$",
          TEST,
        ],
      },
      { path: "node_modules/(kysely|pg)/", ...values },
    ),
    never(
      "one-door-past-rls",
      "Only jobs, the webhooks of Stripe and of mail servers, and the doors of sign-in, invitation and guests act as the system, each with a named reason.",
      {
        pathNot: [
          "\\.jobs\\.server\\.ts$",
          "^app/payments/",
          "^app/notifications/mail-bounces\\.server\\.ts$",
          "^app/accounts/(session|acceptance|second-factor|guest-door)\\.server\\.ts$",
          "^app/kernel/",
          "^tests/",
          TEST,
        ],
      },
      { path: "kernel/system-tx\\.server", ...values },
    ),
    never(
      "one-door-to-supabase",
      "Supabase is spoken in accounts; what stands in for it lives in server/local.",
      { path: "^(app|server)/", pathNot: ["^app/accounts/supabase\\.server\\.ts$", "^server/local/", TEST] },
      { path: "node_modules/@supabase/", ...values },
    ),
    never(
      "one-door-to-stripe",
      "Stripe is spoken in payments; what stands in for it on one machine knows its types.",
      { pathNot: ["^app/payments/", "^server/local/stripe/"] },
      { path: "node_modules/stripe/" },
    ),
    never(
      "one-door-to-mail",
      "Nothing sends mail but what empties the outbox.",
      { pathNot: ["^server/local/mail", TEST] },
      { path: "node_modules/nodemailer/" },
    ),
    never(
      "light-portal",
      "The editor loads where it is first used: only its own lazily loaded file knows it.",
      { path: "^app/", pathNot: ["^app/collab/", TEST] },
      { path: "node_modules/(@tiptap|yjs|y-protocols|y-websocket|y-indexeddb)/" },
    ),
    never(
      "routes-are-leaves",
      "Nothing imports a route.",
      { path: "^(app|server)/", pathNot: TEST },
      { path: "^app/routes/" },
    ),
    never(
      "no-junk-drawers",
      "No app/utils, lib, helpers or shared: give it to a module, the kernel or ui.",
      {},
      { path: "^app/[^/]+/", pathNot: inside([...modules, "kernel", "ui", "routes"]) },
    ),
    never("no-cycles", "Cycles hide who owns what.", {}, { circular: true }),
    never(
      "nothing-unresolved",
      "An import that leads nowhere fails at the first click.",
      // What live editing is measured against brings packages of its own, installed by its benchmark.
      { path: "^(app|server|tests|bench)/", pathNot: "^bench/rivals/" },
      { couldNotResolve: true, pathNot: "/build/" },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.data|node_modules/\\.cache)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "production", "default", "types"],
    },
  },
};
