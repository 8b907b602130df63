import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requireReaders } from "~/accounts/guest-door.server";
import { requirePerson } from "~/accounts/session.server";
import { dropUpload, finishUpload, mayReadAttachment, readAttachment } from "~/ideas/idea-attachments.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/**
 * GET a file, or with ?size=thumb a small picture of it. A browser keeps it, and asks each time whether it may still show
 * it. Pictures are shown, everything else is only ever saved.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const readers = await requireReaders(context);
  const id = requireId(params, "attachmentId");
  const size = new URL(request.url).searchParams.get("size") === "thumb" ? "thumb" : "whole";
  const headers = { ETag: `"${id}-${size}"`, "Cache-Control": "private, no-cache" };
  if (request.headers.get("if-none-match")?.includes(headers.ETag)) {
    if (!(await mayReadAttachment(readers, id))) throw notThere();
    return new Response(null, { status: 304, headers });
  }
  const file = await readAttachment(readers, id, size);
  if (!file) throw notThere();
  const disposition = `${file.inline ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll("'", "%27")}`;
  return new Response(file.body, {
    headers: {
      ...headers,
      "Content-Type": file.mediaType,
      "Content-Disposition": disposition,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** POST intent=arrived (the bytes are in storage) or intent=drop (they are not wanted any more). */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const person = await requirePerson(context);
  const id = requireId(params, "attachmentId");
  const intent = (await readForm(request)).get("intent");
  const done = intent === "drop" ? await dropUpload(person, id) : await finishUpload(person, id);
  if (!done) throw notThere();
  return new Response(null, { status: 204 });
}
