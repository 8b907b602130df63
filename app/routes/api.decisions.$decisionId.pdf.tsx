import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { printDecision } from "~/decisions/decision-pdf.server";
import { env } from "~/kernel/env.server";
import { requireId } from "~/kernel/params";

/** A decision as a document in its reader's language, for both sides. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const id = requireId(params, "decisionId");
  const page = new URL(`${person.side === "staff" ? "/staff" : ""}/decisions/${id}`, env().APP_ORIGIN).href;
  const printed = await printDecision(person, id, { locale: context.locale, page });
  if (!printed) throw new Response(null, { status: 404, statusText: "Not Found" });
  if (printed === "too-often") throw new Response(null, { status: 429, statusText: "Too Many Requests" });
  return new Response(new Uint8Array(printed.pdf), {
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="${printed.name}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
