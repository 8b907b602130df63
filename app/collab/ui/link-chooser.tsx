import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { linkFrom } from "../board-link";
import { keyOf, type ThingLink } from "../thing-link";

type Found = { link: ThingLink; title: string; detail: string | null };
type Answer = { groups: { hits: { title: string; detail: string | null; to: string }[] }[] };

/** Things that cards can lead to, by words or by an address of ours. Throws without a connection. */
async function find(typed: string): Promise<Found[]> {
  const { origin } = window.location;
  const pasted = linkFrom(typed, origin);
  if (pasted) return [{ link: pasted, title: typed.trim(), detail: null }];
  const answer = await fetch(`/api/search?q=${encodeURIComponent(typed)}`);
  if (!answer.ok) throw new Error(answer.statusText);
  const { groups } = (await answer.json()) as Answer;
  const found = groups
    .flatMap(({ hits }) => hits)
    .flatMap(({ title, detail, to }): Found[] => {
      // What is said about an idea is found, too, and leads to a place on its page.
      const link = to.includes("#") ? null : linkFrom(to, origin);
      return link ? [{ link, title, detail }] : [];
    });
  return [...new Map(found.map((one) => [keyOf(one.link), one])).values()];
}

type Props = { onChoose: (link: ThingLink, title: string) => void };

/** Finds what a card is to lead to, and says which. */
export function LinkChooser({ onChoose }: Props) {
  const t = useTranslations("collab.board.links");
  const id = useId();
  const [found, setFound] = useState<readonly Found[] | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState(false);
  const look = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = `${new FormData(event.currentTarget).get("q") ?? ""}`.trim();
    if (typed === "") return;
    setFailed(false);
    find(typed).then(setFound, () => {
      setFound(null);
      setFailed(true);
    });
  };
  return (
    <div className="board-add">
      <form onSubmit={look} className="board-add">
        <label htmlFor={id} className="font-medium">
          {t("new")}
        </label>
        <div className="flex flex-wrap gap-2">
          <input ref={field} id={id} name="q" maxLength={2_000} autoComplete="off" className="board-field" />
          <Button type="submit" look="quiet">
            {t("find")}
          </Button>
        </div>
      </form>
      <p role="status" className="text-sm text-muted">
        {failed ? t("failed") : found && t("found", { count: found.length })}
      </p>
      {found && found.length > 0 && (
        <ul className="flex flex-col gap-1">
          {found.map(({ link, title, detail }) => (
            <li key={keyOf(link)}>
              <button
                type="button"
                className="link min-h-8 text-start wrap-anywhere"
                onClick={() => {
                  setFound(null);
                  if (field.current) field.current.value = "";
                  // The button goes; whoever pressed it by keyboard stays here.
                  field.current?.focus();
                  onChoose(link, title);
                }}
              >
                {t("put", { title })}
              </button>
              {detail && <span className="text-sm text-muted"> {detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
