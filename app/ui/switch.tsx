import { type InputHTMLAttributes, type ReactNode, useId } from "react";

type Box = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "role" | "className"> & {
  label: ReactNode;
  /** One sentence below. */
  help?: ReactNode;
};

// The browser says itself whether a checkbox is on, whatever it is called.
const SWITCH = { type: "checkbox", role: "switch" } as const;

/** On or off, in a form as a checkbox is: sent as `on` (or its value) when on. For what takes effect as a whole. */
export function Switch({ label, help, ...box }: Box) {
  return (
    <Line label={label} help={help}>
      {(own) => (
        <input
          {...box}
          {...own}
          {...SWITCH}
          className="peer relative h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full border border-edge bg-surface before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-edge checked:border-accent checked:bg-accent checked:before:left-4.5 checked:before:bg-on-accent focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent disabled:cursor-default disabled:opacity-60"
        />
      )}
    </Line>
  );
}

/** One of several things that may hold at once. */
export function Check({ label, help, ...box }: Box) {
  return (
    <Line label={label} help={help}>
      {(own) => <input {...box} {...own} type="checkbox" className="size-5 shrink-0 accent-accent" />}
    </Line>
  );
}

function Line({
  label,
  help,
  children,
}: Pick<Box, "label" | "help"> & { children: (box: { id: string; "aria-describedby"?: string }) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="flex min-h-11 cursor-pointer items-center gap-3 pointer-fine:min-h-9">
        {children({ id, ...(help ? { "aria-describedby": `${id}-help` } : {}) })}
        <span>{label}</span>
      </label>
      {help && (
        <p id={`${id}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
    </div>
  );
}
