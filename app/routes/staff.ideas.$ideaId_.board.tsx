import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireStaff } from "~/accounts/session.server";
import { mayMake } from "~/decisions/decision";
import { actOnBoard } from "~/ideas/board-forms.server";
import type { BoardAnswer } from "~/ideas/board-page";
import { viewBoard } from "~/ideas/boards.server";
import { afterwards } from "~/ideas/idea-form-answers.server";
import { threadsOf } from "~/ideas/idea-page.schema";
import { QUICK } from "~/ideas/ui/quick-form";
import { StaffSketchPage } from "~/ideas/ui/staff-sketch-page";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewBoard(staff, requireId(params, "ideaId"), threadsOf(request.url));
  if (!page) throw new Response(null, { status: 404, statusText: "Not Found" });
  const { id: personId, name } = personBehind(context);
  return { ...page, me: { personId, name, mayCall: true, mayDecide: mayMake(staff) } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const acted = await actOnBoard(staff, id, typed);
  if (acted.done) return typed.has(QUICK) ? data({}) : redirect(afterwards(`/staff/ideas/${id}/board`, acted));
  if (acted.status === 404) throw new Response(null, { status: 404, statusText: "Not Found" });
  const { done: _, status, ...answer } = acted;
  return data(answer, status);
}

export default function StaffBoard() {
  const answer: BoardAnswer | undefined = useActionData<typeof action>();
  const { me, ...page } = useLoaderData<typeof loader>();
  return <StaffSketchPage page={page} me={me} answer={answer} />;
}
