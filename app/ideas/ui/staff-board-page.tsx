import { useFetcher } from "@remix-run/react";
import { List } from "lucide-react";
import { type ComponentType, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Button, LinkButton } from "~/ui/button";
import { Link } from "~/ui/link";
import { useStretches } from "~/ui/load-more";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { type BoardColumn, type Card, COUNTED_TO, listAddress, type StaffFacets, type StaffFilter } from "../idea-list";
import type { MoveRefused } from "../idea-page";
import { movesFrom } from "../idea-status";
import { IdeaHere } from "./idea-here";
import type { CardsProps } from "./staff-board-cards";
import { StaffFilterForm, staffAddress } from "./staff-filter";
import { Refusal } from "./staff-move-form";
import { StatusBadge, useStatuses, useStatusName } from "./status";

const PATH = "/staff/ideas/board";

/** What a move was answered; `lost`: we could not be reached. */
export type BoardAnswer = { ok: true } | { ok: false; refused: MoveRefused } | { ok: false; lost: true };

/** A card on its way to another column. */
type Move = { card: Card; to: string };

type Props = {
  columns: readonly BoardColumn[];
  facets: Pick<StaffFacets, "owners" | "tags" | "products">;
  filter: StaffFilter;
  /** The status that alone is shown. */
  only: string | null;
  /** The card whose form to move it is open. */
  moving: string | null;
  mayMove: boolean;
  answer: BoardAnswer | undefined;
};

/** Ideas by status, for staff: cards go from column to column by mouse and keyboard, or by a form. */
export function StaffBoardPage({ columns, facets, filter, only, moving, mayMove, answer }: Props) {
  const t = useTranslations("ideas");
  const nameOf = useStatusName();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [said, setSaid] = useState<{ title: string; to: string; answer: BoardAnswer } | null>(null);
  const [Cards, setCards] = useState<ComponentType<CardsProps> | null>(null);

  useEffect(() => {
    // Where it cannot be loaded, the forms move cards just as well.
    if (mayMove)
      import("./staff-board-cards").then(
        (loaded) => setCards(() => loaded.DraggableCards),
        () => {},
      );
  }, [mayMove]);

  function begin(card: Card, to: string) {
    if (card.status === to || moves.some((move) => move.card.id === card.id)) return;
    setSaid(null);
    setMoves((all) => [...all, { card, to }]);
  }
  function end({ card, to }: Move, got: BoardAnswer) {
    setMoves((all) => all.filter((move) => move.card.id !== card.id));
    setSaid({ title: card.title, to, answer: got });
  }
  const told = said ?? (answer && !answer.ok ? { title: "", to: "", answer } : null);
  return (
    <>
      <PageHeader title={t("board.title")} lead={mayMove ? t("board.lead") : undefined}>
        <LinkButton to={staffAddress({ ...filter, columns: null })} prefetch="intent">
          <List className="size-4" aria-hidden="true" />
          {t("lists.list")}
        </LinkButton>
      </PageHeader>
      <StaffFilterForm filter={filter} facets={facets} path={PATH} board />
      {only && (
        <p className="mb-3 text-muted">
          {t("board.onlyColumn", { status: nameOf(only) })}{" "}
          <Link to={staffAddress({ ...filter, status: null, columns: null }, PATH)} className="link">
            {t("board.allColumns")}
          </Link>
        </p>
      )}
      {told && <Told {...told} />}
      {moves.map((move) => (
        <Mover key={move.card.id} move={move} onEnd={end} />
      ))}
      <div className="-mx-4 flex snap-x gap-3 overflow-x-auto px-4 pb-4 sm:mx-0 sm:px-0">
        {columns.map((column) => (
          <Column
            key={column.status}
            column={column}
            filter={filter}
            moves={moves}
            moving={moving}
            mayMove={mayMove}
            Cards={Cards}
            onDrop={(card) => begin(card, column.status)}
          />
        ))}
      </div>
      <Link to="/staff/settings/statuses" className="link inline-flex min-h-8 items-center">
        {t("board.columns")}
      </Link>
    </>
  );
}

/** Sends one move, and tells what it was answered when the page has come again. */
function Mover({ move, onEnd }: { move: Move; onEnd: (move: Move, answer: BoardAnswer) => void }) {
  const fetcher = useFetcher<BoardAnswer>();
  const [sent, setSent] = useState(false);
  useEffect(() => {
    if (!sent) {
      setSent(true);
      const { id, revision } = move.card;
      fetcher.submit({ form: "move", id, to: move.to, revision: String(revision) }, { method: "post", action: PATH });
    } else if (fetcher.state === "idle" && fetcher.data) onEnd(move, fetcher.data);
  });
  return null;
}

function Told({ title, to, answer }: { title: string; to: string; answer: BoardAnswer }) {
  const t = useTranslations("ideas.board");
  const nameOf = useStatusName();
  return (
    <div className="mb-3">
      <Notice tone={answer.ok ? "success" : "danger"}>
        {answer.ok && t("moved", { title, status: nameOf(to) })}
        {!answer.ok && ("lost" in answer ? t("lost", { title }) : <Refusal refused={answer.refused} />)}
      </Notice>
    </div>
  );
}

