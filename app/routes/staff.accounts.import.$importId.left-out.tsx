import type { LoaderFunctionArgs } from "@remix-run/node";
import type { ImportWhy } from "~/accounts/account-import";
import { leftOutTable } from "~/accounts/account-imports.server";
import { requireStaff } from "~/accounts/session.server";
import { notThere } from "~/accounts/staff-answers.server";
import { requireId } from "~/kernel/params";
import { translatorOf } from "~/words";

/** The lines of an import that did not become accounts, as a file. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const t = translatorOf(context.locale);
  const sentence = (why: ImportWhy) => t(`staffAccounts.import.why.${why}`);
  const table = await leftOutTable(staff, requireId(params, "importId"), sentence);
  if (table === undefined) throw notThere();
  return new Response(table, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="left-out.csv"',
      "Cache-Control": "no-store",
    },
  });
}
