import { Link, useLocation } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { Notice } from "~/ui/notice";
import { ReadingNote, useOnlyReading } from "~/ui/reading";
import { COMMENT_MAX } from "../idea";
import type { Attachment } from "../idea-attachment";
import { type IdeaPageData, type Said, typedFrom } from "../idea-page";
import { AttachmentField } from "./attachment-field";
import { Attachments } from "./attachments";
import { MentionArea } from "./mention-area";
import { QuickForm, useQuick, WhyNot } from "./quick-form";
import { Reactions } from "./reactions";
import { wasRefused } from "./refused";
import { SaidText } from "./said-text";
import { Send } from "./send";

/** What everything said on one page has in common. */
export type Talk = {
  ideaId: string;
  /** Where ideas of the reader's side are. */
  ideas: "/ideas" | "/staff/ideas";
  place: "comment" | "note";
  /** Whether the reader says things here, and reacts. */
  may: boolean;
  attachments: readonly Attachment[];
  failure: FormFailure | undefined;
  /** Whether the reader may make a decision from what was said. */
  mayDecide?: boolean;
};

type SectionProps = {
  page: IdeaPageData;
  ideas: Talk["ideas"];
  failure: FormFailure | undefined;
  me: { personId: string; mayDecide?: boolean };
  /** What stands in place of the form for whoever reads along. */
  reads: string;
};

/** The comments and, below them, the form for one more. */
export function CommentSection({ page, ideas, failure, me, reads }: SectionProps) {
  const t = useTranslations("ideas");
  const { idea, attachments, mayComment } = page;
  const reading = useOnlyReading();
  return (
    <section aria-labelledby="comments" className="flex flex-col gap-5">
      <h2 id="comments" className="text-lg font-semibold">
        {t("page.comments")}
        {idea.commentCount > 0 && <span className="ml-2 font-normal text-muted tabular">{idea.commentCount}</span>}
      </h2>
      <Comments
        comments={page.comments}
        talk={{
          ideaId: idea.id,
          ideas,
          place: "comment",
          may: mayComment,
          mayDecide: me.mayDecide ?? false,
          attachments,
          failure,
        }}
      />
      {mayComment || wasRefused(failure, "comment") ? (
        <CommentForm
          ideaId={idea.id}
          account={idea.account}
          failure={failure}
          draft={`comment:${me.personId}:${idea.id}`}
        />
      ) : (
        <Notice tone="info">{reading ? <ReadingNote /> : reads}</Notice>
      )}
    </section>
  );
}

/** What both sides said, oldest first; older ones are fetched on top. */
export function Comments({ comments, talk }: { comments: Stretch<Said>; talk: Talk }) {
  const t = useTranslations("ideas.page");
  const stretches = useStretches(comments, (answer: { comments: Stretch<Said> }) => answer.comments);
  const { pathname, search } = useLocation();
  if (stretches.rows.length === 0) return <p className="text-muted">{t("noComments")}</p>;
  return (
    <>
      <LoadMore stretches={stretches} parameter="comments" label={t("older")} />
      <ol className="flex flex-col gap-5">
        {[...stretches.rows].reverse().map((comment) => (
          <SaidItem
            key={comment.id}
            said={comment}
            tag={comment.side === "client" ? null : t(comment.side === "staff" ? "maker" : "guest")}
            talk={talk}
          />
        ))}
      </ol>
      {new URLSearchParams(search).has("comments") && (
        <Link to={pathname} className="link self-start">
          {t("allComments")}
        </Link>
      )}
    </>
  );
}

/** Which page of an idea shows what something was said about. */
const ON_PAGE = { brief: "", board: "/board", layer: "/layer" } as const;

