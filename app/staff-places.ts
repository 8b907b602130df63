/** Where the palette leads staff besides their navigation: apart, for a customer's browser is sent nothing of it. */
export const staffFurther = [
  { to: "/staff/ideas/board", label: "ideas.board.title" },
  { to: "/staff/surveys", label: "priceResearch.list.title" },
  { to: "/staff/prototypes/new", label: "prototypes.making.title" },
  { to: "/staff/roadmap", label: "ideas.roadmap.staffTitle" },
  { to: "/staff/settings/statuses", label: "ideas.statuses.title" },
  { to: "/staff/accounts/new", label: "staffAccounts.form.newTitle", may: "manage" },
  { to: "/staff/accounts/import", label: "staffAccounts.import.title", may: "manage" },
  { to: "/staff/accounts/fields", label: "staffAccounts.fields.title" },
  { to: "/staff/people/invite", label: "accounts.invite.staffTitle", may: "administer" },
  { to: "/staff/absences", label: "accounts.staffPlaces.absences" },
  { to: "/staff/notifications", label: "notifications.page.title" },
  { to: "/staff/settings/notifications", label: "notifications.settings.title" },
  { to: "/settings", label: "accounts.settings.title" },
  { to: "/staff/settings/second-factor", label: "accounts.secondFactor.title" },
  { to: "/staff/settings/security", label: "staffAccounts.security.title", may: "administer" },
  { to: "/roadmap", label: "ideas.roadmap.title" },
] as const;
