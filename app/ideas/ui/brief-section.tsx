import { useTranslations } from "use-intl";
import { briefRoom } from "~/collab/room";
import type { Mentionable } from "~/collab/ui/brief-props";
import { LiveBrief } from "~/collab/ui/live-brief";
import { RichTextView } from "~/collab/ui/rich-text-view";
import type { FormFailure } from "~/kernel/form";
import { later } from "~/ui/later";
import { Link } from "~/ui/link";
import type { ImageRefusal } from "../idea";
import type { IdeaPageData } from "../idea-page";
import type { Refused } from "./refused";
import { sendPicture } from "./send-picture";
import { usePassages } from "./use-passages";

const PassageThreads = later(() => import("./passage-threads").then((threads) => threads.PassageThreads));
await PassageThreads.ready();

/**
 * Who reads the page; `mayCall`: they may call everybody in a document to where they are, as staff may; `mayDecide`: they may
 * make a decision from what was said.
 */
export type Me = { personId: string; name: string; mayCall?: boolean; mayDecide?: boolean };

type Props = {
  page: IdeaPageData;
  me: Me;
  failure: FormFailure | undefined;
  refused: Refused | undefined;
  ideas: string;
};

/** The brief, live where the browser can, what was said about passages of it, and the idea as it was sent. */
export function BriefSection({ page, me, failure, refused, ideas }: Props) {
  const t = useTranslations("ideas");
  const { idea, text, threads, mayComment, mayEditBrief } = page;
  const sayWhy = (why: ImageRefusal) => t(`image.${why}`);
  const { passages, picked, onDone } = usePassages(threads, mayComment);
  return (
    <section aria-labelledby="brief" className="flex flex-col gap-3">
      <div>
        <h2 id="brief" className="text-lg font-semibold">
          {t("page.brief")}
        </h2>
        <p className="text-sm text-muted">
          {t("page.briefLead")}{" "}
          <Link to={`${ideas}/${idea.id}/versions`} className="link">
            {t("versions.link")}
          </Link>
        </p>
      </div>
      <div className="rounded-md border border-line bg-surface px-4 py-4 sm:px-6 sm:py-5">
        <LiveBrief
          key={idea.id}
          room={briefRoom(idea.id)}
          doc={text.brief}
          canEdit={mayEditBrief}
          me={me}
          label={t("page.brief")}
          title={idea.title}
          uploadImage={(file, signal) => sendPicture(idea.id, file, signal, sayWhy)}
          mentionables={(typed, signal) => find(idea.id, typed, signal)}
          passages={passages}
        />
      </div>
      <PassageThreads
        page={page}
        me={me}
        failure={failure}
        refused={refused}
        picked={picked}
        onDone={onDone}
        decide={me.mayDecide ? `${ideas}/${idea.id}/decide` : undefined}
      />
      <details className="rounded-md border border-line px-4 py-2.5">
        <summary className="font-medium text-muted">{t("page.original")}</summary>
        <div className="pt-3 pb-1">
          <RichTextView doc={text.body} />
        </div>
      </details>
    </section>
  );
}

async function find(ideaId: string, typed: string, signal: AbortSignal): Promise<readonly Mentionable[]> {
  const response = await fetch(`/api/ideas/${ideaId}/mentions?${new URLSearchParams({ q: typed })}`, { signal });
  return response.ok ? ((await response.json()) as Mentionable[]) : [];
}
