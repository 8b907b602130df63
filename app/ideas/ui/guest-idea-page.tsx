import { PenTool } from "lucide-react";
import { useTranslations } from "use-intl";
import { briefRoom } from "~/collab/room";
import { LiveBrief } from "~/collab/ui/live-brief";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { later } from "~/ui/later";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { GuestIdeaPage as Page } from "../guest-idea";
import { Attachments } from "./attachments";
import { usePassages } from "./use-passages";

const PassageThreads = later(() => import("./passage-threads").then((threads) => threads.PassageThreads));
await PassageThreads.ready();
const GuestTalk = later(() => import("./guest-talk").then((talk) => talk.GuestTalk));
await GuestTalk.ready();

type Props = {
  page: Page;
  me: { personId: string; name: string };
  failure: FormFailure | undefined;
  ended: boolean;
  /** The page of its board. */
  board: string;
};

/** An idea for a guest: its brief and what is said of it and of its passages, with what the grant lets them add; once it ended, nothing. */
export function GuestIdeaPage({ page, me, failure, ended, board }: Props) {
  const t = useTranslations("ideas.page");
  const { idea, text } = page;
  const { passages, picked, onDone } = usePassages(page.threads, page.mayComment && !ended);
  const date = () => <DateTime key="date" at={idea.createdAt} time={false} />;
  return (
    <article>
      <Said sentences={{ comment: t("commentSaid"), passage: t("commentSaid"), reply: t("commentSaid") }} />
      <PageHeader title={idea.title} lead={t.rich("suggested", { name: idea.author, date })} />
      <div className="flex flex-col gap-8">
        {!ended && (
          <p className="flex items-center gap-3 rounded-md border border-line bg-surface px-4 py-2.5">
            <PenTool className="size-4 shrink-0 text-muted" aria-hidden="true" />
            <Link to={board} className="link py-1.5 font-medium">
              {t("board")}
            </Link>
          </p>
        )}
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
              passages={passages}
            />
          </div>
          <PassageThreads
            page={page}
            me={me}
            failure={failure}
            refused={undefined}
            picked={picked}
            onDone={onDone}
            guest={{ ended }}
          />
          {!ended && <Attachments items={page.files} />}
        </section>
        <GuestTalk page={page} me={me} failure={failure} ended={ended} board={board} />
      </div>
    </article>
  );
}
