import { Link, useFetcher, useLocation } from "@remix-run/react";
import { Bell as BellIcon } from "lucide-react";
import { lazy, type MouseEvent, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useLive } from "~/ui/live";
import { type Bell as BellData, MOST_COUNTED } from "../notification";

const BellPanel = lazy(() => import("./bell-panel"));

type Props = {
  personId: string;
  bell: BellData;
  /** The page of all notifications on the reader's side. */
  list: string;
  /** Where its panel opens: beside the staff area's own column. */
  aside?: boolean;
};

/**
 * How much is unread, on every page, as it happens. It leads to the list; with JavaScript it opens the newest in place.
 * What its reader has in front of them counts as read once they show that they are there.
 */
export function Bell({ personId, bell, list, aside = false }: Props) {
  const t = useTranslations("notifications.bell");
  const [open, setOpen] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  useLive([`person:${personId}`]);
  useSeen(bell.subjects, list);

  const { unread } = bell;
  const shown = unread >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : String(unread);
  const press = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setOpen((was) => !was);
  };
  // The same for as long as the bell stands: a panel that was handed another one would take the focus, or open, once more.
  const close = useCallback(() => {
    setOpen(false);
    link.current?.focus();
  }, []);
  return (
    <div>
      <Link
        ref={link}
        to={list}
        onClick={press}
        aria-label={t("label", { count: unread })}
        aria-expanded={open}
        className={`relative flex size-11 items-center justify-center rounded-md text-muted hover:bg-accent-soft hover:text-ink ${aside ? "lg:w-full lg:justify-start lg:px-2.5" : ""}`}
      >
        <BellIcon className="size-5" aria-hidden="true" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className={`absolute top-1 right-0.5 min-w-5 rounded-full bg-accent px-1 text-center text-xs font-medium text-on-accent tabular ${aside ? "lg:top-3 lg:right-3" : ""}`}
          >
            {shown}
          </span>
        )}
      </Link>
      {open && (
        <Suspense fallback={null}>
          <BellPanel list={list} aside={aside} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}

/** Coming to the page of a thing, or doing anything there, says that one has seen what one was told of it. */
function useSeen(unread: readonly string[], list: string): void {
  const { pathname } = useLocation();
  const { submit, state } = useFetcher();
  const subject = unread.find((id) => pathname.includes(id));
  const came = useRef(pathname);

  useEffect(() => {
    if (subject === undefined || state !== "idle") return;
    const seen = () => {
      if (!document.hidden) submit({ intent: "seen", subject }, { method: "post", action: list });
    };
    if (came.current !== pathname) {
      came.current = pathname;
      seen();
      return;
    }
    document.addEventListener("pointerdown", seen);
    document.addEventListener("keydown", seen);
    return () => {
      document.removeEventListener("pointerdown", seen);
      document.removeEventListener("keydown", seen);
    };
  }, [subject, pathname, state, submit, list]);
}
