import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { commentForm, olderThan } from "~/ideas/idea.schema";
import { addComment, viewIdea } from "~/ideas/ideas.server";
import { IdeaPage } from "~/ideas/ui/idea-page";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { useLive } from "~/ui/live";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.idea.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const page = await viewIdea(client, requireId(params, "ideaId"), olderThan(request.url, "comments"));
  if (!page) throw notThere();
  const { id, name } = personBehind(context);
  return { ...page, me: { personId: id, name } };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const id = requireId(params, "ideaId");
  const typed = await readForm(request);
  const form = parseForm(typed, commentForm);
  // Whether the idea exists comes first: a stranger learns nothing from a badly filled form.
  if (!form.ok) {
    if (!(await viewIdea(client, id))) throw notThere();
    return data(form, 422);
  }
  const outcome = await addComment(client, id, form.value.comment);
  if (outcome.ok) return redirect(`/ideas/${id}#${outcome.id}`);
  if (outcome.why === "not-found") throw notThere();
  return data(refuseForm(typed, { "": "not-allowed" }), 403);
}

export default function Idea() {
  const { me, ...page } = useLoaderData<typeof loader>();
  useLive([`idea:${page.idea.id}`]);
  return <IdeaPage page={page} me={me} failure={useActionData<typeof action>()} />;
}
