import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireReaders } from "~/accounts/guest-door.server";
import { mayReadImage, readImage } from "~/ideas/idea-images.server";
import { requireId } from "~/kernel/params";

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/** GET a picture. A browser keeps it, and asks each time whether it may still show it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const readers = await requireReaders(context);
  const fileId = requireId(params, "fileId");
  const headers = { ETag: `"${fileId}"`, "Cache-Control": "private, no-cache" };
  if (request.headers.get("if-none-match")?.includes(headers.ETag)) {
    if (!(await mayReadImage(readers, fileId))) throw notThere();
    return new Response(null, { status: 304, headers });
  }
  const image = await readImage(readers, fileId);
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
