import type { Editor } from "@tiptap/react";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { LiveBriefProps } from "./brief-props";

const TYPES: readonly string[] = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"];
export const PICTURE_TYPES = TYPES.join(",");

/** The pictures among what was pasted or dropped. */
export function pictureIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter(({ type }) => TYPES.includes(type));
}

export type Pictures = {
  /** Pictures on their way. */
  adding: readonly string[];
  /** Why the last one was not added. */
  problem: string | null;
  /** Stores pictures and puts each into the text, at a place or where the caret is. False: there are none to take. */
  take: (files: readonly File[], place?: number) => boolean;
};

/** Brings pictures into the text: stored first, so that the text only ever names what is there. */
export function usePictures(held: RefObject<Editor | null>, upload: LiveBriefProps["uploadImage"]): Pictures {
  const t = useTranslations("collab");
  const [adding, setAdding] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);

  const add = useCallback(
    async (file: File) => {
      const signal = leaving.current?.signal;
      if (!upload || !signal) return;
      setAdding((names) => [...names, file.name]);
      setProblem(null);
      try {
        const outcome = await upload(file, signal);
        if (outcome.ok) {
          const { src, width, height } = outcome;
          held.current
            ?.chain()
            .focus()
            .insertContent({ type: "image", attrs: { src, alt: "", width, height } })
            .run();
          // Where nothing follows, the picture itself is chosen, and the next letter would take its place.
          if (held.current?.isActive("image")) held.current.commands.createParagraphNear();
        } else {
          setProblem(outcome.why);
        }
      } catch {
        if (!signal.aborted) setProblem(t("image.failed", { name: file.name }));
      }
      setAdding((names) => names.toSpliced(names.indexOf(file.name), 1));
    },
    [held, upload, t],
  );

  return useMemo(
    () => ({
      adding,
      problem,
      take: (files, place) => {
        const editor = held.current;
        if (files.length === 0 || !upload || !editor?.isEditable) return false;
        if (place !== undefined) editor.commands.setTextSelection(place);
        for (const file of files) void add(file);
        return true;
      },
    }),
    [adding, problem, held, upload, add],
  );
}
