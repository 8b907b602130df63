import { useLocale, useTranslations } from "use-intl";
import { personColour } from "~/collab/person-colour";
import type { Here } from "~/kernel/here";
import { initials } from "~/ui/avatar";
import { type AtIdea, facesOf } from "../idea-here";

/** So many faces stand for themselves; the rest is a number. */
const FACES = 3;

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

/** The faces themselves. In: who is there. */
export function IdeaFaces({ here, at, except, named = false, className = "" }: IdeaHereProps & { here: Here }) {
  const t = useTranslations("ideas.here");
  const locale = useLocale();
  const faces = facesOf(here.people, { at, except });
  if (faces.length === 0) return null;
  // Who is not named may be at any of its parts.
  const more = at || except ? 0 : here.more;
  const left = faces.length - FACES + more;
  const names = faces.map(({ name, where }) => (where && where !== at ? t(where, { name }) : name));
  const list = new Intl.ListFormat(locale, { type: more > 0 ? "unit" : "conjunction" }).format(names);
  const said = t(more > 0 ? "nowMore" : "now", { people: list, count: more });
  return (
    <span
      className={`flex min-w-0 items-center ${className}`}
      {...(!named && { role: "img", "aria-label": said })}
      title={said}
    >
      {faces.slice(0, FACES).map(({ id, name }) => (
        <span
          key={id}
          aria-hidden="true"
          className="-ml-1 inline-flex size-6 shrink-0 items-center justify-center rounded-full border border-surface text-[10px] font-semibold first:ml-0"
          style={{ background: personColour(id), color: "white" }}
        >
          {initials(name)}
        </span>
      ))}
      {left > 0 && (
        <span aria-hidden="true" className="ml-1 text-sm text-muted tabular">
          +{left}
        </span>
      )}
      {named && <span className="ml-2 truncate text-sm text-muted max-sm:sr-only">{said}</span>}
    </span>
  );
}
