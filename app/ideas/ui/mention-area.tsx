import { type ComponentType, type ReactNode, useEffect, useRef, useState } from "react";
import type { PickerProps } from "./mention-picker";

/** The beginning of a name behind an @, as far as the caret. */
const NAME = /(?:^|[\s(])@([\p{L}][\p{L}'’ -]{0,40}|)$/u;

/**
 * Around a field in which people are called by their names: typing an @ offers those who may read it. The field stays a plain
 * one; a name that was typed whole counts without scripts, too. `only`: who is offered.
 */
export function MentionArea({
  ideaId,
  only,
  children,
}: {
  ideaId: string;
  only: "all" | "staff";
  children: ReactNode;
}) {
  const [Picker, setPicker] = useState<ComponentType<PickerProps> | null>(null);
  const [open, setOpen] = useState<{ field: HTMLTextAreaElement; typed: string } | null>(null);

  const around = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const look = ({ target }: Event) => {
      if (!(target instanceof HTMLTextAreaElement)) return;
      const typed = NAME.exec(target.value.slice(0, target.selectionStart))?.[1];
      setOpen(typed === undefined ? null : { field: target, typed });
      if (typed === undefined) return;
      import("./mention-picker").then(
        (loaded) => setPicker(() => loaded.MentionPicker),
        // Names typed whole are found by the server.
        () => undefined,
      );
    };
    const close = () => setOpen(null);
    const element = around.current;
    element?.addEventListener("input", look);
    element?.addEventListener("focusout", close);
    return () => {
      element?.removeEventListener("input", look);
      element?.removeEventListener("focusout", close);
    };
  }, []);

  return (
    <div ref={around} className="relative">
      {children}
      {Picker && open && (
        <Picker field={open.field} typed={open.typed} ideaId={ideaId} only={only} close={() => setOpen(null)} />
      )}
    </div>
  );
}
