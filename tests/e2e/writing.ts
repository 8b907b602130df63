import { type BrowserContext, expect, type Page, type WebSocketRoute } from "@playwright/test";

/** Comes to the brief of an idea's page, which on a phone stands below the fold, and waits until it can be written in. */
export async function comeToBrief(page: Page): Promise<void> {
  const brief = page.locator(".live-brief");
  await brief.scrollIntoViewIfNeeded();
  await expect(brief.getByRole("textbox")).toHaveAttribute("contenteditable", "true");
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
