import type { ReactNode } from "react";

// What scrolls and holds no link would be out of the keyboard's reach.
const BY_KEYBOARD = { tabIndex: 0 };

/**
 * Rows of facts. Whoever hears it is told what it is (`caption`); on a narrow screen it scrolls by itself, and the keyboard
 * reaches it for that. `numbers`: columns (from 0) whose figures stand below each other.
 */
export function Table({
  caption,
  head,
  numbers = [],
  children,
}: {
  caption: string;
  head: readonly ReactNode[];
  numbers?: readonly number[];
  children: ReactNode;
}) {
  return (
    <section aria-label={caption} {...BY_KEYBOARD} className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-muted">
            {head.map((cell, column) => (
              <th
                key={String(column)}
                scope="col"
                className={`px-3 py-2 font-medium ${numbers.includes(column) ? "text-right" : ""}`}
              >
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </section>
  );
}

/** One cell of a table. */
export function Cell({ number = false, children }: { number?: boolean; children?: ReactNode }) {
  return <td className={`h-10 px-3 py-1.5 align-middle ${number ? "text-right tabular" : ""}`}>{children}</td>;
}