type ColumnProps = {
  column: BoardColumn;
  filter: StaffFilter;
  moves: readonly Move[];
  moving: string | null;
  mayMove: boolean;
  Cards: ComponentType<CardsProps> | null;
  onDrop: (card: Card) => void;
};

function Column({ column, filter, moves, moving, mayMove, Cards, onDrop }: ColumnProps) {
  const t = useTranslations("ideas.board");
  const nameOf = useStatusName();
  const { status, count } = column;
  const stretches = useStretches(column, (more: { columns: readonly BoardColumn[] }) => more.columns[0] ?? column);
  const arriving = moves.filter(({ to }) => to === status).map(({ card }) => card);
  const leaving = moves.filter(({ card, to }) => card.status === status && to !== status).map(({ card }) => card.id);
  const shown = arriving.map(({ id }) => id);
  const rows = [...arriving, ...stretches.rows.filter(({ id }) => !leaving.includes(id) && !shown.includes(id))];
  const more = listAddress(PATH, { ...filter, columns: null, status, after: stretches.next });
  const total = count === null ? null : count + arriving.length - leaving.length;
  const List = Cards ?? StillCards;
  return (
    <section
      aria-labelledby={`column-${status}`}
      className="flex w-72 shrink-0 snap-start flex-col gap-2 rounded-md border border-line bg-sunken p-2"
    >
      <h2 id={`column-${status}`} className="flex items-center gap-2 px-1">
        <StatusBadge status={status} />
        {total !== null && (
          <span className="text-sm text-muted tabular">
            {total > COUNTED_TO ? t("countMore", { count: COUNTED_TO }) : t("count", { count: total })}
          </span>
        )}
      </h2>
      <List
        label={nameOf(status)}
        rows={rows}
        empty={t("empty")}
        onDrop={onDrop}
        draw={(card) => <CardBody card={card} filter={filter} mayMove={mayMove} open={moving === card.id} />}
      />
      {stretches.next && (
        <Link
          to={more}
          className="link px-1 text-sm"
          aria-busy={stretches.busy || undefined}
          onClick={(event) => {
            event.preventDefault();
            if (!stretches.busy) stretches.load(more);
          }}
        >
          {t("more", { status: nameOf(status) })}
        </Link>
      )}
    </section>
  );
}

/** The cards of a column as they come from the server. */
function StillCards({ rows, empty, draw }: CardsProps) {
  if (rows.length === 0) return <p className="px-1 py-6 text-center text-sm text-muted">{empty}</p>;
  return (
    <ul className="flex flex-col gap-2">
      {rows.map((card) => (
        <li key={card.id} className="rounded-md border border-line bg-surface px-3 py-2">
          {draw(card)}
        </li>
      ))}
    </ul>
  );
}

type BodyProps = { card: Card; filter: StaffFilter; mayMove: boolean; open: boolean };

function CardBody({ card, filter, mayMove, open }: BodyProps) {
  const t = useTranslations("ideas");
  const back = listAddress(PATH, { ...filter, columns: null });
  return (
    <div className="min-w-0 grow">
      {/* The title stays a run of words: as a box of its own it would take what a finger meant for the card. */}
      <IdeaHere ideaId={card.id} className="float-right ml-2" />
      <Link to={`/staff/ideas/${card.id}`} className="font-medium wrap-anywhere hover:text-accent">
        {card.title}
      </Link>
      <p className="text-sm text-muted">
        {card.account} · {t("lists.support", { accounts: card.supportAccounts, people: card.supportPeople })}
      </p>
      {mayMove && !open && (
        <Link
          to={listAddress(PATH, { ...filter, columns: null, move: card.id })}
          preventScrollReset
          aria-label={t("board.handle", { title: card.title })}
          className="link inline-flex min-h-8 items-center text-sm"
        >
          {t("board.move")}
        </Link>
      )}
      {mayMove && open && <MoveForm card={card} back={back} />}
    </div>
  );
}

function MoveForm({ card, back }: { card: Card; back: string }) {
  const t = useTranslations("ideas.board");
  const moves = movesFrom(card.status, useStatuses());
  return (
    <form method="post" action={back} className="mt-2 flex flex-wrap items-center gap-2">
      <input type="hidden" name="form" value="move" />
      <input type="hidden" name="id" value={card.id} />
      <input type="hidden" name="revision" value={card.revision} />
      <select
        name="to"
        aria-label={t("moveTo")}
        className="h-10 min-w-0 grow rounded-md border border-edge bg-surface px-2 text-ink"
      >
        {moves.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Button look="main">{t("send")}</Button>
      <Link to={back} preventScrollReset className="link text-sm">
        {t("cancel")}
      </Link>
    </form>
  );
}
