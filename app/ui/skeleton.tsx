/** Where text will stand in a moment; nothing is drawn in the first 300 ms. `label` is what somebody hears meanwhile. */
export function Skeleton({ label, lines = 3 }: { label: string; lines?: number }) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={String(line)} className={`skeleton h-5 ${line === lines - 1 ? "w-2/3" : "w-full"}`} />
      ))}
    </div>
  );
}
