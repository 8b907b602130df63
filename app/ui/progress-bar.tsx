import type { ReactNode } from "react";

/** How far something is that takes more than a moment. `value` from 0 to 1, or null while nobody knows. `children`: a way to stop it. */
export function ProgressBar({ label, value, children }: { label: string; value: number | null; children?: ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 grow">
        <p className="mb-1 truncate text-sm">{label}</p>
        <progress
          aria-label={label}
          {...(value === null ? {} : { value, max: 1 })}
          className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
        />
      </div>
      {children}
    </div>
  );
}
