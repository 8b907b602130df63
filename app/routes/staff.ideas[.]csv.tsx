import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireStaff } from "~/accounts/session.server";
import { exportFile } from "~/ideas/idea-export.server";
import { EXPORT_ROWS, VALUE_CURRENCY } from "~/ideas/idea-list";
import { staffFilter } from "~/ideas/idea-list.schema";
import { noteExport } from "~/ideas/idea-lists.server";
import { statusesFor } from "~/ideas/idea-statuses.server";
import { now } from "~/kernel/clock";
import { translatorOf } from "~/words";

/** The list of staff as a file, with the filter of the address it was taken from. Who took it stands in the log. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { filter } = staffFilter(request.url);
  const { locale } = context;
  const t = translatorOf(locale);
  const statuses = await statusesFor(staff, locale);
  await noteExport(staff, filter);
  const heads = [
    t("ideas.list.column.idea"),
    t("ideas.list.column.status"),
    t("ideas.lists.kind"),
    t("ideas.list.column.account"),
    t("ideas.list.column.author"),
    t("ideas.lists.column.owner"),
    t("ideas.lists.product"),
    t("ideas.lists.column.tags"),
    t("ideas.lists.column.accounts"),
    t("ideas.lists.column.people"),
    `${t("ideas.lists.column.value")} (${VALUE_CURRENCY})`,
    t("ideas.list.column.comments"),
    `${t("ideas.lists.column.due")} (UTC)`,
    `${t("ideas.list.column.created")} (UTC)`,
    `${t("ideas.list.column.activity")} (UTC)`,
    "id",
  ];
  const file = exportFile(staff, filter, {
    heads,
    kind: (kind) => t(`ideas.lists.kinds.${kind === "complaint" ? "complaint" : "suggestion"}`),
    status: (id) => statuses.find((status) => status.id === id)?.name ?? id,
    cut: t("ideas.lists.exportCut", { count: EXPORT_ROWS }),
  });
  const name = `tandem-ideas-${now().toISOString().slice(0, 10)}.csv`;
  return new Response(file, {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${name}"` },
  });
}
