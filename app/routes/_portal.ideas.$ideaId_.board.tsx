import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { viewBoard } from "~/ideas/boards.server";
import { BoardPage } from "~/ideas/ui/board-page";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const page = await viewBoard(client, requireId(params, "ideaId"));
  if (!page) throw new Response(null, { status: 404, statusText: "Not Found" });
  const { id: personId, name } = personBehind(context);
  return { ...page, me: { personId, name } };
}

export default function PortalBoard() {
  const { me, ...page } = useLoaderData<typeof loader>();
  return <BoardPage page={page} me={me} back={`/ideas/${page.idea.id}`} />;
}
