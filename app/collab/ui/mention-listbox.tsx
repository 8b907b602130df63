import type { Editor } from "@tiptap/react";
import { useEffect, useId, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import type { MentionSearch } from "./mention-search";

/** The list under a name that is being typed. The keys stay with the text; it tells which person they are on. */
export function MentionListbox({ editor, search }: { editor: Editor; search: MentionSearch }) {
  const t = useTranslations("collab");
  const id = useId();
  const list = useSyncExternalStore(search.subscribe, search.state);
  const chosen = list && list.people.length > 0 ? `${id}-${list.chosen}` : null;

  useEffect(() => {
    const text = editor.view.dom;
    const names = { "aria-controls": list ? id : null, "aria-activedescendant": chosen };
    for (const [name, value] of Object.entries(names)) {
      if (value === null) text.removeAttribute(name);
      else text.setAttribute(name, value);
    }
  }, [editor, id, list, chosen]);

  if (!list) return null;
  const { place } = list;
  const under = place
    ? { left: Math.max(8, Math.min(place.left, window.innerWidth - 268)), top: place.bottom + 4 }
    : { left: 8, bottom: 8 };
  return (
    <div className="brief-mentions" style={under}>
      <div role="listbox" id={id} aria-label={t("mention.people")}>
        {list.people.map((person, at) => (
          // Chosen by keys in the text, which keeps the focus; the pointer must not take it away either.
          <div
            key={person.id}
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === list.chosen}
            className="brief-mention"
            onMouseDown={(event) => {
              event.preventDefault();
              search.choose(at);
            }}
          >
            {person.name}
          </div>
        ))}
      </div>
      <p aria-live="polite" className="px-3 text-sm text-muted">
        {list.state === "failed" ? t("mention.failed") : null}
        {list.state === "ready" && list.people.length === 0 ? t("mention.nobody") : null}
      </p>
    </div>
  );
}
