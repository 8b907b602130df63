import { useHere } from "~/ui/here";
import { later } from "~/ui/later";
import type { IdeaHereProps } from "./idea-faces";

const IdeaFaces = later(() => import("./idea-faces").then((faces) => faces.IdeaFaces));

/** The faces of who else is at an idea now, drawn by a script that comes with the first of them. Nothing, when nobody is. */
export function IdeaHere(props: IdeaHereProps) {
  const here = useHere(`idea:${props.ideaId}`);
  return here.people.length > 0 ? <IdeaFaces {...props} here={here} /> : null;
}
