import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { uploadForm, uploadIds } from "~/ideas/idea.schema";
import { openUploads, startUpload } from "~/ideas/idea-attachments.server";
import { parseForm, readForm } from "~/kernel/form";

/** GET ?id=…&id=…: how one's own unsent uploads stand. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const ids = uploadIds(new URL(request.url).searchParams.getAll("id"));
  return Response.json(await openUploads(person, ids), { headers: { "Cache-Control": "private, no-store" } });
}

/** POST name and size of a file. Out: { id, url } to PUT its bytes to, or { why } with 403 or 422. */
export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requirePerson(context);
  const form = parseForm(await readForm(request), uploadForm);
  if (!form.ok) return Response.json({ why: "empty" }, { status: 422 });
  const { ok, ...outcome } = await startUpload(person, form.value);
  if (ok) return Response.json(outcome, { status: 201 });
  const mayNot = "why" in outcome && outcome.why === "may-not-upload";
  return Response.json(outcome, { status: mayNot ? 403 : 422 });
}
