let latest: string | null = null;

/**
 * Remembers the request id of the latest answer that failed, so that the error page after a click can name the line in
 * the log. Remix hands error boundaries the error alone, and in production says nothing of it; the header is all there is.
 */
export function rememberReferences(): void {
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    if (answer.status >= 500) latest = answer.headers.get("x-request-id");
    return answer;
  };
}

/** The request id of the latest failed answer, or null when none failed since the page was opened. */
export function latestReference(): string | null {
  return latest;
}
