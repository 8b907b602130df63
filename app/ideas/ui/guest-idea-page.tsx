import { useTranslations } from "use-intl";
import { briefRoom } from "~/collab/room";
import { LiveBrief } from "~/collab/ui/live-brief";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { later } from "~/ui/later";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { GuestIdeaPage as Page } from "../guest-idea";
import { Attachments } from "./attachments";

const GuestTalk = later(() => import("./guest-talk").then((talk) => talk.GuestTalk));
await GuestTalk.ready();

type Props = { page: Page; me: { personId: string; name: string }; failure: FormFailure | undefined; ended: boolean };

/** An idea for a guest: its brief and what is said of it, with what the grant lets them add; once it ended, nothing. */
export function GuestIdeaPage({ page, me, failure, ended }: Props) {
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
          {!ended && <Attachments items={page.files} />}
        </section>
        <GuestTalk page={page} me={me} failure={failure} ended={ended} />
      </div>
    </article>
  );
}
