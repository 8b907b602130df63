type Heard = (topics: readonly string[]) => void;
type Message = { topics: readonly string[]; event?: string } | { joined: number };

/** Milliseconds: what a tab that joins may have missed, and how soon a refused line is asked for again. */
const [REMEMBERED, LATER] = [60_000, 30_000];
const NAME = "tandem-live";

const heard = new Set<Heard>();
let latest: string | null = null;
let recent: { at: number; topics: readonly string[] }[] = [];
let begun = false;
/** Opens the line again that ended with its session: pages that are shown later are those of somebody who signed in. */
let resume: (() => void) | null = null;

/** Hears what is told to this person's pages. The line opens when the browser has nothing better to do. Out: stops hearing. */
export function hear(listener: Heard): () => void {
  heard.add(listener);
  if (!begun) {
    begun = true;
    // Safari knows no idle moments.
    const soon = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200));
    soon(begin, { timeout: 2_000 });
  }
  resume?.();
  return () => void heard.delete(listener);
}

function tell(topics: readonly string[], event?: string): void {
  if (event) latest = event;
  if (topics.length === 0) return;
  const at = performance.now();
  recent = [...recent.filter((one) => at - one.at < REMEMBERED), { at, topics }];
  for (const listener of heard) listener(topics);
}

/**
 * All tabs of a browser share one line, held by one of them: over HTTP/1 a browser opens six to a server, and lines that
 * stay would use them up. When its tab goes, another one takes over.
 */
function begin(): void {
  if (!navigator.locks || typeof BroadcastChannel === "undefined") {
    open(tell, performance.now());
    return;
  }
  const tabs = new BroadcastChannel(NAME);
  let holds = false;
  tabs.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!("joined" in data)) return tell(data.topics, data.event);
    if (!holds) return;
    const since = performance.now() - data.joined;
    const topics = new Set(recent.filter(({ at }) => at > since).flatMap((one) => one.topics));
    if (topics.size > 0) tabs.postMessage({ topics: [...topics] } satisfies Message);
  };
  const age = performance.now();
  tabs.postMessage({ joined: age + 1_000 } satisfies Message);
  void navigator.locks.request(NAME, () => {
    holds = true;
    open((topics, event) => {
      tell(topics, event);
      tabs.postMessage({ topics, ...(event ? { event } : {}) } satisfies Message);
    }, age);
    // Held until the tab goes.
    return new Promise<never>(() => undefined);
  });
}

function open(say: (topics: readonly string[], event?: string) => void, age: number): void {
  const query = latest === null ? `age=${Math.round(age) + 1_000}` : `after=${latest}`;
  const line = new EventSource(`/api/live?${query}`);
  line.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
    const { topics } = JSON.parse(data) as { topics: string[] };
    say(topics, lastEventId || undefined);
  };
  line.onerror = () => {
    // A line that broke is taken up again by the browser; one that was refused is not.
    if (line.readyState !== EventSource.CLOSED) return;
    const again = () => {
      resume = null;
      open(say, age);
    };
    sessionLives().then(
      (lives) => {
        if (lives) {
          setTimeout(again, LATER * (0.5 + Math.random()));
          return;
        }
        // The page asks for itself, and is led to where one signs in.
        resume = again;
        say(["*"]);
      },
      () => setTimeout(again, LATER),
    );
  };
}

async function sessionLives(): Promise<boolean> {
  return (await fetch("/api/session")).status !== 401;
}
