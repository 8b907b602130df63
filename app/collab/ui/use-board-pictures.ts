import type { BinaryFileData, DataURL, ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { BoardBinding } from "./board-binding";

export type BoardPictures = {
  /** One could not be fetched. */
  failed: boolean;
  /** Settles once each picture of the board is in the drawing, or could not be fetched. */
  arrived: () => Promise<void>;
};

/** Fetches the pictures that stand on the board, each once. */
export function useBoardPictures(binding: BoardBinding, api: ExcalidrawImperativeAPI | null): BoardPictures {
  const elements = useSyncExternalStore(binding.subscribe, binding.elements);
  const coming = useRef(new Map<string, Promise<void>>());
  const [failed, setFailed] = useState(false);
  const arrived = useCallback(async () => {
    if (!api) return;
    const there = api.getFiles();
    for (const { fileId } of binding.elements()) {
      if (typeof fileId !== "string" || coming.current.has(fileId) || there[fileId]) continue;
      const fetched = pictureOf(fileId).then(
        (file) => api.addFiles([file]),
        () => {
          coming.current.delete(fileId);
          setFailed(true);
        },
      );
      coming.current.set(fileId, fetched);
    }
    await Promise.all(coming.current.values());
  }, [binding, api]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: pictures come with elements.
  useEffect(() => {
    void arrived();
  }, [elements, arrived]);
  return { failed, arrived };
}

async function pictureOf(id: string): Promise<BinaryFileData> {
  const answer = await fetch(`/api/files/${id}`);
  if (!answer.ok) throw new Error(answer.statusText);
  const blob = await answer.blob();
  const dataURL = await new Promise<string>((then, failed) => {
    const reader = new FileReader();
    reader.onload = () => then(`${reader.result}`);
    reader.onerror = failed;
    reader.readAsDataURL(blob);
  });
  return { id: id as BinaryFileData["id"], dataURL: dataURL as DataURL, mimeType: "image/webp", created: 1 };
}
