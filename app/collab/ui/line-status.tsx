import { Check, CloudOff, Eye, HardDriveDownload, LoaderCircle, OctagonX } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import type { LineState } from "./brief-line";
import { MAY_COME_BACK } from "./refusals";

const ICONS: Record<LineState["name"], typeof Check> = {
  connecting: LoaderCircle,
  saving: LoaderCircle,
  saved: Check,
  offline: CloudOff,
  kept: HardDriveDownload,
  unsaved: CloudOff,
  "read-only": Eye,
  "read-only-unsaved": OctagonX,
  damaged: OctagonX,
  offlineReading: CloudOff,
};

type Named = "read-only" | "read-only-unsaved" | "damaged" | "offlineReading";
/** Sentences that call the document by its name. */
const isNamed = (name: LineState["name"]): name is Named => NAMED.some((one) => one === name);
const NAMED: readonly Named[] = ["read-only", "read-only-unsaved", "damaged", "offlineReading"];

/** What became of what one wrote, as a sentence. *Saved* stands only while the server has all of it. */
export function LineStatus({ state, onAgain, of }: { state: LineState; onAgain: () => void; of?: "board" }) {
  const t = useTranslations("collab");
  const Icon = state.refused ? OctagonX : ICONS[state.name];
  const grave = state.refused || ["unsaved", "read-only-unsaved", "damaged"].includes(state.name);
  const said = state.refused
    ? `${of && (state.refused === "gone" || state.refused === "full") ? t(`board.refused.${state.refused}`) : t(`refused.${state.refused}`)}${state.unsaved ? ` ${t("refused.unsavedToo")}` : ""}`
    : of && isNamed(state.name)
      ? t(`board.state.${state.name}`)
      : t(`state.${state.name}`);
  return (
    <div className="brief-status-line">
      <p role="status" className={`brief-status ${grave ? "text-danger" : "text-muted"}`}>
        <Icon aria-hidden="true" className="size-4 shrink-0" />
        <span>{said}</span>
      </p>
      {state.refused && MAY_COME_BACK.has(state.refused) ? (
        <Button type="button" onClick={onAgain}>
          {t("refused.again")}
        </Button>
      ) : null}
    </div>
  );
}
