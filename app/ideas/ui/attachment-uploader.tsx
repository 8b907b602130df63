import { Camera, FileText, ImageIcon, Paperclip, RotateCcw, X } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { ProgressBar } from "~/ui/progress-bar";
import { CAMERA_TYPES, CHOOSER_TYPES, type Upload } from "../idea-attachment";
import type { Item } from "./attachment-sending";
import { useUploads } from "./attachment-uploads";
import { useBytes } from "./attachments";

export type UploaderProps = { id: string; name: string; kept: readonly Upload[]; draft?: string };

/** Files that are sent as soon as they are chosen, dropped, pasted or photographed; the form then carries their ids. */
export function AttachmentUploader({ id, name, kept, draft }: UploaderProps) {
  const t = useTranslations("ideas.attachments");
  const box = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const uploads = useUploads(kept, draft);
  const { items, add } = uploads;
  useForm(box, uploads);
  useDrop(box, add, setOver);
  return (
    <div
      ref={box}
      className={`flex flex-col gap-3 rounded-md border border-dashed px-3 py-3 ${isOver ? "border-accent bg-accent-soft" : "border-edge bg-surface"}`}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Chooser id={id} label={t("choose")} onChoose={add} />
        <Chooser label={t("camera")} onChoose={add} camera />
        <span className="hidden text-sm text-muted pointer-fine:inline">{t("drop")}</span>
      </div>
      {items.length > 0 && (
        <ul className="flex flex-col gap-2">
          {items.map((item) => (
            <Row key={item.key} item={item} retry={uploads.retry} remove={uploads.remove} />
          ))}
        </ul>
      )}
      {items.map((item) =>
        item.id && (item.phase === "checking" || item.phase === "ready") ? (
          <input key={item.key} type="hidden" name={name} value={item.id} />
        ) : null,
      )}
      <p role="status" className="sr-only">
        {items.length > 0 &&
          t("standing", { done: items.filter(({ phase }) => phase === "ready").length, all: items.length })}
      </p>
    </div>
  );
}

/**
 * The form around: pictures pasted anywhere in it are taken; it waits for files on their way; emptied after it was sent, it
 * keeps none.
 */
function useForm(box: RefObject<HTMLDivElement>, { add, clear, isBusy }: ReturnType<typeof useUploads>) {
  const held = useRef<{ isBusy: boolean; pressed: HTMLElement | null }>({ isBusy, pressed: null });
  useEffect(() => {
    const form = box.current?.closest("form");
    if (!form) return;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    };
    const submit = (event: SubmitEvent) => {
      if (!held.current.isBusy) return;
      // Sent without what is still on its way, the form would lose it: it goes on by itself when all is there.
      event.preventDefault();
      event.stopPropagation();
      held.current.pressed = event.submitter ?? form;
    };
    const reset = () => clear();
    form.addEventListener("paste", paste);
    form.addEventListener("submit", submit, { capture: true });
    form.addEventListener("reset", reset);
    return () => {
      form.removeEventListener("paste", paste);
      form.removeEventListener("submit", submit, { capture: true });
      form.removeEventListener("reset", reset);
    };
  }, [box, add, clear]);
  useEffect(() => {
    const { pressed } = held.current;
    held.current.isBusy = isBusy;
    if (isBusy || !pressed) return;
    held.current.pressed = null;
    box.current?.closest("form")?.requestSubmit(pressed instanceof HTMLFormElement ? undefined : pressed);
  }, [box, isBusy]);
}

/** The whole box takes what is dropped on it; its buttons do the same by keyboard. */
function useDrop(box: RefObject<HTMLDivElement>, add: (files: File[]) => void, over: (isOver: boolean) => void) {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const hover = (event: DragEvent) => {
      event.preventDefault();
      over(true);
    };
    const leave = () => over(false);
    const drop = (event: DragEvent) => {
      event.preventDefault();
      over(false);
      add([...(event.dataTransfer?.files ?? [])]);
    };
    element.addEventListener("dragover", hover);
    element.addEventListener("dragleave", leave);
    element.addEventListener("drop", drop);
    return () => {
      element.removeEventListener("dragover", hover);
      element.removeEventListener("dragleave", leave);
      element.removeEventListener("drop", drop);
    };
  }, [box, add, over]);
}

type ChooserProps = { id?: string; label: string; camera?: boolean; onChoose: (files: File[]) => void };

function Chooser({ id, label, camera = false, onChoose }: ChooserProps) {
  const Icon = camera ? Camera : Paperclip;
  return (
    <label
      className={`relative inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-md border border-edge bg-paper px-4 font-medium focus-within:outline-2 focus-within:outline-accent hover:bg-sunken pointer-fine:min-h-9 ${camera ? "pointer-fine:hidden" : ""}`}
    >
      <Icon className="size-4" aria-hidden="true" />
      {label}
      <input
        {...(id ? { id, "aria-describedby": `${id}-help` } : {})}
        type="file"
        aria-label={label}
        multiple={!camera}
        accept={camera ? CAMERA_TYPES : CHOOSER_TYPES}
        {...(camera ? { capture: "environment" as const } : {})}
        className="absolute inset-0 cursor-pointer opacity-0"
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          // Chosen again after it was taken out, the same file is a change again.
          currentTarget.value = "";
        }}
      />
    </label>
  );
}

type RowProps = { item: Item; retry: (item: Item) => void; remove: (item: Item) => void };

function Row({ item, retry, remove }: RowProps) {
  const t = useTranslations("ideas.attachments");
  const bytes = useBytes();
  const { name, phase, isPhoto, id } = item;
  const bad = phase === "refused" || phase === "failed";
  return (
    <li className="flex min-h-11 items-center gap-3">
      <span className="flex size-11 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-sunken text-muted">
        {phase === "ready" && isPhoto && id ? (
          <img src={`/api/attachments/${id}?size=thumb`} alt="" className="size-full object-cover" />
        ) : isPhoto ? (
          <ImageIcon className="size-5" aria-hidden="true" />
        ) : (
          <FileText className="size-5" aria-hidden="true" />
        )}
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{name}</span>
        {phase === "sending" ? (
          <ProgressBar label={t("sendingOf", { name })} value={item.progress} />
        ) : (
          <span className={`block text-sm ${bad ? "text-danger" : "text-muted"}`}>
            {bad ? <Why item={item} /> : `${t(`phase.${phase}`)} · ${bytes(item.byteSize)}`}
          </span>
        )}
      </span>
      {phase === "failed" && (
        <Button type="button" look="quiet" aria-label={t("retry", { name })} onClick={() => retry(item)}>
          <RotateCcw className="size-4" aria-hidden="true" />
        </Button>
      )}
      <Button
        type="button"
        look="quiet"
        aria-label={t(phase === "sending" || phase === "waiting" ? "cancel" : "remove", { name })}
        onClick={() => remove(item)}
      >
        <X className="size-4" aria-hidden="true" />
      </Button>
    </li>
  );
}

function Why({ item }: { item: Item }) {
  const t = useTranslations("ideas.attachments.refusal");
  const { why, megabytes } = item;
  if (why === "too-large" && megabytes !== null) return t("larger-than", { megabytes });
  const known = why !== null && t.has(why as "failed") ? (why as "failed") : "failed";
  return t(known);
}
