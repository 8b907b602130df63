import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { fileForm } from "~/prototypes/prototype.schema";
import { listFileStates, startFile } from "~/prototypes/prototype-files.server";

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/** GET ?version=…: how the files of a version stand. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requirePerson(context);
  if (staff.side !== "staff") throw notThere();
  const version = requireId({ version: new URL(request.url).searchParams.get("version") ?? "" }, "version");
  return Response.json(await listFileStates(staff, version), { headers: { "Cache-Control": "private, no-store" } });
}

/** POST the version, the name and the size of a file. Out: { id, url } to PUT its bytes to, or { why } with 403, 404 or 422. */
export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requirePerson(context);
  if (staff.side !== "staff") throw notThere();
  const form = parseForm(await readForm(request), fileForm);
  if (!form.ok) return Response.json({ why: "empty" }, { status: 422 });
  const outcome = await startFile(staff, form.value.version, form.value);
  if (outcome.ok) return Response.json({ id: outcome.id, url: outcome.url }, { status: 201 });
  const status = outcome.why === "not-found" ? 404 : outcome.why === "may-not" ? 403 : 422;
  return Response.json({ why: outcome.why }, { status });
}
