const SETTLED_MS = 50;
const PLACES = "li, form, details, section, aside, article";

/**
 * Keeps the keyboard where its reader is, while the page changes under it. On another page it lands on the heading, or on what
 * the address names; when what had the focus is gone from this page, on the closest thing around it that is still there.
 * In: the part of the document that changes. Out: how to stop.
 */
export function keepLanding(main: HTMLElement): () => void {
  let path = location.pathname;
  let last: Element | null = null;
  let around: Element[] = [];
  let timer = 0;

  const remember = ({ target }: FocusEvent) => {
    last = target instanceof Element && main.contains(target) ? target : null;
    around = [];
    for (let one = last?.parentElement; one && one !== main; one = one.parentElement) around.push(one);
  };
  // Left for nothing, as by a press beside everything, it is not lost: what goes away later is of no concern.
  const forget = ({ target }: FocusEvent) =>
    queueMicrotask(() => {
      if (target === last && last?.isConnected && document.activeElement === document.body) last = null;
    });
  const land = () => {
    const moved = path !== location.pathname;
    path = location.pathname;
    const held = document.activeElement;
    const isLost = held === null || held === document.body;
    // Whoever the page itself has put into a field, or who opened something above it, stays there.
    const stays = held !== null && (main.contains(held) || held.closest("dialog, [role=dialog]") !== null);
    if (moved ? stays : !isLost || !last || last.isConnected) return;
    const place = moved ? null : around.find((one) => one.isConnected && one.matches(PLACES));
    const named = moved && location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const target = (place && sameField(last, place)) ?? place ?? named ?? main.querySelector("h1") ?? main;
    if (!(target instanceof HTMLElement)) return;
    if (target.tabIndex < 0) target.tabIndex = -1;
    // Where a page begins is known to whoever turned it; only within it nothing may jump.
    target.focus({ preventScroll: true });
  };
  const changed = new MutationObserver(() => {
    if (path === location.pathname && (!last || last.isConnected)) return;
    clearTimeout(timer);
    // Dialogs give the focus back by themselves, a moment after they closed.
    timer = window.setTimeout(land, SETTLED_MS);
  });
  document.addEventListener("focusin", remember);
  document.addEventListener("focusout", forget);
  changed.observe(main, { childList: true, subtree: true });
  return () => {
    clearTimeout(timer);
    changed.disconnect();
    document.removeEventListener("focusin", remember);
    document.removeEventListener("focusout", forget);
  };
}

/** The field that was drawn anew in the place of another one. */
function sameField(gone: Element | null, place: Element): Element | null {
  const name = gone?.getAttribute("name");
  return gone && name ? place.querySelector(`${gone.localName}[name="${CSS.escape(name)}"]`) : null;
}
