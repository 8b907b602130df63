import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { IMPORT_ROWS_MAX } from "./account-import";

/** Tables as people save them from a spreadsheet, read and written. */

export type Table = { ok: true; rows: string[][] } | { ok: false; why: "not-utf8" | "empty" | "damaged" | "too-long" };

/** The mark between the cells of a first line: the most frequent of the three outside quotes. */
function separatorOf(text: string): "," | ";" | "\t" {
  const first = (text.split(/\r?\n/, 1)[0] ?? "").replace(/"[^"]*"/g, "");
  const count = (mark: string) => first.split(mark).length;
  const best = ([",", ";", "\t"] as const).map((mark) => [mark, count(mark)] as const).sort((a, b) => b[1] - a[1])[0];
  return best?.[0] ?? ",";
}

/** Reads a file in UTF-8, with or without its mark. Out: the rows, the headings first; or why it cannot be read. */
export function readTable(file: Uint8Array): Table {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(file);
  } catch {
    return { ok: false, why: "not-utf8" };
  }
  if (text.includes("\0")) return { ok: false, why: "not-utf8" };
  if (text.trim() === "") return { ok: false, why: "empty" };
  try {
    const rows: string[][] = parse(text, {
      delimiter: separatorOf(text),
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to_line: IMPORT_ROWS_MAX * 4,
      max_record_size: 100_000,
    });
    if (rows.length > IMPORT_ROWS_MAX + 1) return { ok: false, why: "too-long" };
    return { ok: true, rows: rows.map((row) => row.map((cell) => cell.replace(/\r\n?/g, "\n"))) };
  } catch {
    return { ok: false, why: "damaged" };
  }
}

/** A table as a file that spreadsheets open; a cell that would be a formula there is text. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { bom: true, escape_formulas: true, record_delimiter: "\r\n" });
}
