import { designer, ideaId } from "../../personas";
import { by, type Cases } from "./case";

/** Who may do what, by hand from the product's rules; the groups are explained in rls-matrix.db.test.ts. */
export const whoMay = `
  public.idea_views         | staff        | writers | designer | designer
  public.idea_view_defaults | designer     | staff   | designer | designer
  public.roadmap_entries    | staff system | shapers | shapers  | shapers
`;

/** Columns that people may write, by role and command; the test is in catalogue.db.test.ts. */
export const writable = `
  portal_staff INSERT idea_views: name person_id query shared
  portal_staff UPDATE idea_views: name query shared
  portal_staff INSERT idea_view_defaults: person_id view_id
  portal_staff UPDATE idea_view_defaults: view_id
  portal_staff INSERT roadmap_entries: created_by idea_id published_at texts titles
  portal_staff UPDATE roadmap_entries: published_at texts titles
`;

/** Definer functions look past row level security: who may call which. */
export const definers = `
  revalue_ideas:
  value_support:
  value_merge:
  value_account:
  search_idea_list: authenticated
  public_roadmap: portal_guest
`;

/** A view of the designer that all staff see. */
const VIEW = "0f000000-0000-4000-8000-0000000000e1";

export const cases: Cases = {
  "public.idea_views": {
    key: "id",
    where: `id = '${VIEW}'`,
    insert: (person) => `insert into public.idea_views (person_id, name, query) values ('${by(person)}', 'X', '')`,
  },
  "public.idea_view_defaults": {
    key: "person_id",
    where: `person_id = '${designer.personId}'`,
    insert: (person) =>
      `insert into public.idea_view_defaults (person_id, view_id) values ('${by(person)}', '${VIEW}')
       on conflict (person_id) do update set view_id = excluded.view_id`,
  },
  // One that nobody reads yet: what is published is not thrown away (roadmap.db.test.ts).
  "public.roadmap_entries": {
    key: "idea_id",
    where: `idea_id = '${ideaId(26)}'`,
    insert: (person) =>
      `insert into public.roadmap_entries (idea_id, titles, created_by)
       values ('${ideaId(36)}', '{"en": "X"}', '${by(person)}')`,
  },
};

/** What the demo data lacks: `insert into …`. */
export const rows: readonly string[] = [
  `idea_views (id, person_id, name, query, shared) values ('${VIEW}', '${designer.personId}', 'V', '', true)`,
  `idea_view_defaults (person_id, view_id) values ('${designer.personId}', '${VIEW}')`,
];
