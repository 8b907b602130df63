import { safeHref } from "../rich-text";

/** What was typed as an address, as people write them: without https:// or mailto:. Null when it leads nowhere. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeHref(`mailto:${text}`);
  if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#:].*)?$/u.test(text)) return safeHref(`https://${text}`);
  return safeHref(text);
}
