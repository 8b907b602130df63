import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayMoveStatus } from "~/ideas/idea";
import { viewBoard } from "~/ideas/idea-board.server";
import { cardForm, movingCard, staffFilter } from "~/ideas/idea-list.schema";
import { moveStatus } from "~/ideas/ideas.server";
import { type BoardAnswer, StaffBoardPage } from "~/ideas/ui/staff-board-page";
import { parseForm, readForm } from "~/kernel/form";
import { useLive } from "~/ui/live";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

// Whoever is told that somebody was quicker sees at once how the board stands now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { filter, after } = staffFilter(request.url);
  const { status: only } = filter;
  return {
    ...(await viewBoard(staff, filter, only === null ? null : { status: only, after })),
    filter,
    only,
    moving: movingCard(request.url),
    mayMove: mayMoveStatus(staff),
    title: translatorOf(context.locale)("ideas.board.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const form = parseForm(await readForm(request), cardForm);
  if (!form.ok) throw new Response(null, { status: 400, statusText: "Bad Request" });
  const { id, to, revision } = form.value;
  const outcome = await moveStatus(staff, id, { to, revision });
  if (outcome.ok) {
    // A browser's own form comes back to the board it was sent from; a script asks for the board itself.
    return request.headers.get("Sec-Fetch-Mode") === "navigate"
      ? redirect(`/staff/ideas/board${new URL(request.url).search}`)
      : data<BoardAnswer>({ ok: true });
  }
  if (outcome.why === "not-found") throw new Response(null, { status: 404, statusText: "Not Found" });
  return data<BoardAnswer>({ ok: false, refused: outcome }, outcome.why === "not-yours-to-move" ? 403 : 409);
}

/** A card that could not be sent goes back to its column with a sentence, and the board stays. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<BoardAnswer> {
  try {
    return await serverAction<BoardAnswer>();
  } catch (error) {
    if (error instanceof TypeError) return { ok: false, lost: true };
    throw error;
  }
}

export default function StaffBoard() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<BoardAnswer>();
  useLive(["ideas"]);
  return <StaffBoardPage {...page} answer={answer} />;
}
