import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";

type Tone = "info" | "success" | "warning" | "danger";

const LOOKS: Record<Tone, { box: string; mark: string; icon: LucideIcon }> = {
  info: { box: "border-info/40 bg-info-soft", mark: "text-info", icon: Info },
  success: { box: "border-success/40 bg-success-soft", mark: "text-success", icon: CircleCheck },
  warning: { box: "border-warning/40 bg-warning-soft", mark: "text-warning", icon: TriangleAlert },
  danger: { box: "border-danger/40 bg-danger-soft", mark: "text-danger", icon: CircleAlert },
};

/**
 * A whole sentence about what is so or what happened. Danger is read out at once, the rest when the reader pauses.
 * `takesFocus`: for the answer to a press, when what was pressed may be gone.
 */
export function Notice({
  tone,
  takesFocus = false,
  children,
}: {
  tone: Tone;
  takesFocus?: boolean;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
  }, [takesFocus]);
  const { box: look, mark, icon: Icon } = LOOKS[tone];
  return (
    <div
      ref={box}
      role={tone === "danger" ? "alert" : "status"}
      tabIndex={takesFocus ? -1 : undefined}
      className={`flex gap-3 rounded-md border px-4 py-3 ${look}`}
    >
      <Icon className={`mt-px size-5 shrink-0 ${mark}`} aria-hidden="true" />
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
