/** How far something is that takes more than a moment, from 0 to 1; `label` is what somebody hears of it. */
export function ProgressBar({ label, value }: { label: string; value: number }) {
  return <progress aria-label={label} value={value} max={1} className="h-1.5 w-full accent-accent" />;
}
