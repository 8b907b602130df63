import { Paperclip, RotateCcw, X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useBytes } from "~/ideas/ui/attachments";
import { Button } from "~/ui/button";
import { ProgressBar } from "~/ui/progress-bar";
import { FILE_CHOICES, MOST_BYTES, type ReviewFile } from "../prototype-file";
import { StaffFile } from "./staff-file-list";
import { type Sending, useVersionUploads } from "./staff-version-uploads";

/** The files of a draft: chosen, dropped or pasted, they are sent at once; each may be cancelled, tried again, or taken out. */
export function StaffFileUploader({ version, files }: { version: string; files: readonly ReviewFile[] }) {
  const t = useTranslations("prototypes.files");
  const { sendings, add, cancel, retry, drop } = useVersionUploads(version, files);
  const [isOver, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const shown = files.filter(({ id }) => sendings.every((one) => one.id !== id));
  return (
    <fieldset
      className={`flex flex-col gap-3 rounded-md border border-dashed px-3 py-3 ${isOver ? "border-accent bg-accent-soft" : "border-edge"}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
      onPaste={(event) => add([...event.clipboardData.files])}
    >
      <legend className="px-1 font-medium">{t("title")}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="button" onClick={() => chooser.current?.click()}>
          <Paperclip className="size-4" aria-hidden="true" />
          {t("choose")}
        </Button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          aria-label={t("choose")}
          accept={FILE_CHOICES}
          onChange={({ currentTarget }) => {
            add([...(currentTarget.files ?? [])]);
            // Chosen again after it was taken out, the same file is a change again.
            currentTarget.value = "";
          }}
        />
        <span className="hidden text-sm text-muted pointer-fine:inline">{t("drop")}</span>
      </div>
      <p className="text-sm text-muted">{t("help", { megabytes: MOST_BYTES / 1024 / 1024 })}</p>
      <noscript>
        <p className="text-sm text-muted">{t("noScript")}</p>
      </noscript>
      {shown.length + sendings.length > 0 && (
        <ul className="flex flex-col gap-2" aria-live="polite">
          {shown.map((file) => (
            <StaffFile key={file.id} file={file}>
              <Button
                type="button"
                look="quiet"
                aria-label={t("remove", { name: file.name })}
                onClick={() => drop(file.id)}
              >
                <X className="size-4" aria-hidden="true" />
              </Button>
            </StaffFile>
          ))}
          {sendings.map((one) => (
            <Row key={one.key} one={one} cancel={() => cancel(one)} retry={() => retry(one)} />
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function Row({ one, cancel, retry }: { one: Sending; cancel: () => void; retry: () => void }) {
  const t = useTranslations("prototypes.files");
  const bytes = useBytes();
  const { name, byteSize, phase, progress, why } = one;
  return (
    <li className="flex min-h-12 items-center gap-3">
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{name}</span>
        {phase === "sending" && <ProgressBar label={t("sendingOf", { name })} value={progress} />}
        {phase === "waiting" && (
          <span className="block text-sm text-muted">
            {t("state.waiting")} · {bytes(byteSize)}
          </span>
        )}
        {phase === "failed" && <span className="block text-sm text-danger">{t(`refusal.${why ?? "failed"}`)}</span>}
      </span>
      {phase === "failed" && why === null && (
        <Button type="button" look="quiet" aria-label={t("retry", { name })} onClick={retry}>
          <RotateCcw className="size-4" aria-hidden="true" />
        </Button>
      )}
      <Button
        type="button"
        look="quiet"
        aria-label={t(phase === "failed" ? "remove" : "cancel", { name })}
        onClick={cancel}
      >
        <X className="size-4" aria-hidden="true" />
      </Button>
    </li>
  );
}
