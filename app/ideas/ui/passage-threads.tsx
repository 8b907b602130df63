import { useLocation } from "@remix-run/react";
import type { RichDoc } from "~/collab/rich-text";
import type { Picked } from "~/collab/ui/passage-props";
import type { FormFailure } from "~/kernel/form";
import type { IdeaPageData } from "../idea-page";
import { PassageForm } from "./passage-form";
import { type Refused, wasRefused } from "./refused";
import { ThreadList, WithEditorWords } from "./thread-list";

type Props = {
  page: PassagePage;
  me: { personId: string };
  failure: FormFailure | undefined;
  refused: Refused | undefined;
  /** What was chosen in the live text. */
  picked: Picked | null;
  onDone: () => void;
  guest?: { ended: boolean };
  /** Where decisions about the idea are made, for whoever makes them. */
  decide?: string | undefined;
};

/** What of a page is needed: one of an idea, or a guest's. */
type PassagePage = Pick<IdeaPageData, "threads" | "mayComment" | "mayEditBrief"> & {
  idea: { id: string };
  text: { brief: RichDoc };
};

/** What was said about passages of the brief. */
export function PassageThreads({ page, me, failure, refused, picked, onDone, guest, decide }: Props) {
  const { threads, idea, mayComment } = page;
  const { search } = useLocation();
  const begins = picked !== null || wasRefused(failure, "passage") || new URLSearchParams(search).has("passage");
  const talk = {
    of: "passages",
    ideaId: idea.id,
    mayComment,
    mayWrite: page.mayEditBrief,
    me,
    failure,
    refused,
    ...(guest && { guest }),
    decide,
  } as const;
  return (
    <WithEditorWords>
      <ThreadList
        threads={threads}
        talk={talk}
        begin="?passage=new#passages"
        form={
          begins && (
            <PassageForm
              talk={talk}
              brief={page.text.brief}
              picked={picked}
              failure={failure}
              draft={`passage:${me.personId}:${idea.id}`}
              onDone={onDone}
            />
          )
        }
      />
    </WithEditorWords>
  );
}
