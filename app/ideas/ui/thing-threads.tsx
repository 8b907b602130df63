import { useLocation } from "@remix-run/react";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Select } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import type { BoardAnswer, BoardPageData } from "../board-page";
import { useItemName } from "./board-dots";
import { wasRefused } from "./refused";
import { Send } from "./send";
import { keptWhenEnded, TalkArea, type Talker } from "./talk-area";
import { ThreadList, WithEditorWords } from "./thread-list";

type Props = {
  page: BoardPageData;
  me: { personId: string };
  answer: BoardAnswer | undefined;
  guest?: { ended: boolean };
};

/** What was said about things on a board, and the form to say something about another one. */
export function ThingThreads({ page, me, answer, guest }: Props) {
  const { threads, idea, mayComment } = page;
  const chosen = new URLSearchParams(useLocation().search).get("thing");
  const begins = chosen !== null || wasRefused(answer?.failure, "thing");
  const { failure, talkRefused: refused } = answer ?? {};
  const internal = page.layer === "staff-layer";
  const talker = { ideaId: idea.id, internal, ...(guest && { guest }) };
  const talk = { of: "things", ...talker, mayComment, mayWrite: page.mayEdit, me, failure, refused } as const;
  const list = (
    <ThreadList
      threads={threads}
      talk={talk}
      begin="?thing=new#things"
      form={
        begins && mayComment && <ThingForm page={page} me={me} answer={answer} chosen={chosen ?? ""} talker={talker} />
      }
    />
  );
  return <WithEditorWords>{internal ? <Among>{list}</Among> : list}</WithEditorWords>;
}

/** Around what staff tell each other, in its colour: nobody takes it for an answer to the customer. */
function Among({ children }: { children: ReactNode }) {
  const t = useTranslations("ideas.staff");
  return (
    <div className="mt-6 flex flex-col gap-3 rounded-md border border-warning/40 bg-warning-soft px-4 py-4">
      {children}
      <p className="flex items-center gap-2 text-sm text-muted">
        <Lock className="size-4 shrink-0" aria-hidden="true" />
        {t("notesLead")}
      </p>
    </div>
  );
}

/** Begins a thread about a thing: one chosen in the drawing or beside it, or one of the list of all. */
function ThingForm({ page, me, answer, chosen, talker }: Omit<Props, "guest"> & { chosen: string; talker: Talker }) {
  const t = useTranslations("collab.passages");
  const own = useTranslations("collab.things");
  const name = useItemName();
  const labels = { element: own("thing"), comment: t("commentLabel") };
  const options = page.items.map((item) => ({ value: item.id, label: shortened(name(item)) }));
  // What was drawn a moment ago is not in the page's copy yet, and is looked up when this is sent.
  const isFresh = chosen !== "new" && chosen !== "" && !page.items.some(({ id }) => id === chosen);
  if (isFresh) options.push({ value: chosen, label: own("fresh") });
  return (
    <PostForm
      // Another thing is another form: what is chosen beside the drawing wins over what was chosen here.
      key={chosen}
      name="thing"
      failure={answer?.failure}
      labels={labels}
      sentences={{ "thing-gone": own("thingGone"), "board-unread": own("boardUnread") }}
      draft={`thing:${me.personId}:${page.idea.id}`}
      className={keptWhenEnded(talker.guest)}
    >
      <Select
        name="element"
        label={labels.element}
        help={own("thingHelp")}
        defaultValue={chosen === "new" ? "" : chosen}
        options={[{ value: "", label: own("choose") }, ...options]}
      />
      <TalkArea talk={talker} name="comment" label={labels.comment} rows={3} />
      {!talker.guest?.ended && <Send label={t("send")} />}
    </PostForm>
  );
}

const LABEL = 90;
const shortened = (words: string) => (words.length > LABEL ? `${words.slice(0, LABEL)}…` : words);
