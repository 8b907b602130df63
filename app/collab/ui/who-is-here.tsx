import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { initials } from "~/ui/avatar";
import type { Present } from "./brief-line";

const MOST_FACES = 5;

/** The faces of who looks at the brief now. Comings and goings are said politely to who cannot see them. */
export function WhoIsHere({ me, others }: { me: string; others: readonly Present[] }) {
  const t = useTranslations("collab");
  const said = useComings(others);
  const more = others.length - MOST_FACES;
  return (
    <>
      <ul className="brief-faces" aria-label={t("who.here")}>
        <li>
          <span className="brief-face" title={t("who.you", { name: me })} aria-hidden="true">
            {initials(me)}
          </span>
          <span className="sr-only">{t("who.you", { name: me })}</span>
        </li>
        {others.slice(0, MOST_FACES).map(({ personId, name, color }) => (
          <li key={personId}>
            <span className="brief-face" title={name} aria-hidden="true" style={{ background: color, color: "white" }}>
              {initials(name)}
            </span>
            <span className="sr-only">{name}</span>
          </li>
        ))}
        {more > 0 ? <li className="text-sm text-muted">{t("who.more", { count: more })}</li> : null}
      </ul>
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
    </>
  );
}

function useComings(others: readonly Present[]): string {
  const t = useTranslations("collab");
  const before = useRef<readonly Present[] | null>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const known = before.current;
    before.current = others;
    if (!known) return;
    const missing = (from: readonly Present[], among: readonly Present[]) =>
      from.filter(({ personId }) => !among.some((person) => person.personId === personId));
    const sentences = [
      ...missing(others, known).map(({ name }) => t("who.joined", { name })),
      ...missing(known, others).map(({ name }) => t("who.left", { name })),
    ];
    if (sentences.length > 0) setSaid(sentences.join(" "));
  }, [others, t]);
  return said;
}
