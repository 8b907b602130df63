import type { StaffActor } from "~/kernel/actor";
import { BOM, csvLines, csvMoment } from "~/kernel/csv.server";
import { writeAmount } from "~/kernel/money";
import { type StaffFilter, type StaffRow, VALUE_CURRENCY } from "./idea-list";
import { exportIdeas } from "./idea-lists.server";

/** The words of a file, in the language of who takes it along. */
export type ExportWords = {
  heads: readonly string[];
  kind: (kind: string) => string;
  status: (status: string) => string;
  cut: string;
};

/**
 * A list of ideas as a file that spreadsheets open, page by page as the reader takes it: nothing waits for all of it, and no
 * transaction stays open in between. Ends with a line that says so when there were more rows than one file holds.
 */
export function exportFile(staff: StaffActor, filter: StaffFilter, words: ExportWords): ReadableStream {
  const pages = exportIdeas(staff, filter);
  const encoder = new TextEncoder();
  const line = (row: StaffRow) => [
    row.title,
    words.status(row.status),
    words.kind(row.kind),
    row.account,
    row.author,
    row.owner,
    row.product,
    row.tags?.join(", ") ?? null,
    row.supportAccounts,
    row.supportPeople,
    writeAmount({ minor: BigInt(row.valueMinor), currency: VALUE_CURRENCY }),
    row.commentCount,
    row.answerDueAt && !row.answeredAt ? csvMoment(row.answerDueAt) : null,
    csvMoment(row.createdAt),
    csvMoment(row.lastActivityAt),
    row.id,
  ];
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      const page = await pages.next();
      const head = begun ? "" : BOM + csvLines([words.heads]);
      begun = true;
      if (!page.done) return controller.enqueue(encoder.encode(head + csvLines(page.value.map(line))));
      controller.enqueue(encoder.encode(head + (page.value ? csvLines([[words.cut]]) : "")));
      controller.close();
    },
    async cancel() {
      await pages.return(false);
    },
  });
}
