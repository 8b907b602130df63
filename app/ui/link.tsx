import {
  type LinkProps,
  type NavLinkProps,
  Link as RouterLink,
  NavLink as RouterNavLink,
  useLocation,
} from "@remix-run/react";
import type { AnchorHTMLAttributes, ReactNode } from "react";

/**
 * The router's links, for what stands on a page dozens of times. Written out on the server, a link to an address of ours
 * is an anchor and nothing else; making one through the router costs four times as much. In a browser it is the router's.
 */
const onServer = typeof document === "undefined";

/** An address from the root, as the router would write it itself. */
export const isWrittenOut = (to: unknown): to is string =>
  typeof to === "string" && /^\/(?![/\\])[^?#]*(?:\?[^#]+)?(?:#.+)?$/.test(to);

/** What only the router reads; all else stands on the anchor. */
function anchorOf(props: Omit<LinkProps, "to">): AnchorHTMLAttributes<HTMLAnchorElement> & { "data-discover": "true" } {
  const {
    prefetch: _prefetch,
    discover: _discover,
    relative: _relative,
    replace: _replace,
    state: _state,
    preventScrollReset: _preventScrollReset,
    viewTransition: _viewTransition,
    ...anchor
  } = props;
  return { ...anchor, "data-discover": "true" };
}

const isPlain = ({ discover, reloadDocument, prefetch }: Omit<LinkProps, "to">) =>
  discover !== "none" && !reloadDocument && prefetch !== "render" && prefetch !== "viewport";

/** A link to a page of ours. */
export function Link({ to, ...rest }: LinkProps) {
  if (!onServer || !isWrittenOut(to) || !isPlain(rest)) return <RouterLink to={to} {...rest} />;
  return <a {...anchorOf(rest)} href={to} />;
}

type PlaceLinkProps = Omit<NavLinkProps, "className" | "style" | "children" | "to" | "end"> & {
  to: string;
  /** Only this very address is the place; else all below it are, too. */
  end: boolean;
  className: string;
  children: ReactNode;
};

/** A link of the navigation: it says so when it leads to where its reader is. */
export function PlaceLink({ to, end, className, ...rest }: PlaceLinkProps) {
  const { pathname } = useLocation();
  if (!onServer || !isWrittenOut(to) || !isPlain(rest)) {
    return <RouterNavLink to={to} end={end} className={className} {...rest} />;
  }
  const [here, there] = [pathname.toLowerCase(), to.toLowerCase()];
  const isHere = here === there || (!end && here.startsWith(there) && here.charAt(there.length) === "/");
  return (
    <a
      {...anchorOf(rest)}
      href={to}
      className={isHere ? `${className} active` : className}
      aria-current={isHere ? "page" : undefined}
    />
  );
}
