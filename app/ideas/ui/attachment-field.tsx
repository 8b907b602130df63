import { useRouteLoaderData } from "@remix-run/react";
import { type ComponentType, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useField } from "~/ui/form";
import { CHOOSER_TYPES, type Upload } from "../idea-attachment";
import type { UploaderProps } from "./attachment-uploader";

const NAME = "attachments";

/**
 * Photos and files of a form: a plain chooser that posts them with the form, and as soon as the browser can, one that sends
 * them at once and posts their ids. The form must say `multipart`; its action calls `collectAttachments`.
 * `draft`: the key of the form's draft, so that what was sent survives a reload.
 */
export function AttachmentField({ label, draft }: { label?: string; draft?: string }) {
  const t = useTranslations("ideas.attachments");
  const { id, typed, error } = useField(NAME);
  const limits = useAttachmentLimits();
  const plain = useRef<HTMLInputElement>(null);
  const Uploader = useUploader(plain);
  const kept = keptUploads(typed);
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label ?? t("label")} <span className="font-normal text-muted">({t("optional")})</span>
      </label>
      {Uploader ? (
        <Uploader id={id} name={NAME} kept={kept} {...(draft ? { draft } : {})} />
      ) : (
        <PlainChooser id={id} kept={kept} chooser={plain} />
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
      <p id={`${id}-help`} className="text-sm text-muted">
        {t("help", limits)}
      </p>
      <noscript>
        <p className="text-sm text-muted">{t("helpPlain")}</p>
      </noscript>
    </div>
  );
}

/**
 * The chooser that sends at once, when it has come and nobody holds the plain one: whoever has the focus there keeps it, and
 * files chosen there go with the form.
 */
function useUploader(plain: RefObject<HTMLInputElement>): ComponentType<UploaderProps> | null {
  const [Uploader, setUploader] = useState<ComponentType<UploaderProps> | null>(null);
  useEffect(() => {
    let here = true;
    import("./attachment-uploader").then(
      ({ AttachmentUploader }) => {
        const chooser = plain.current;
        const take = () => {
          if (!here || chooser === document.activeElement || chooser?.files?.length) return;
          setUploader(() => AttachmentUploader);
        };
        // The focus has left once the event is over.
        chooser?.addEventListener("blur", () => setTimeout(take));
        take();
      },
      // The plain chooser stays, and does it with the form.
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [plain]);
  return Uploader;
}

/** The most megabytes of a photo and of any other file, as this installation was told. */
function useAttachmentLimits() {
  const root = useRouteLoaderData("root") as { attachmentMb?: { photo: number; file: number } } | undefined;
  return root?.attachmentMb ?? { photo: 25, file: 50 };
}

type PlainProps = { id: string; kept: readonly Upload[]; chooser: RefObject<HTMLInputElement> };

function PlainChooser({ id, kept, chooser }: PlainProps) {
  const t = useTranslations("ideas.attachments");
  return (
    <>
      {kept.length > 0 && <p className="text-sm">{t("kept", { names: kept.map(({ name }) => name).join(", ") })}</p>}
      {kept.map((upload) => (
        <input key={upload.id} type="hidden" name={NAME} value={upload.id} />
      ))}
      <input
        ref={chooser}
        id={id}
        type="file"
        name={NAME}
        multiple
        accept={CHOOSER_TYPES}
        aria-describedby={`${id}-help`}
        className="min-h-11 w-full rounded-md border border-edge border-dashed bg-surface px-3 py-2 text-muted file:mr-3 file:rounded-md file:border file:border-edge file:bg-paper file:px-3 file:py-1 file:text-ink"
      />
    </>
  );
}

/** What a refused form gave back (collectAttachments): uploads that are there already. */
function keptUploads(typed: string | undefined): readonly Upload[] {
  try {
    const value: unknown = JSON.parse(typed ?? "[]");
    return Array.isArray(value) ? (value as Upload[]) : [];
  } catch {
    return [];
  }
}
