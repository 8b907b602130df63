import { NavLink, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Parts of one object or of one's settings, each a page with an address of its own. On a phone the row scrolls by itself, with the open part in its middle. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { to: string; label: string; exact?: boolean }[];
}) {
  const row = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const here = pathname && row.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (here && row.current)
      row.current.scrollLeft = here.offsetLeft - (row.current.clientWidth - here.offsetWidth) / 2;
  }, [pathname]);
  return (
    <nav ref={row} aria-label={label} className="mb-6 relative overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink
              to={tab.to}
              end={tab.exact ?? false}
              prefetch="intent"
              className="-mb-px flex h-11 items-center border-b-2 border-transparent px-3 whitespace-nowrap text-muted -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {tab.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
