import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requireReaders } from "~/accounts/guest-door.server";
import { requirePerson } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { renditionAsked } from "~/prototypes/prototype.schema";
import { dropFile, finishFile, mayReadPrototypeFile, readPrototypeFile } from "~/prototypes/prototype-files.server";

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/**
 * GET a file of a version, or with ?kind, page and width what we made of it. A browser keeps it, and asks each time whether it
 * may still show it. Nothing of it is ever run here.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const readers = await requireReaders(context);
  const id = requireId(params, "fileId");
  const asked = renditionAsked(request.url);
  if (asked === undefined) throw notThere();
  const tag = asked ? `${id}-${asked.kind}-${asked.page}-${asked.width}` : id;
  const headers = { ETag: `"${tag}"`, "Cache-Control": "private, no-cache" };
  if (request.headers.get("if-none-match")?.includes(headers.ETag)) {
    if (!(await mayReadPrototypeFile(readers, id, asked))) throw notThere();
    return new Response(null, { status: 304, headers });
  }
  const file = await readPrototypeFile(readers, id, asked);
  if (!file) throw notThere();
  const name = encodeURIComponent(file.name).replaceAll("'", "%27");
  return new Response(file.body, {
    headers: {
      ...headers,
      "Content-Type": file.mediaType,
      "Content-Disposition": `${file.inline ? "inline" : "attachment"}; filename*=UTF-8''${name}`,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/** POST intent=arrived (the bytes are in storage) or intent=drop (it is not to be part of its draft any more). */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requirePerson(context);
  if (staff.side !== "staff") throw notThere();
  const id = requireId(params, "fileId");
  const intent = (await readForm(request)).get("intent");
  const done = intent === "drop" ? await dropFile(staff, id) : await finishFile(staff, id);
  if (!done) throw notThere();
  return new Response(null, { status: 204 });
}
