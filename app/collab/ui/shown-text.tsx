import { type CSSProperties, createContext, type ReactNode, useContext } from "react";
import { personColour } from "../person-colour";
import type { RichNode } from "../rich-text";
import type { Shown } from "../text-shown";

type Person = { id: string; name: string };

const People = createContext<readonly Person[]>([]);

/** Around a text whose words carry who wrote them: those, in the order by which the words name them. */
export function WrittenBy({ people, children }: { people: readonly Person[]; children: ReactNode }) {
  return <People.Provider value={people}>{children}</People.Provider>;
}

/** A person's colour as what versions.css draws with. */
export const colourOf = (personId: string) => ({ "--person": personColour(personId) }) as CSSProperties;

/** A part of a text with what it is shown with: that it came or went, or who wrote it. */
export function Marking({ node, children }: { node: RichNode; children: ReactNode }) {
  const people = useContext(People);
  const { change, by }: Shown = node as Shown;
  if (change === "added") return <ins className="text-added">{children}</ins>;
  if (change === "removed") return <del className="text-removed">{children}</del>;
  const person = by === undefined ? undefined : people[by];
  if (!person) return children;
  return (
    <span className="text-by" style={colourOf(person.id)} title={person.name}>
      {children}
    </span>
  );
}
