import { GripVertical } from "lucide-react";
import type { ReactNode } from "react";
import { Button, GridList, GridListItem, isTextDropItem, useDragAndDrop } from "react-aria-components";
import { useTranslations } from "use-intl";
import type { Card } from "../idea-list";

export type CardsProps = {
  /** The name of the column. */
  label: string;
  rows: readonly Card[];
  /** What stands where no card does. */
  empty: string;
  draw: (card: Card) => ReactNode;
  onDrop: (card: Card) => void;
};

const KIND = "application/x-tandem-idea";

/**
 * The cards of a column to take along by mouse, or by keyboard: Enter on a card's handle, Tab to another column, Enter. On a
 * touch screen a finger scrolls, and a long press drags only where the browser itself makes a drag of it; each card's
 * “Move” is for everybody. Loaded after the page, which moves cards by forms until then.
 */
export function DraggableCards({ label, rows, empty, draw, onDrop }: CardsProps) {
  const t = useTranslations("ideas.board");
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].map((key) => ({
        // The whole card: the column it is dropped on does not know it.
        [KIND]: JSON.stringify(rows.find(({ id }) => id === key) ?? null),
        "text/plain": rows.find(({ id }) => id === key)?.title ?? "",
      })),
    acceptedDragTypes: [KIND],
    getDropOperation: (_target, types) => (types.has(KIND) ? "move" : "cancel"),
    onRootDrop: async ({ items }) => {
      for (const item of items) {
        const card = isTextDropItem(item) ? cardIn(await item.getText(KIND)) : null;
        if (card) onDrop(card);
      }
    },
  });
  return (
    <GridList
      aria-label={label}
      items={rows}
      dependencies={[draw]}
      keyboardNavigationBehavior="tab"
      dragAndDropHooks={dragAndDropHooks}
      renderEmptyState={() => <p className="px-1 py-6 text-center text-sm text-muted">{empty}</p>}
      className="flex min-h-20 grow flex-col gap-2 rounded-md data-[drop-target]:bg-accent-soft data-[drop-target]:outline-2 data-[drop-target]:outline-accent"
    >
      {(card) => (
        <GridListItem
          textValue={card.title}
          className="flex items-start gap-1 rounded-md border border-line bg-surface py-2 pr-3 pl-1 data-[dragging]:opacity-50"
        >
          <Button
            slot="drag"
            aria-label={t("handle", { title: card.title })}
            className="flex h-8 w-6 shrink-0 cursor-grab items-center justify-center rounded-sm text-edge hover:text-ink"
          >
            <GripVertical className="size-4" aria-hidden="true" />
          </Button>
          {draw(card)}
        </GridListItem>
      )}
    </GridList>
  );
}

/** What was taken along, if it is a card: another page may have written it. */
function cardIn(text: string): Card | null {
  try {
    const card: Card | null = JSON.parse(text);
    return typeof card?.id === "string" && typeof card.title === "string" && Number.isInteger(card.revision)
      ? card
      : null;
  } catch {
    return null;
  }
}
