import { useTranslations } from "use-intl";
import { briefRoom } from "~/collab/room";
import type { Mentionable } from "~/collab/ui/brief-props";
import { LiveBrief } from "~/collab/ui/live-brief";
import { RichTextView } from "~/collab/ui/rich-text-view";
import type { ImageRefusal } from "../idea";
import type { IdeaPageData } from "../idea-page";
import { sendPicture } from "./send-picture";

export type Me = { personId: string; name: string };

/** The brief, live where the browser can, and the idea as it was sent. */
export function BriefSection({ page, me }: { page: IdeaPageData; me: Me }) {
  const t = useTranslations("ideas");
  const { idea, text, mayEditBrief } = page;
  const sayWhy = (why: ImageRefusal) => t(`image.${why}`);
  return (
    <section aria-labelledby="brief" className="flex flex-col gap-3">
      <div>
        <h2 id="brief" className="text-lg font-semibold">
          {t("page.brief")}
        </h2>
        <p className="text-sm text-muted">{t("page.briefLead")}</p>
      </div>
      <div className="rounded-md border border-line bg-surface px-4 py-4 sm:px-6 sm:py-5">
        <LiveBrief
          key={idea.id}
          room={briefRoom(idea.id)}
          doc={text.brief}
          canEdit={mayEditBrief}
          me={me}
          label={t("page.brief")}
          uploadImage={(file, signal) => sendPicture(idea.id, file, signal, sayWhy)}
          mentionables={(typed, signal) => find(idea.id, typed, signal)}
        />
      </div>
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
