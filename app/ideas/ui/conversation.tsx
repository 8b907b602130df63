import { Link, useLocation } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { TextArea } from "~/ui/fields";
import { FORM_NAME, PostForm, useFormBusy } from "~/ui/form";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { COMMENT_MAX, type Said } from "../idea";

/** What both sides said, oldest first; older ones are fetched on top. */
export function Comments({ comments }: { comments: Stretch<Said> }) {
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
            tag={comment.side === "staff" ? t("maker") : comment.side === "guest" ? t("guest") : null}
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

/** One thing somebody said. `tag`: which side, where that is not plain. */
export function SaidItem({ said, tag }: { said: Said; tag: string | null }) {
  return (
    <li id={said.id} className="flex gap-3">
      <Avatar name={said.author} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{said.author}</span>
          {tag && <span className="rounded-sm bg-accent-soft px-1.5 text-xs font-medium text-accent">{tag}</span>}
          <span className="text-sm text-muted">
            <DateTime at={said.createdAt} />
          </span>
        </p>
        <p className="mt-1 whitespace-pre-wrap">{said.body}</p>
      </div>
    </li>
  );
}

/** The form below the comments. */
export function CommentForm({
  account,
  failure,
  draft,
}: {
  account: string;
  failure: FormFailure | undefined;
  draft: string;
}) {
  const t = useTranslations("ideas.page");
  const labels = { comment: t("commentLabel") };
  return (
    <PostForm name="comment" failure={failure} labels={labels} draft={draft} className="flex flex-col gap-3">
      <TextArea
        name="comment"
        label={labels.comment}
        help={t("commentHint", { account })}
        maxLength={COMMENT_MAX}
        rows={3}
      />
      <Send label={t("send")} />
    </PostForm>
  );
}

/** Whether the form of this name was refused: it is shown then with what was typed, even to somebody who may not send it. */
export function wasRefused(failure: FormFailure | undefined, form: string): boolean {
  return failure?.values[FORM_NAME] === form;
}

/** A button that waits while its form is on its way. */
export function Send({ label, look = "plain" }: { label: string; look?: "main" | "plain" }) {
  return (
    <Button look={look} busy={useFormBusy()} className="self-start">
      {label}
    </Button>
  );
}
