import { type ReactNode, useState } from "react";
import { Button, Dialog, Heading, I18nProvider, Modal, ModalOverlay, Switch } from "react-aria-components";
import { useLocale, useTranslations } from "use-intl";
import type { Place } from "./place";
import { singleKeysWork, switchSingleKeys } from "./single-keys";

export type ShortcutsDialogProps = { places: readonly Place[]; isOpen: boolean; onOpenChange: (open: boolean) => void };

/** The list of what single keys do, and the switch that turns them off. Loads when it is first opened. */
export function ShortcutsDialog({ places, isOpen, onOpenChange }: ShortcutsDialogProps) {
  const t = useTranslations("ui.keys");
  return (
    <I18nProvider locale={useLocale()}>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        isDismissable
        className="fixed inset-0 z-40 flex items-center justify-center bg-veil p-4"
      >
        <Modal className="w-full max-w-100 rounded-md border border-line bg-surface text-base text-ink">
          <Dialog className="flex flex-col gap-5 p-6 outline-none">
            <Heading slot="title" className="text-lg font-semibold">
              {t("title")}
            </Heading>
            <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
              <Line keyName="Ctrl K">{t("palette")}</Line>
              <Line keyName="?">{t("help")}</Line>
              <Line keyName="/">{t("search")}</Line>
              {places.map(({ to, label }, index) => (
                <Line key={to} keyName={String(index + 1)}>
                  {label}
                </Line>
              ))}
            </dl>
            <KeySwitch />
            <Button
              slot="close"
              className="min-h-9 self-end rounded-md border border-edge bg-surface px-3.5 font-medium data-focus-visible:outline-2 data-hovered:bg-sunken"
            >
              {t("close")}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
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
  const change = (next: boolean) => {
    switchSingleKeys(next);
    setOn(next);
  };
  return (
    <Switch
      isSelected={on}
      onChange={change}
      className="group flex min-h-9 items-center gap-3 border-t border-line pt-4 text-sm"
    >
      <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-edge p-0.5 group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent group-data-selected:justify-end group-data-selected:border-accent group-data-selected:bg-accent">
        <span className="size-3.5 rounded-full bg-edge group-data-selected:bg-on-accent" />
      </span>
      {t("switch")}
    </Switch>
  );
}
