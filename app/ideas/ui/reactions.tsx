import { Eye, Heart, type LucideIcon, PartyPopper, SmilePlus, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { REACTIONS, type Reacted, type Reaction } from "../idea-page";
import { QuickForm, useQuick, WhyNot } from "./quick-form";

const ICONS: Record<Reaction, LucideIcon> = { agree: ThumbsUp, thanks: Heart, great: PartyPopper, looking: Eye };
/** What people thought of something said, in one of a few ways; pressed again it is taken back. */
export function Reactions({
  place,
  id,
  reactions,
  may,
}: {
  place: "comment" | "note";
  id: string;
  reactions: readonly Reacted[];
  may: boolean;
}) {
  const t = useTranslations("ideas.reaction");
  const quick = useQuick();
  const shown = withPressed(reactions, quick.sent?.get("reaction"), t("you"));
  if (!may && shown.length === 0) return null;
  return (
    <>
      <QuickForm
        quick={quick}
        name="react"
        fields={{ place, said: id }}
        className="mt-1.5 flex flex-wrap items-center gap-1.5"
      >
        {shown.map(({ reaction, names, mine }) => (
          <Chip key={reaction} reaction={reaction} names={names} mine={mine} may={may} />
        ))}
        {may && <More reactions={REACTIONS.filter((one) => !shown.some(({ reaction }) => reaction === one))} />}
      </QuickForm>
      <WhyNot why={quick.why} />
    </>
  );
}

/**
 * The ways that nobody has chosen yet. Under each of many comments they are words alone until somebody opens them: drawn whole
 * they were half of an idea's page.
 */
function More({ reactions }: { reactions: readonly Reaction[] }) {
  const t = useTranslations("ideas.reaction");
  const [whole, setWhole] = useState(false);
  return (
    <details onToggle={() => setWhole(true)}>
      <summary
        aria-label={t("add")}
        title={t("add")}
        className="inline-flex size-11 list-none items-center justify-center rounded-full text-muted hover:bg-sunken hover:text-ink pointer-fine:size-7"
      >
        <SmilePlus className="size-4" aria-hidden="true" />
      </summary>
      <div className="flex flex-wrap gap-1.5 pt-1">
        {reactions.map((one) =>
          whole ? (
            <Chip key={one} reaction={one} names={[]} mine={false} may />
          ) : (
            <button key={one} type="submit" name="reaction" value={one} aria-pressed={false} className="reaction">
              {t(one)}
            </button>
          ),
        )}
      </div>
    </details>
  );
}

function Chip({ reaction, names, mine, may }: Reacted & { may: boolean }) {
  const t = useTranslations("ideas.reaction");
  const Icon = ICONS[reaction];
  const label = names.length > 0 ? t("by", { reaction: t(reaction), names: names.join(", ") }) : t(reaction);
  const inside = (
    <>
      <Icon className="size-3.5" aria-hidden="true" />
      {names.length > 0 ? <span className="tabular">{names.length}</span> : <span>{t(reaction)}</span>}
    </>
  );
  if (!may)
    return (
      <span className="reaction" title={label}>
        {inside}
        <span className="sr-only">{label}</span>
      </span>
    );
  return (
    <button
      type="submit"
      name="reaction"
      value={reaction}
      aria-pressed={mine}
      aria-label={label}
      title={label}
      className="reaction"
    >
      {inside}
    </button>
  );
}

/** The reactions as they will be when the pressed one has arrived. */
function withPressed(reactions: readonly Reacted[], pressed: unknown, you: string): readonly Reacted[] {
  const reaction = REACTIONS.find((one) => one === pressed);
  if (!reaction) return reactions;
  const before = reactions.find((one) => one.reaction === reaction);
  const rest = reactions.filter((one) => one.reaction !== reaction);
  if (!before) return [...rest, { reaction, names: [you], mine: true }];
  if (!before.mine) return [...rest, { reaction, names: [...before.names, you], mine: true }];
  return before.names.length > 1 ? [...rest, { reaction, names: before.names.slice(1), mine: false }] : rest;
}
