import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { mayReadImage, readImage } from "~/ideas/idea-images.server";
import { requireId } from "~/kernel/params";

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/** GET a picture. A browser keeps it, and asks each time whether it may still show it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const fileId = requireId(params, "fileId");
  const headers = { ETag: `"${fileId}"`, "Cache-Control": "private, no-cache" };
  if (request.headers.get("if-none-match")?.includes(headers.ETag)) {
    if (!(await mayReadImage(person, fileId))) throw notThere();
    return new Response(null, { status: 304, headers });
  }
  const image = await readImage(person, fileId);
  if (!image) throw notThere();
  const { bytes, mediaType } = image;
  return new Response(bytes, {
    headers: {
      ...headers,
      "Content-Type": mediaType,
      "Content-Length": String(bytes.size),
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
  });
}
