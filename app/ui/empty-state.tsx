import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** An empty list: what would stand here, and what to do next. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  children,
}: {
  icon: LucideIcon;
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-md border border-dashed border-line px-6 py-12 text-center">
      <Icon className="size-8 text-edge" strokeWidth={1.5} aria-hidden="true" />
      <p className="text-lg font-semibold">{title}</p>
      <p className="max-w-110 text-muted">{text}</p>
      {children}
    </div>
  );
}
