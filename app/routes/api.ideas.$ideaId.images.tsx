import type { ActionFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { IMAGE_MAX_BYTES } from "~/ideas/idea";
import { addImage } from "~/ideas/idea-images.server";
import { requireId } from "~/kernel/params";

/** What surrounds a file in a form: boundaries and headers. */
const ENVELOPE_BYTES = 16_384;

/** POST a form with one `file`. Out: { src, width, height }, or { why } with 403, 413 or 422. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = await requirePerson(context);
  const ideaId = requireId(params, "ideaId");
  // Refused before it is read; the size of what was read is checked again.
  if (Number(request.headers.get("content-length")) > IMAGE_MAX_BYTES + ENVELOPE_BYTES) {
    return Response.json({ why: "too-large" }, { status: 413 });
  }
  const form = await request.formData().catch(() => new FormData());
  const file = form.get("file");
  const outcome = await addImage(person, ideaId, file instanceof File ? file : new File([], ""));
  if (outcome.ok)
    return Response.json({ src: outcome.src, width: outcome.width, height: outcome.height }, { status: 201 });
  if (outcome.why === "not-found") throw new Response(null, { status: 404, statusText: "Not Found" });
  const status = { "may-not-write": 403, "too-large": 413, "no-file": 422, "not-an-image": 422 }[outcome.why];
  return Response.json({ why: outcome.why }, { status });
}
