import { stringify } from "csv-stringify/sync";

/** At the beginning of a file, so that spreadsheets read it as UTF-8. */
export const BOM = "\uFEFF";

/** Lines of a file. A text that a spreadsheet would take for a formula gets an apostrophe in front, which it does not show; one with a line break stays in its cell. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(rows as (string | number | null)[][], {
    escape_formulas: true,
    record_delimiter: "windows",
    quoted_match: /[\r\n\t]/,
  });
}

/** A moment that no spreadsheet of any country takes for another: 2026-11-23T05:30:00Z. */
export const csvMoment = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;
