import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { useOnlyReading } from "~/ui/reading";
import type { Thread, ThreadSaid } from "../idea-thread";
import { QuickForm, useQuick, WhyNot } from "./quick-form";
import type { Refused } from "./refused";
import { SaidText } from "./said-text";
import { Send } from "./send";
import { keptWhenEnded, TalkArea } from "./talk-area";

/** What threads are about: passages of the brief, or things on the board; also the name of their sentences. */
export type About = "passages" | "things";

/** What one page says of its threads. `mayWrite`: the text or the board itself. */
export type Talking = {
  of: About;
  ideaId: string;
  mayComment: boolean;
  mayWrite: boolean;
  me: { personId: string };
  failure: FormFailure | undefined;
  refused: Refused | undefined;
  /** The reader is a guest, who settles nothing and calls nobody; `ended`: what they typed stays, and nothing is sent. */
  guest?: { ended: boolean };
  /** Where decisions about the idea are made, for whoever makes them. */
  decide?: string | undefined;
  /** It is among staff. */
  internal?: boolean;
};

/** An open thread: where its passage or thing is, what was said, and what the reader may do. */
export function PassageTalk({ thread, all, talk }: { thread: Thread; all: readonly ThreadSaid[]; talk: Talking }) {
  const t = useTranslations("collab.passages");
  const decide = useTranslations("decisions");
  const { mayWrite, me, failure, refused, guest } = talk;
  const reading = useOnlyReading();
  const mayComment = talk.mayComment && !reading;
  const { threadId, revision, resolved } = thread;
  const labels = { reply: t("replyLabel") };
  const quick = useQuick();
  const why = quick.why ?? (refused?.form === "resolve" ? refused.why : null);
  return (
    <div className="flex flex-col gap-4 pt-3">
      <PassagePlace
        thread={thread}
        may={!guest && ((mayWrite && !reading) || (mayComment && thread.mine))}
        talk={talk}
      />
      <ol className="flex flex-col gap-4">
        {all.map((said) => (
          <ThreadItem key={said.id} said={said} />
        ))}
      </ol>
      {resolved && (
        <p className="text-sm text-muted">
          {t.rich("resolvedBy", { name: resolved.by, date: () => <DateTime key="date" at={resolved.at} /> })}
        </p>
      )}
      {talk.decide && talk.of === "passages" && !reading && (
        <Link to={`${talk.decide}?passage=${threadId}`} className="link self-start py-1 text-sm">
          {decide("makeOne")}
        </Link>
      )}
      {mayComment && (
        <>
          <PostForm
            name="reply"
            failure={failure}
            labels={labels}
            draft={`reply:${me.personId}:${threadId}`}
            className={keptWhenEnded(guest)}
          >
            <input type="hidden" name="thread" value={threadId} />
            <TalkArea talk={talk} name="reply" label={labels.reply} rows={2} />
            {!guest?.ended && <Send label={t("replySend")} />}
          </PostForm>
          {!guest && (
            <>
              <QuickForm
                quick={quick}
                name="resolve"
                fields={{ thread: threadId, revision: `${revision}`, to: resolved ? "open" : "resolved" }}
              >
                <Button busy={quick.sent !== null}>{t(resolved ? "reopen" : "resolve")}</Button>
              </QuickForm>
              <WhyNot why={why} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** Where the passage is: there, changed or elsewhere so that somebody has to look, or gone. */
function PassagePlace({ thread, may, talk }: { thread: Thread; may: boolean; talk: Talking }) {
  const t = useTranslations("collab.passages");
  const own = useTranslations(`collab.${talk.of}`);
  const { refused } = talk;
  const quick = useQuick();
  const { threadId, revision, quote, present, place, resolved } = thread;
  const words = "border-l-2 border-line pl-3 whitespace-pre-wrap wrap-anywhere";
  if (resolved || place === "here") return null;
  if (place === "gone") return <p className="text-sm text-muted">{own("goneHelp")}</p>;
  const why = quick.why ?? (refused?.form === "place" ? refused.why : null);
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm text-muted">{own("movedHelp")}</p>
      <dl className="grid gap-2 sm:grid-cols-2">
        <div>
          <dt className="text-sm text-muted">{t("before")}</dt>
          <dd className={words}>{quote}</dd>
        </div>
        <div>
          <dt className="text-sm text-muted">{t("now")}</dt>
          <dd className={words}>{present}</dd>
        </div>
      </dl>
      {may && (
        <QuickForm
          quick={quick}
          name="place"
          fields={{ thread: threadId, revision: `${revision}`, present: present ?? "" }}
        >
          <Button busy={quick.sent !== null}>{t("confirm")}</Button>
        </QuickForm>
      )}
      <WhyNot why={why} />
    </div>
  );
}

function ThreadItem({ said }: { said: ThreadSaid }) {
  const t = useTranslations("ideas.page");
  const { author, side, createdAt, editedAt, body, mentions } = said;
  return (
    <li className="flex gap-3">
      <Avatar name={author} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium wrap-anywhere">{author}</span>
          {side !== "client" && (
            <span className="rounded-sm bg-accent-soft px-1.5 text-xs font-medium text-accent">
              {t(side === "staff" ? "maker" : "guest")}
            </span>
          )}
          <span className="text-sm text-muted">
            <DateTime at={createdAt} />
          </span>
          {editedAt && (
            <span className="text-sm text-muted">
              {t.rich("edited", { date: () => <DateTime key="date" at={editedAt} /> })}
            </span>
          )}
        </p>
        <SaidText said={{ body, mentions: mentions ?? {} }} />
      </div>
    </li>
  );
}
