import { Bell, BellOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { ReadingNote, useOnlyReading } from "~/ui/reading";
import { QuickForm, useQuick, WhyNot } from "./quick-form";

/** Wants to hear of an idea, or no more. `anyway`: hears of it without following, since it is theirs or they support it. */
export function FollowButton({ following, anyway }: { following: boolean; anyway: boolean }) {
  const t = useTranslations("ideas.follow");
  const quick = useQuick();
  const reading = useOnlyReading();
  const wanted = quick.sent?.get("wanted");
  const now = wanted ? wanted === "yes" : following;
  const Icon = now ? BellOff : Bell;
  // To follow is a person's own, and whoever only looks is none of the account's.
  if (reading) return <ReadingNote />;
  return (
    <div className="flex flex-col gap-1">
      <QuickForm quick={quick} name="follow" fields={{ wanted: now ? "no" : "yes" }}>
        <Button look="quiet" className="-ml-3.5">
          <Icon className="size-4" aria-hidden="true" />
          {now ? t("stop") : t("start")}
        </Button>
      </QuickForm>
      <p className="text-sm text-muted">{t(anyway ? "anyway" : now ? "following" : "notFollowing")}</p>
      <WhyNot why={quick.why} />
    </div>
  );
}
