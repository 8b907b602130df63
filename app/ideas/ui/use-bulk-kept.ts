import { useLocation } from "@remix-run/react";
import { useState } from "react";
import type { StaffListAnswer } from "./staff-idea-list-page";

/**
 * The answer to a form of the page. What a change of many came to stands until another form is sent or the list is another
 * one: asking for the list anew, as news of anybody's doing makes it, would take it away.
 */
export function useBulkKept(said: StaffListAnswer | undefined): StaffListAnswer | undefined {
  const list = new URLSearchParams(useLocation().search);
  // The router's own word for a form of this page.
  list.delete("index");
  const at = list.toString();
  const [kept, setKept] = useState({ said, at });
  if (said && said !== kept.said) setKept({ said, at });
  return said ?? (kept.said?.bulk && kept.at === at ? kept.said : undefined);
}