/** One thing somebody said. `tag`: which side, where that is not plain. */
export function SaidItem({ said, tag, talk }: { said: Said; tag: string | null; talk: Talk }) {
  const t = useTranslations("ideas.page");
  const decide = useTranslations("decisions");
  return (
    <li id={said.id} className="flex scroll-mt-4 gap-3">
      <Avatar name={said.author} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{said.author}</span>
          {tag && <span className="rounded-sm bg-accent-soft px-1.5 text-xs font-medium text-accent">{tag}</span>}
          <span className="text-sm text-muted">
            <DateTime at={said.createdAt} />
          </span>
          {said.editedAt && (
            <span className="text-sm text-muted">
              {t.rich("edited", { date: () => <DateTime key="date" at={said.editedAt ?? said.createdAt} /> })}
            </span>
          )}
        </p>
        {said.about && (
          <p className="text-sm text-muted">
            {t.rich("saidAbout", {
              idea: () => (
                <Link key="idea" to={`${talk.ideas}/${said.about?.id}#${said.id}`} className="link">
                  {said.about?.title}
                </Link>
              ),
            })}
          </p>
        )}
        {said.passage && (
          <Link
            to={`${talk.ideas}/${said.about?.id ?? talk.ideaId}${ON_PAGE[said.passage.about]}?thread=${said.passage.thread}#thread-${said.passage.thread}`}
            className="link line-clamp-2 text-sm wrap-anywhere"
          >
            {said.passage.quote ? <q>{said.passage.quote}</q> : t("onBoard")}
          </Link>
        )}
        <SaidText said={said} />
        <Attachments items={talk.attachments.filter(({ saidId }) => saidId === said.id)} />
        <Reactions place={talk.place} id={said.id} reactions={said.reactions} may={talk.may} />
        {talk.mayDecide && (
          <Link
            to={`${talk.ideas}/${said.about?.id ?? talk.ideaId}/decide?comment=${said.id}`}
            className="link mr-4 inline-flex min-h-8 items-center text-sm"
          >
            {decide("makeOne")}
            <span className="sr-only">: {said.author}</span>
          </Link>
        )}
        {said.changeable && talk.may && <Change said={said} talk={talk} />}
      </div>
    </li>
  );
}

/** Correcting and taking back what one said a moment ago: a link opens it, so that nobody carries a form for each comment. */
function Change({ said, talk }: { said: Said; talk: Talk }) {
  const t = useTranslations("ideas.page");
  const { search } = useLocation();
  const quick = useQuick();
  const failure = talk.failure?.values.said === said.id ? talk.failure : undefined;
  const labels = { words: t("editLabel") };
  if (!failure && new URLSearchParams(search).get("edit") !== said.id)
    return (
      <Link
        to={`?edit=${said.id}#${said.id}`}
        preventScrollReset
        className="link inline-flex min-h-8 items-center text-sm"
      >
        {t("edit")}
      </Link>
    );
  return (
    <>
      <PostForm name="edit" failure={failure} labels={labels} className="flex flex-col gap-3 py-2">
        <input type="hidden" name="place" value={talk.place} />
        <input type="hidden" name="said" value={said.id} />
        <MentionArea ideaId={talk.ideaId} only={talk.place === "note" ? "staff" : "all"}>
          <TextArea
            name="words"
            label={labels.words}
            help={t("editHelp")}
            defaultValue={typedFrom(said.body, said.mentions)}
            maxLength={COMMENT_MAX}
            rows={3}
          />
        </MentionArea>
        <Send label={t("editSend")} />
      </PostForm>
      <QuickForm quick={quick} name="take-back" fields={{ place: talk.place, said: said.id }} className="pb-2">
        <Button look="danger" busy={quick.sent !== null}>
          {t("takeBack")}
        </Button>
      </QuickForm>
      <WhyNot why={quick.why} />
    </>
  );
}

type FormProps = { ideaId: string; account: string; failure: FormFailure | undefined; draft: string };

function CommentForm({ ideaId, account, failure, draft }: FormProps) {
  const t = useTranslations("ideas.page");
  const labels = { comment: t("commentLabel"), attachments: t("files") };
  return (
    <PostForm name="comment" failure={failure} labels={labels} draft={draft} multipart className="flex flex-col gap-3">
      <MentionArea ideaId={ideaId} only="all">
        <TextArea
          name="comment"
          label={labels.comment}
          help={t("commentHint", { account })}
          maxLength={COMMENT_MAX}
          rows={3}
        />
      </MentionArea>
      <AttachmentField label={labels.attachments} draft={`${draft}:files`} />
      <Send label={t("send")} />
    </PostForm>
  );
}
