import { type FunctionComponent, lazy, Suspense, useState } from "react";

let running = false;

/** Said once, when the page of a document has begun to work: what is shown from then on is drawn in this browser. */
export function pageRuns(): void {
  running = true;
}

/** Milliseconds from one try for a script to the next: from the first, twice as long each, to the last. */
const [SOON, LATEST] = [300, 8_000];

/** Until it is here: a part that waited for ever would be read and never work. */
async function untilHere<Got>(get: () => Promise<Got>): Promise<Got> {
  for (let pause = SOON; ; pause = Math.min(2 * pause, LATEST)) {
    try {
      return await get();
    } catch {
      await new Promise((passed) => setTimeout(passed, pause));
    }
  }
}

/**
 * A part of a page whose script comes after the page itself works. The server draws it like any other part, so it is read and
 * its forms post before that; a script that does not come leaves it so, and is asked for again. On a page that one walks to
 * there is nothing to show meanwhile: its module waits for `ready` of its parts at its top, so that they stand there at once.
 */
export function later<Props extends object>(load: () => Promise<FunctionComponent<Props>>) {
  let loaded: FunctionComponent<Props> | null = null;
  const get = async () => {
    loaded = await load();
    return { default: loaded };
  };
  // Its type makes a case of a `ref` among the properties, which none here has.
  const awaited = lazy(() => untilHere(get)) as unknown as typeof loaded;

  function Later(props: Props) {
    // The one it began as: another one would begin anew, without what was typed.
    const [Part] = useState(() => (loaded ?? awaited) as FunctionComponent<Props>);
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  }
  /** Once the page runs, waits until the part is here. Throws when the browser cannot reach us. */
  Later.ready = async (): Promise<void> => {
    if (running) await get();
  };
  return Later;
}
