import { Bell, BellOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { ReadingNote, useOnlyReading } from "~/ui/reading";
import { QuickForm, useQuick, WhyNot } from "./quick-form";

/** Wants to hear of an idea, or no more. */
export function FollowButton({ following }: { following: boolean }) {
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
      <p className="text-sm text-muted">{now ? t("following") : t("notFollowing")}</p>
      <WhyNot why={quick.why} />
    </div>
  );
}
