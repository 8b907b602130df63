import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { LoadMore, useStretches } from "~/ui/load-more";
import { Notice } from "~/ui/notice";
import type { GuestComment, GuestIdeaPage as Page } from "../guest-idea";
import { COMMENT_MAX } from "../idea";
import { GuestSaid } from "./guest-said";
import { wasRefused } from "./refused";
import { Send } from "./send";

type Props = { page: Page; me: { personId: string }; failure: FormFailure | undefined; ended: boolean; board: string };

/** What is said of an idea, as a guest reads it, and the form for more where the grant lets comment. */
export function GuestTalk({ page, me, failure, ended, board }: Props) {
  const t = useTranslations("ideas.page");
  const { idea } = page;
  return (
    <section aria-labelledby="comments" className="flex flex-col gap-5">
      <h2 id="comments" className="text-lg font-semibold">
        {t("comments")}
        {idea.commentCount > 0 && <span className="ml-2 font-normal text-muted tabular">{idea.commentCount}</span>}
      </h2>
      <Comments page={page} ended={ended} board={board} />
      {page.mayComment || wasRefused(failure, "comment") ? (
        <PostForm
          name="comment"
          failure={failure}
          labels={{ comment: t("commentLabel") }}
          draft={`comment:${me.personId}:${idea.id}`}
          // What they had typed when their access ended stays, to be copied; an empty field has nothing to keep.
          className={`flex flex-col gap-3 ${ended ? "has-[textarea:placeholder-shown]:hidden" : ""}`}
        >
          <input type="hidden" name="intent" value="comment" />
          <TextArea
            name="comment"
            label={t("commentLabel")}
            help={ended ? t("guestKept") : t("commentHint", { account: idea.account })}
            maxLength={COMMENT_MAX}
            rows={3}
            placeholder=" "
            readOnly={ended}
          />
          {!ended && <Send label={t("send")} />}
        </PostForm>
      ) : ended ? null : (
        <Notice tone="info">{t("guestReads")}</Notice>
      )}
    </section>
  );
}

function Comments({ page, ended, board }: Pick<Props, "page" | "ended" | "board">) {
  const t = useTranslations("ideas.page");
  const stretches = useStretches<GuestComment, Pick<Page, "comments">>(page.comments, (answer) => answer.comments);
  if (stretches.rows.length === 0) return <p className="text-muted">{t("noComments")}</p>;
  return (
    <>
      {!ended && <LoadMore stretches={stretches} parameter="comments" label={t("older")} />}
      <ol className="flex flex-col gap-5">
        {[...stretches.rows].reverse().map((comment) => (
          <GuestSaid key={comment.id} said={comment} board={board} />
        ))}
      </ol>
    </>
  );
}
