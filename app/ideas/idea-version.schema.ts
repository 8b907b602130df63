import * as z from "zod";
import { readCursor } from "~/kernel/cursor";
import { typedText } from "./idea.schema";
import { VERSION_NAME_MAX, VIEWS } from "./idea-version";

/** The forms of the pages of versions, and their addresses. */

export const nameVersionForm = z.object({ name: typedText(VERSION_NAME_MAX) });

/** Where a list of versions begins, and of which part of the idea it is (as written: null when nothing is). */
export function versionsAsked(url: string) {
  const { searchParams } = new URL(url);
  return { of: searchParams.get("of"), before: readCursor(searchParams.get("before")) };
}

/** What of a version is asked for: what it says, unless the address names something else. */
export function viewAsked(url: string) {
  const view = z.enum(VIEWS).safeParse(new URL(url).searchParams.get("show"));
  return view.success ? view.data : ("text" as const);
}
