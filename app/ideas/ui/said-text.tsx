import { createElement } from "react";
import { partsOf, type Said } from "../idea-page";

/** What somebody said, with the people in it by their names. */
export function SaidText({ said }: { said: Pick<Said, "body" | "mentions"> }) {
  // A text has no keys: its parts are children like any others.
  const parts = partsOf(said.body, said.mentions).map(({ text, person }) =>
    person ? createElement("span", { className: "font-medium text-accent" }, text) : text,
  );
  return createElement("p", { className: "mt-1 whitespace-pre-wrap" }, ...parts);
}
