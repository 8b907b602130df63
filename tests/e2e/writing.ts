import { type BrowserContext, expect, type Locator, type Page, type WebSocketRoute } from "@playwright/test";

/** Comes to the brief of an idea's page, which on a phone stands below the fold, and waits until it can be written in. */
export async function comeToBrief(page: Page): Promise<void> {
  const brief = page.locator(".live-brief");
  await brief.scrollIntoViewIfNeeded();
  await expect(brief.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
}

/**
 * Puts the caret at one end of a line of the brief, and sees it stand there: what another person does at that very moment can
 * put it back to where it was, and whoever looks presses again.
 */
export async function caretAt(page: Page, line: Locator, end: "Home" | "End"): Promise<void> {
  await expect(async () => {
    await line.click();
    await page.keyboard.press(end);
    await page.waitForTimeout(150);
    const beyond = await line.evaluate((element, end) => {
      const caret = getSelection()?.focusNode ? getSelection()?.getRangeAt(0) : null;
      if (!caret || !element.contains(caret.startContainer)) return null;
      const range = document.createRange();
      range.selectNodeContents(element);
      if (end === "End") range.setStart(caret.endContainer, caret.endOffset);
      else range.setEnd(caret.startContainer, caret.startOffset);
      const rest = range.cloneContents();
      for (const name of rest.querySelectorAll("[class^=collaboration-carets]")) name.remove();
      return rest.textContent?.replace(/[\u2060\u200b]/g, "") ?? "";
    }, end);
    expect(beyond).toBe("");
  }).toPass();
}

/**
 * Cuts a browser off and gives the line back. The switch for being offline leaves sockets open that stand already. In: who is
 * told of what comes over its lines.
 */
export async function switchOf(device: BrowserContext, hear: (message: string | Buffer) => void = () => undefined) {
  const lines = new Set<WebSocketRoute>();
  let cut = false;
  await device.routeWebSocket(/\/collab\//, (line) => {
    if (cut) return void line.close();
    line.connectToServer().onMessage((message) => {
      hear(message);
      line.send(message);
    });
    lines.add(line);
  });
  return async (offline: boolean) => {
    cut = offline;
    await device.setOffline(offline);
    if (offline) await Promise.all([...lines].map((line) => line.close()));
    lines.clear();
  };
}
