import type { ReactNode } from "react";

/** The one large heading of a page, a sentence below it, and its main action beside it. `above`: where the page belongs. */
export function PageHeader({
  title,
  lead,
  above,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  above?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 max-w-180">
        {above && <div className="mb-1.5 text-sm text-muted">{above}</div>}
        <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {lead && <p className="mt-1.5 text-muted">{lead}</p>}
      </div>
      {children && <div className="flex flex-wrap gap-2">{children}</div>}
    </header>
  );
}
