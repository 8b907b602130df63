import type { LinkProps } from "@remix-run/react";
import type { ButtonHTMLAttributes } from "react";
import { Link } from "./link";

/** `main`: what the page is for, once a page. `plain`: everything else. `danger`: cannot be undone. `quiet`: among other things. */
type Look = "main" | "plain" | "danger" | "quiet";

const LOOKS: Record<Look, string> = {
  main: "bg-accent text-on-accent hover:bg-accent-strong",
  plain: "border border-edge bg-surface text-ink hover:bg-sunken",
  danger: "border border-danger bg-surface text-danger hover:bg-danger-soft",
  quiet: "text-accent hover:bg-accent-soft",
};

function classes(look: Look, extra = "") {
  return `inline-flex min-h-11 items-center justify-center gap-2 rounded-md px-4 text-base font-medium transition-colors duration-100 pointer-fine:min-h-9 pointer-fine:px-3.5 aria-disabled:opacity-60 disabled:opacity-60 ${LOOKS[look]} ${extra}`;
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; busy?: boolean };

/** A button. While `busy` it keeps its place and its focus, says so, and does nothing when pressed again. */
export function Button({ look = "plain", busy = false, className, type = "submit", onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(look, className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    />
  );
}

/** A link that looks like a button: it goes somewhere, and changes nothing. */
export function LinkButton({
  look = "plain",
  className,
  ...rest
}: Omit<LinkProps, "className"> & { look?: Look; className?: string }) {
  return <Link {...rest} className={classes(look, className)} />;
}
