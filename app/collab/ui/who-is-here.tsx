import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { initials } from "~/ui/avatar";
import type { Present } from "./brief-line";

const MOST_FACES = 5;

type Props = {
  me: string;
  others: readonly Present[];
  /** Whose view one sees. Left out, with `onFollow`: nobody can be followed here. */
  followed?: string | null;
  onFollow?: (personId: string | null) => void;
};

/** The faces of who is here now; pressed, one is followed. Comings and goings are said politely to who cannot see them. */
export function WhoIsHere({ me, others, followed, onFollow }: Props) {
  const t = useTranslations("collab");
  const said = useComings(others);
  const more = others.length - MOST_FACES;
  return (
    <>
      <ul className={onFollow ? "brief-faces brief-faces-apart" : "brief-faces"} aria-label={t("who.here")}>
        <li>
          <span className="brief-face" title={t("who.you", { name: me })} aria-hidden="true">
            {initials(me)}
          </span>
          <span className="sr-only">{t("who.you", { name: me })}</span>
        </li>
        {others.slice(0, MOST_FACES).map(({ personId, name, color }) => (
          <li key={personId}>
            {onFollow ? (
              <button
                type="button"
                className="brief-face"
                title={t("who.follow", { name })}
                aria-label={t("who.follow", { name })}
                aria-pressed={followed === personId}
                style={{ background: color, color: "white" }}
                onClick={() => onFollow(followed === personId ? null : personId)}
              >
                {initials(name)}
              </button>
            ) : (
              <>
                <span
                  className="brief-face"
                  title={name}
                  aria-hidden="true"
                  style={{ background: color, color: "white" }}
                >
                  {initials(name)}
                </span>
                <span className="sr-only">{name}</span>
              </>
            )}
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
