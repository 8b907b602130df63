/**
 * What becomes of a pin when a new version comes. `carried`: it stands where it stood. `moved`: what it stood on has changed
 * or lies elsewhere, and staff look at both versions before it counts. `orphaned`: what it stood on is gone; the pin is
 * listed and stands nowhere, since on anything else it would say something that nobody said.
 */
export type Carried<Place> =
  | { readonly kind: "carried" | "moved"; readonly place: Place }
  | { readonly kind: "orphaned" };

export const ORPHANED = { kind: "orphaned" } as const;
