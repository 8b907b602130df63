import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";

export type DialogProps = {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A question or a small task in front of the page. The browser's own modal dialog: the page behind it cannot be reached,
 * Escape closes it and so does a press beside it (where the browser knows `closedby`), and the focus goes back to where it
 * came from. Its content is there only while it is open.
 */
export function Dialog({ title, open, onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open && !box.current?.open) box.current?.showModal();
    if (!open && box.current?.open) box.current.close();
  }, [open]);
  return (
    <dialog
      ref={box}
      aria-labelledby={id}
      closedby="any"
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-110 overflow-auto rounded-md border border-line bg-surface p-0 text-base text-ink backdrop:bg-veil"
    >
      {open && (
        <DialogBody id={id} title={title} onClose={onClose}>
          {children}
        </DialogBody>
      )}
    </dialog>
  );
}

/** What stands inside a dialog; by itself only in the gallery. */
export function DialogBody({
  id,
  title,
  onClose,
  children,
}: Pick<DialogProps, "title" | "onClose" | "children"> & { id: string }) {
  const t = useTranslations("ui.dialog");
  return (
    <div className="flex flex-col gap-4 p-5 sm:p-6">
      <div className="flex items-start justify-between gap-4">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <button
          type="button"
          onClick={onClose}
          aria-label={t("close")}
          className="-mt-2 -mr-2 flex size-11 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink pointer-fine:size-9"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      </div>
      {children}
    </div>
  );
}
