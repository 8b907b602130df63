import { expect, type Locator, type Page } from "@playwright/test";

/** A page used by somebody who has a keyboard and nothing else: no pointer, and eyes that must find the focus. */

type Stop = { there: boolean; what: string; trouble: string | null };

/** What has the focus: whether that is the target, and whether somebody who looks for it finds it. */
const lookAtFocus = (target: Element): Stop => {
  const held = document.activeElement;
  if (!held || held === document.body) return { there: false, what: "nothing", trouble: null };
  const what = `${held.localName} "${(held.getAttribute("aria-label") ?? held.textContent ?? "").trim().slice(0, 40)}"`;
  const isMarked = (element: Element) =>
    [null, "::after"].some((pseudo) => {
      const { outlineStyle, outlineWidth, opacity } = getComputedStyle(element, pseudo);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && opacity !== "0";
    });
  const near = [held, held.parentElement, held.parentElement?.parentElement].filter((one) => one instanceof Element);
  const { top, right, bottom, left } = held.getBoundingClientRect();
  const [x, y] = [
    (Math.max(left, 0) + Math.min(right, innerWidth)) / 2,
    (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2,
  ];
  const onTop = document.elementFromPoint(x, y);
  const isSeen = onTop !== null && (held.contains(onTop) || onTop.contains(held));
  const trouble = !near.some(isMarked) ? "is not marked" : !isSeen ? "cannot be seen" : null;
  return { there: held === target, what, trouble };
};

/**
 * Walks with Tab until the target has the focus; every stop on the way must be marked and in sight.
 * @throws when it is not reached within so many presses
 */
export async function tabTo(target: Locator, { back = false, most = 90 } = {}): Promise<void> {
  const page = target.page();
  await expect(target).toBeAttached();
  const stops: string[] = [];
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    let { there, what, trouble } = await target.evaluate(lookAtFocus);
    // News that arrived above in the same moment has moved it away: people go back a step and come again.
    for (let again = 0; trouble && again < 3; again += 1) {
      await page.waitForTimeout(200);
      await page.keyboard.press(back ? "Tab" : "Shift+Tab");
      await page.keyboard.press(back ? "Shift+Tab" : "Tab");
      ({ there, what, trouble } = await target.evaluate(lookAtFocus));
    }
    expect(trouble, `${what} has the focus and ${trouble}`).toBeNull();
    if (there) return;
    stops.push(what);
  }
  throw new Error(`Tab does not lead to ${target}: ${stops.join(" → ")}`);
}

/** Walks there and presses Enter. */
export async function press(target: Locator, options?: { back?: boolean; most?: number }): Promise<void> {
  await tabTo(target, options);
  await target.page().keyboard.press("Enter");
}

/** Walks to a field and types into it. */
export async function typeInto(target: Locator, text: string, options?: { back?: boolean }): Promise<void> {
  await tabTo(target, options);
  await target.page().keyboard.type(text);
}

/** Past the navigation, as the first key of a page offers it. */
export async function skipToContent(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
}
