import { useEffect, useId, useState } from "react";
import { useTranslations } from "use-intl";

export type PickerProps = {
  field: HTMLTextAreaElement;
  typed: string;
  ideaId: string;
  only: "all" | "staff";
  close: () => void;
};

type Mentionable = { id: string; name: string };

/** The people whose name begins as typed. The keys stay with the text; the list says which person they are on. */
export function MentionPicker({ field, typed, ideaId, only, close }: PickerProps) {
  const t = useTranslations("ideas.mention");
  const id = useId();
  const [people, setPeople] = useState<readonly Mentionable[] | null>(null);
  const [chosen, setChosen] = useState(0);

  useEffect(() => {
    const asking = new AbortController();
    const query = new URLSearchParams({ q: typed.trim(), only });
    fetch(`/api/ideas/${ideaId}/mentions?${query}`, { signal: asking.signal })
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(
        (found: Mentionable[]) => {
          setPeople(found);
          setChosen(0);
        },
        () => undefined,
      );
    return () => asking.abort();
  }, [typed, ideaId, only]);

  const choose = (person: Mentionable) => {
    const to = field.selectionStart;
    field.setRangeText(`@${person.name} `, to - typed.length - 1, to, "end");
    // Whoever follows what is typed (draft) hears of it as of typing.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };

  useEffect(() => {
    const count = people?.length ?? 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
      else if (count === 0) return;
      else if (event.key === "ArrowDown") setChosen((at) => (at + 1) % count);
      else if (event.key === "ArrowUp") setChosen((at) => (at + count - 1) % count);
      else if (event.key === "Enter" || event.key === "Tab") {
        const person = people?.[chosen];
        if (person) choose(person);
      } else return;
      event.preventDefault();
    };
    field.addEventListener("keydown", onKey);
    field.setAttribute("aria-controls", id);
    if (count > 0) field.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    return () => {
      field.removeEventListener("keydown", onKey);
      field.removeAttribute("aria-controls");
      field.removeAttribute("aria-activedescendant");
    };
  });

  if (!people) return null;
  return (
    // With nobody to choose it lets presses through to the button that it stands over, and goes with them.
    <div
      className={`absolute z-10 mt-1 w-full max-w-80 rounded-md border border-edge bg-surface py-1 ${people.length === 0 ? "pointer-events-none" : ""}`}
    >
      <div role="listbox" id={id} aria-label={t("people")}>
        {people.map((person, at) => (
          // Chosen by keys in the text, which keeps the focus; the pointer must not take it away either.
          <div
            key={person.id}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === chosen}
            className="flex min-h-11 items-center px-3 aria-selected:bg-accent-soft aria-selected:text-accent pointer-fine:min-h-8"
            onMouseDown={(event) => {
              event.preventDefault();
              choose(person);
            }}
          >
            {person.name}
          </div>
        ))}
      </div>
      <p aria-live="polite" className="px-3 text-sm text-muted">
        {people.length === 0 ? t("nobody") : null}
      </p>
    </div>
  );
}
