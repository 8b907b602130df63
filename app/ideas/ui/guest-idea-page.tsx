import { useTranslations } from "use-intl";
import { briefRoom } from "~/collab/room";
import { LiveBrief } from "~/collab/ui/live-brief";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { LoadMore, useStretches } from "~/ui/load-more";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { GuestComment, GuestIdeaPage as Page } from "../guest-idea";
import { COMMENT_MAX } from "../idea";
import { Attachments } from "./attachments";
import { GuestSaid } from "./guest-said";
import { wasRefused } from "./refused";
import { Send } from "./send";

type Props = { page: Page; me: { personId: string; name: string }; failure: FormFailure | undefined };

/** An idea for a guest: its brief and what is said of it, with what the grant lets them add. */
export function GuestIdeaPage({ page, me, failure }: Props) {
  const t = useTranslations("ideas.page");
  const { idea, text } = page;
  const date = () => <DateTime key="date" at={idea.createdAt} time={false} />;
  return (
    <article>
      <Said sentences={{ comment: t("commentSaid") }} />
      <PageHeader title={idea.title} lead={t.rich("suggested", { name: idea.author, date })} />
      <div className="flex flex-col gap-8">
        <section aria-labelledby="brief" className="flex flex-col gap-3">
          <h2 id="brief" className="text-lg font-semibold">
            {t("brief")}
          </h2>
          <div className="rounded-md border border-line bg-surface px-4 py-4 sm:px-6 sm:py-5">
            <LiveBrief
              room={briefRoom(idea.id)}
              doc={text.brief}
              canEdit={page.mayEditBrief}
              me={me}
              label={t("brief")}
            />
          </div>
          <Attachments items={page.files} />
        </section>
        <section aria-labelledby="comments" className="flex flex-col gap-5">
          <h2 id="comments" className="text-lg font-semibold">
            {t("comments")}
            {idea.commentCount > 0 && <span className="ml-2 font-normal text-muted tabular">{idea.commentCount}</span>}
          </h2>
          <Comments page={page} />
          {page.mayComment || wasRefused(failure, "comment") ? (
            <PostForm
              name="comment"
              failure={failure}
              labels={{ comment: t("commentLabel") }}
              draft={`comment:${me.personId}:${idea.id}`}
              className="flex flex-col gap-3"
            >
              <input type="hidden" name="intent" value="comment" />
              <TextArea
                name="comment"
                label={t("commentLabel")}
                help={t("commentHint", { account: idea.account })}
                maxLength={COMMENT_MAX}
                rows={3}
              />
              <Send label={t("send")} />
            </PostForm>
          ) : (
            <Notice tone="info">{t("guestReads")}</Notice>
          )}
        </section>
      </div>
    </article>
  );
}

function Comments({ page }: { page: Page }) {
  const t = useTranslations("ideas.page");
  const stretches = useStretches<GuestComment, Pick<Page, "comments">>(page.comments, (answer) => answer.comments);
  if (stretches.rows.length === 0) return <p className="text-muted">{t("noComments")}</p>;
  return (
    <>
      <LoadMore stretches={stretches} parameter="comments" label={t("older")} />
      <ol className="flex flex-col gap-5">
        {[...stretches.rows].reverse().map((comment) => (
          <GuestSaid key={comment.id} said={comment} />
        ))}
      </ol>
    </>
  );
}
