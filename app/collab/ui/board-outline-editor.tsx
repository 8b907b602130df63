import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Palette, Trash2 } from "lucide-react";
import {
  type FormEvent,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { SpokenLine, useSpoken } from "~/ui/spoken";
import type { BoardElement } from "../board-element";
import { addCard } from "../board-link";
import { addSticky, moveBy, type OutlineItem, outlineOf, reword, takeAway } from "../board-outline";
import type { ThingLink } from "../thing-link";
import { type BoardBinding, newId } from "./board-binding";
import { LookOfThings } from "./board-looks";
import { OutlineList } from "./board-outline-list";
import type { LiveBoardProps } from "./board-props";
import type { BriefLine, LineState } from "./brief-line";
import { LinkChooser } from "./link-chooser";
import { useLookSaid } from "./look-said";
import { useOthersDoings } from "./others-doings";
import { useLinkSaid, useSeen } from "./seen-links";

type Props = LiveBoardProps & { line: BriefLine; binding: BoardBinding; state: LineState };

/** So far a press moves a thing, in the board's own units. */
const STEP = 20;
const WAYS = [
  ["left", ArrowLeft, -STEP, 0],
  ["right", ArrowRight, STEP, 0],
  ["up", ArrowUp, 0, -STEP],
  ["down", ArrowDown, 0, STEP],
] as const;

/** So a line stands that does not reach the server. */
const NO_LINE: ReadonlySet<LineState["name"]> = new Set(["offline", "kept", "unsaved", "offlineReading"]);

/** The board as a list that a keyboard writes in, and that says what others do. */
export function BoardOutline({ line, binding, state, items: served, beside }: Props) {
  const t = useTranslations("collab.board.outline");
  const links = useTranslations("collab.board.links");
  // The list may come a moment behind the drawing, so that nobody's hand waits for it.
  const elements = useDeferredValue(useSyncExternalStore(binding.subscribe, binding.elements));
  const items = useOutline(elements);
  const [done, say] = useSpoken();
  const said = useOthersDoings(line, binding);
  const { mayEdit } = state;

  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const words = `${new FormData(form).get("sticky") ?? ""}`.trim();
    if (words === "") return;
    binding.act((board) => addSticky(board, words, newId));
    say(t("added", { says: words }));
    form.reset();
  };
  const lead = (link: ThingLink, title: string) => {
    binding.act((board) => addCard(board, link, null, newId));
    say(links("added", { title }));
  };
  const above = (
    <>
      {state.mayEdit && (
        <form onSubmit={add} className="board-add">
          <label htmlFor="sticky" className="font-medium">
            {t("new")}
          </label>
          <div className="flex flex-wrap gap-2">
            <input id="sticky" name="sticky" maxLength={2_000} autoComplete="off" className="board-field" />
            <Button type="submit">{t("add")}</Button>
          </div>
        </form>
      )}
      {state.mayEdit && <LinkChooser onChoose={lead} />}
      <SpokenLine spoken={done} />
      <SpokenLine spoken={said} />
    </>
  );
  const connected = !NO_LINE.has(state.name);
  // The same functions until something about them changes: a thing that nobody changed is not drawn anew.
  const besides = useMemo(() => beside && ((item: OutlineItem) => beside(item, connected)), [beside, connected]);
  const toolsOf = useCallback(
    (item: OutlineItem) => mayEdit && <ItemTools item={item} binding={binding} onDone={say} />,
    [binding, mayEdit, say],
  );
  if (!state.arrived) return <OutlineList items={served} above={above} beside={besides} />;
  return <OutlineList items={items} above={above} beside={besides} tools={toolsOf} />;
}

/** The things of a board as a list; what has not changed is the same object as before. */
function useOutline(elements: readonly BoardElement[]): readonly OutlineItem[] {
  const before = useRef<ReadonlyMap<string, OutlineItem>>(new Map());
  const items = useMemo(() => {
    const known = before.current;
    return outlineOf(elements).map((item) => {
      const old = known.get(item.id);
      return old && isShownSame(old, item) ? old : item;
    });
  }, [elements]);
  useEffect(() => {
    before.current = new Map(items.map((item) => [item.id, item]));
  }, [items]);
  return items;
}

