import { RichTextView } from "~/collab/ui/rich-text-view";
import { richFromTyped } from "../idea-text";

/** What was typed as the others will see it. A file of its own, loaded when somebody looks. */
export function TypedPreview({ typed }: { typed: string }) {
  return <RichTextView doc={richFromTyped(typed)} />;
}
