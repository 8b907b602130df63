import { useRef } from "react";
import type { VoteRefusal } from "../idea-vote";
import { useQuick } from "./quick-form";

/** Giving and taking back, one press at a time on the whole page, and which thing the last one was about. */
export function useDots() {
  const quick = useQuick<VoteRefusal>();
  const about = useRef<string | null>(null);
  const pressed = quick.sent?.get("element");
  if (typeof pressed === "string") about.current = pressed;
  return { quick, about: about.current };
}