const SHOWN = ["kind", "says", "inFrame", "frame"] as const;
const isShownSame = (old: OutlineItem, item: OutlineItem) =>
  SHOWN.every((field) => old[field] === item[field]) &&
  (old.look === item.look ||
    (old.look.length === item.look.length && old.look.every((word, at) => word === item.look[at])));

type ToolsProps = { item: OutlineItem; binding: BoardBinding; onDone: (said: string) => void };

/** These look as they are. */
const LOOKLESS: ReadonlySet<OutlineItem["kind"]> = new Set(["picture", "frame"]);

/** What a keyboard does to one thing. */
function ItemTools({ item, binding, onDone }: ToolsProps) {
  const t = useTranslations("collab.board.outline");
  const call = useTranslations("collab.board.page.kind");
  const looks = useTranslations("collab.board.looks");
  const said = useLookSaid();
  const [open, setOpen] = useState(false);
  const ids = useMemo(() => [item.id], [item.id]);
  const [seen, linkSaid] = [useSeen(), useLinkSaid()];
  const says = item.link ? linkSaid(item.link, seen).title : item.says;
  const name = says ? t("named", { kind: call(item.kind), says }) : call(item.kind);
  return (
    <div className="board-item-tools">
      {/* The words of a card are those of what it leads to. */}
      {!item.link && (
        <Words item={item} label={t("words", { name })} save={t("save")} binding={binding} onDone={onDone} />
      )}
      <fieldset aria-label={t("move", { name })} className="flex gap-1">
        {WAYS.map(([way, Icon, dx, dy]) => (
          <button
            key={way}
            type="button"
            className="board-tool"
            aria-label={t(way)}
            title={t(way)}
            onClick={() => {
              binding.act((board) => moveBy(board, item.id, dx, dy));
              onDone(t("moved", { name, way: t(way) }));
            }}
          >
            <Icon aria-hidden="true" />
          </button>
        ))}
        {!LOOKLESS.has(item.kind) && (
          <button
            type="button"
            className="board-tool"
            aria-label={looks("of", { name })}
            title={looks("of", { name })}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <Palette aria-hidden="true" />
          </button>
        )}
        <button
          type="button"
          className="board-tool"
          aria-label={t("remove", { name })}
          title={t("remove", { name })}
          onClick={() => {
            binding.act((board) => takeAway(board, item.id));
            onDone(t("removed", { name }));
          }}
        >
          <Trash2 aria-hidden="true" />
        </button>
      </fieldset>
      {open && (
        <LookOfThings
          label={looks("of", { name })}
          ids={ids}
          binding={binding}
          onDone={(word) => onDone(looks("set", { name, look: said(word) }))}
        />
      )}
    </div>
  );
}

type WordsProps = {
  item: OutlineItem;
  label: string;
  save: string;
  binding: BoardBinding;
  onDone: (said: string) => void;
};

/** What a thing says, in a field. What others write meanwhile shows in it until somebody types here. */
function Words({ item, label, save, binding, onDone }: WordsProps) {
  const t = useTranslations("collab.board.outline");
  const [typed, setTyped] = useState<string | null>(null);
  const id = `words-${item.id}`;
  return (
    <form
      className="flex min-w-0 flex-1 basis-40 flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === null || typed === item.says) return;
        binding.act((board) => reword(board, item.id, typed, newId));
        setTyped(null);
        onDone(t("saved", { says: typed }));
      }}
    >
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input
        id={id}
        className="board-field"
        maxLength={2_000}
        autoComplete="off"
        value={typed ?? item.says}
        onChange={({ target }) => setTyped(target.value)}
      />
      {typed !== null && typed !== item.says && <Button type="submit">{save}</Button>}
    </form>
  );
}
