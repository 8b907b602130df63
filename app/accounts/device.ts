/** What can be told of a device from what its browser calls itself. A name of a product, never a sentence; null: unknown. */
export type Device = { browser: string | null; system: string | null; phone: boolean };

// Every browser claims to be several others: the rarer name stands before those it borrows.
const BROWSERS: readonly [name: string, mark: RegExp][] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\b(?:OPR|Opera)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Yandex", /\bYaBrowser\//],
  ["WeChat", /\bMicroMessenger\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ["Safari", /\bVersion\/[\d.]+ .*Safari\//],
];
const SYSTEMS: readonly [name: string, mark: RegExp][] = [
  ["Android", /\bAndroid\b/],
  ["iPadOS", /\biPad\b/],
  ["iOS", /\b(?:iPhone|iPod)\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMacintosh\b/],
  ["Linux", /\b(?:Linux|X11)\b/],
];

/** In: a User-Agent header, which is anybody's words. */
export function deviceOf(userAgent: string | null): Device {
  const said = (userAgent ?? "").slice(0, 500);
  const first = (names: readonly [string, RegExp][]) => names.find(([, mark]) => mark.test(said))?.[0] ?? null;
  return { browser: first(BROWSERS), system: first(SYSTEMS), phone: /\b(?:Mobile|iPhone|iPod)\b/.test(said) };
}
