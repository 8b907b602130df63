import { type ComponentType, type ReactNode, startTransition, useEffect, useState } from "react";
import { IntlProvider, useTranslations } from "use-intl";
import { LOCALE_TAGS } from "~/kernel/locale";
import { useOnlyReading } from "~/ui/reading";
import { loadEditorWords, loadedWords, pageLocale } from "~/words";
import { OutlineList } from "./board-outline-list";
import type { LiveBoardProps } from "./board-props";
import "./board.css";

// Its sentences stand on the page before anything is drawn; the server has them.
if (typeof document !== "undefined") await loadEditorWords(pageLocale());

/**
 * A board: the server's list at once, and the live drawing with its list as soon as their scripts are here. Whoever only
 * looks keeps the list: no line is theirs.
 */
export function LiveBoard(props: LiveBoardProps): ReactNode {
  return useOnlyReading() ? <Served {...props} /> : <Live {...props} />;
}

/** The list as the server sent it. */
function Served({ items, beside }: LiveBoardProps) {
  return <OutlineList items={items} beside={beside && ((item) => beside(item, true))} />;
}

function Live(props: LiveBoardProps): ReactNode {
  const t = useTranslations("collab.board.page");
  const [Editor, setEditor] = useState<ComponentType<LiveBoardProps> | null>(null);
  useEffect(() => {
    let left = false;
    import("./board-editor").then(
      (module) => left || startTransition(() => setEditor(() => module.default)),
      () => undefined, // The list that the server sent stays; the next visit tries again.
    );
    return () => {
      left = true;
    };
  }, []);
  if (Editor) {
    return (
      <IntlProvider locale={LOCALE_TAGS[pageLocale()]} messages={loadedWords(pageLocale())}>
        <Editor key={props.room} {...props} />
      </IntlProvider>
    );
  }
  return (
    <>
      <div className="board-head" />
      <div className="board-frame board-waiting">
        <p>{t("waiting")}</p>
      </div>
      <Served {...props} />
    </>
  );
}
