import { useTranslations } from "use-intl";
import { TextArea } from "~/ui/fields";
import { COMMENT_MAX } from "../idea";
import { MentionArea } from "./mention-area";

/** Whose words a field takes; `guest`: see Talking; `internal`: they are for staff alone, and call nobody else. */
export type Talker = { ideaId: string; guest?: { ended: boolean }; internal?: boolean };

type Props = { talk: Talker; name: string; label: string; rows: number };

/** The field for what is said of a passage or a thing. A guest calls nobody; what they typed until their access ended stays. */
export function TalkArea({ talk, name, label, rows }: Props) {
  const t = useTranslations("ideas.page");
  const { ideaId, guest, internal } = talk;
  const field = { name, label, rows, maxLength: COMMENT_MAX };
  if (guest) return <TextArea {...field} placeholder=" " readOnly={guest.ended} help={guest.ended && t("guestKept")} />;
  return (
    <MentionArea ideaId={ideaId} only={internal ? "staff" : "all"}>
      <TextArea {...field} />
    </MentionArea>
  );
}

/** How a form stands: of a guest whose access ended it stays while something is in it, to be copied. */
export const keptWhenEnded = (guest: Talker["guest"]) =>
  `flex flex-col gap-3 ${guest?.ended ? "has-[textarea:placeholder-shown]:hidden" : ""}`;
