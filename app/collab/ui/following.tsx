import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import type { Present } from "./brief-line";

/** Whom one follows; `to`: where they called everybody to, to go there first. */
export type Following = { personId: string | null; to: unknown; end: () => void };

/** Whom one follows in a document, as long as they are there. Whoever comes back is not followed again unasked. */
export function useFollowed(others: readonly Present[]) {
  const [followed, setFollowed] = useState<{ personId: string; to: unknown } | null>(null);
  const ahead = others.find(({ personId }) => personId === followed?.personId) ?? null;
  if (followed && !ahead) setFollowed(null);
  const end = useCallback(() => setFollowed(null), []);
  const follow = useCallback(
    (personId: string | null, to: unknown = null) => setFollowed(personId === null ? null : { personId, to }),
    [],
  );
  const following: Following = { personId: followed?.personId ?? null, to: followed?.to ?? null, end };
  return { ahead, follow, following };
}

/** Says whom one follows, and ends it. It stands there before it says anything, so that it is heard. */
export function FollowingLine({
  ahead,
  onEnd,
  of,
}: {
  ahead: Present | null;
  onEnd: () => void;
  of: "brief" | "board";
}) {
  const t = useTranslations("collab");
  return (
    <div aria-live="polite" className="following-line">
      {ahead && (
        <>
          <span>{t(of === "board" ? "board.page.following" : "following.brief", { name: ahead.name })}</span>
          <button type="button" className="link min-h-8" onClick={onEnd}>
            {t("following.stop")}
          </button>
        </>
      )}
    </div>
  );
}
