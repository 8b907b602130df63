import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "./dialog";
import type { Place } from "./place";
import { singleKeysWork, switchSingleKeys } from "./single-keys";
import { Switch } from "./switch";

export type ShortcutsDialogProps = { places: readonly Place[]; isOpen: boolean; onOpenChange: (open: boolean) => void };

/** The list of what single keys do, and the switch that turns them off. Loads when it is first opened. */
export function ShortcutsDialog({ places, isOpen, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations("ui.keys");
  // Of keys that only some pages have, those of the page behind.
  const [hasRows, setHasRows] = useState(false);
  useEffect(() => {
    if (isOpen) setHasRows(document.querySelector('tr [aria-keyshortcuts="X"]') !== null);
  }, [isOpen]);
  return (
    <Dialog title={t("title")} open={isOpen} onClose={() => onOpenChange(false)}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
        <Line keyName="Ctrl K">{t("palette")}</Line>
        <Line keyName="?">{t("help")}</Line>
        <Line keyName="/">{t("search")}</Line>
        {places.map(({ to, label }, index) => (
          <Line key={to} keyName={String(index + 1)}>
            {label}
          </Line>
        ))}
        {hasRows && <Line keyName="J K">{t("rows")}</Line>}
        {hasRows && <Line keyName="X">{t("tick")}</Line>}
      </dl>
      <KeySwitch />
    </Dialog>
  );
}

function Line({ keyName, children }: { keyName: string; children: ReactNode }) {
  return (
    <>
      <dt>
        <kbd className="inline-flex min-w-7 items-center justify-center rounded-sm border border-line bg-sunken px-1.5 font-mono text-sm">
          {keyName}
        </kbd>
      </dt>
      <dd>{children}</dd>
    </>
  );
}

function KeySwitch() {
  const t = useTranslations("ui.keys");
  const [on, setOn] = useState(singleKeysWork);
  return (
    <div className="border-t border-line pt-2">
      <Switch
        label={t("switch")}
        checked={on}
        onChange={({ currentTarget: { checked } }) => {
          switchSingleKeys(checked);
          setOn(checked);
        }}
      />
    </div>
  );
}
