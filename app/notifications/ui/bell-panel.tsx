import { Link, useFetcher, useLocation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import type { NoticeRow } from "../notification";
import { NoticeRows } from "./notice-rows";

const SHOWN = 8;

type ListPage = { notices: { rows: NoticeRow[] } };

/** The newest of what one was told, over the page; loaded when the bell is pressed for the first time. */
export default function BellPanel({ list, aside, onClose }: { list: string; aside: boolean; onClose: () => void }) {
  const t = useTranslations("notifications");
  const { data, load } = useFetcher<ListPage>();
  const all = useFetcher();
  const box = useRef<HTMLDivElement>(null);
  const { key } = useLocation();
  const opened = useRef(key);

  useEffect(() => {
    load(list);
  }, [load, list]);

  // The browser closes it on Escape and on a press elsewhere; a walk to another page does too.
  useEffect(() => {
    const panel = box.current;
    if (!panel) return;
    const toggled = (event: Event) => {
      if ((event as ToggleEvent).newState === "closed") onClose();
    };
    panel.addEventListener("toggle", toggled);
    if (!panel.matches(":popover-open")) panel.showPopover();
    panel.focus();
    return () => panel.removeEventListener("toggle", toggled);
  }, [onClose]);
  useEffect(() => {
    if (opened.current !== key) onClose();
  }, [key, onClose]);

  const rows = data?.notices?.rows.slice(0, SHOWN);
  return (
    <div
      ref={box}
      popover="auto"
      role="dialog"
      aria-label={t("bell.title")}
      tabIndex={-1}
      className={`fixed inset-auto m-0 flex max-h-[80dvh] w-100 max-w-[calc(100vw-16px)] flex-col rounded-md border border-line bg-surface text-base text-ink outline-none top-16 right-2 ${aside ? "lg:top-auto lg:right-auto lg:bottom-16 lg:left-54" : "sm:right-4"}`}
    >
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2">
        <h2 className="font-semibold">{t("bell.title")}</h2>
        {rows?.some(({ read }) => !read) && (
          <all.Form method="post" action={list}>
            <Button look="quiet" name="intent" value="read-all">
              {t("bell.readAll")}
            </Button>
          </all.Form>
        )}
      </div>
      {rows === undefined && <p className="px-4 py-6 text-muted">{t("bell.loading")}</p>}
      {rows?.length === 0 && <p className="px-4 py-6 text-muted">{t("page.emptyText")}</p>}
      {rows && rows.length > 0 && (
        <div className="min-h-0 overflow-auto">
          <NoticeRows rows={rows} />
        </div>
      )}
      <p className="border-t border-line px-4 py-2">
        <Link to={list} className="link inline-flex min-h-9 items-center">
          {t("bell.all")}
        </Link>
      </p>
    </div>
  );
}
