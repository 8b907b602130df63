import { createHash } from "node:crypto";

/** Text as it may stand in HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

const STYLE = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1f1d1a;background:#fbfaf7;overflow-wrap:anywhere}
article{border-top:1px solid #cfc9bd;padding:1rem 0}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:0}
p{margin:.5rem 0}pre{font:inherit;white-space:pre-wrap;margin:.75rem 0}
a{color:#1f4f8f}small{color:#5f5a52}
button{font:inherit;padding:.6rem 1.2rem}
@media(prefers-color-scheme:dark){body{color:#ece8e0;background:#1b1a18}a{color:#9cc2f5}small{color:#b3aca0}article{border-color:#4a463f}}
`;

/** A whole page of a stand-in; `title` and `language` are escaped here, `body` is HTML already. */
export function localPage(page: { language: string; title: string; body: string }): string {
  return `<!doctype html><html lang="${escapeHtml(page.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(page.title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(page.title)}</h1>${page.body}</main></body></html>`;
}

/** Headers of such a page: nobody caches it, and it loads and runs nothing. */
export const LOCAL_PAGE_HEADERS: Record<string, string> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; "),
};
