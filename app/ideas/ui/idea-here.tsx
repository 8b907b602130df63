import { useHere } from "~/ui/here";
import { later } from "~/ui/later";
import type { AtIdea } from "../idea-here";

const IdeaFaces = later(() => import("./idea-faces").then((faces) => faces.IdeaFaces));

export type IdeaHereProps = {
  ideaId: string;
  /** Only who is at this part; left out: wherever they are. */
  at?: AtIdea;
  /** Nobody who is at this part alone: their faces stand there already. */
  except?: AtIdea;
  /** Says the names beside the faces, where there is room. */
  named?: boolean;
  className?: string;
};

/** The faces of who else is at an idea now, drawn by a script that comes with the first of them. Nothing, when nobody is. */
export function IdeaHere(props: IdeaHereProps) {
  const here = useHere(`idea:${props.ideaId}`);
  return here.people.length > 0 ? <IdeaFaces {...props} here={here} /> : null;
}
