import type { Here } from "~/kernel/here";
import { allHere, takeHere } from "./here";

type Heard = (topics: readonly string[]) => void;
type Message = { topics: readonly string[]; event?: string } | { joined: number } | HereMessage;
/** Who is where; `whole`: and nobody is anywhere else. */
type HereMessage = { here: Readonly<Record<string, Here>>; whole?: boolean };

/** Told to a guest's pages instead of what changed: their access has ended. */
export const GUEST_ENDED = "ended";

/** A guest's page: by its link, and the grant behind it. */
export type GuestLine = { token: string; grantId: string };

/** Milliseconds: what a tab that joins may have missed, and how soon a refused line is asked for again. */
const [REMEMBERED, LATER] = [60_000, 30_000];

const lines = new Map<string, Line>();

/**
 * Hears what is told to the pages of this person, or of a guest: a browser may be both, and neither hears the other's. The
 * line opens when the browser has nothing better to do. `since`, in milliseconds of `performance.now()`: what was told after
 * that, before this call, is told at once. Out: stops hearing.
 */
export function hear(listener: Heard, since: number, guest?: GuestLine): () => void {
  const name = guest ? `tandem-live-${guest.grantId}` : "tandem-live";
  const line = lines.get(name) ?? new Line(name, guest);
  lines.set(name, line);
  return line.hear(listener, since);
}

class Line {
  private readonly heard = new Set<Heard>();
  /** How old the page was when the line began: what it shows is as old. */
  private age = 0;
  private latest: string | null = null;
  private recent: { at: number; topics: readonly string[] }[] = [];
  /** Opens the line again that ended with its session: pages that are shown later are those of somebody who signed in. */
  private resume: (() => void) | null = null;

  constructor(
    private readonly name: string,
    private readonly guest: GuestLine | undefined,
  ) {
    // Safari knows no idle moments.
    const soon = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200));
    soon(() => this.begin(), { timeout: 2_000 });
  }

  hear(listener: Heard, since: number): () => void {
    this.heard.add(listener);
    this.resume?.();
    const missed = this.recent.filter(({ at }) => at > since).flatMap(({ topics }) => topics);
    if (missed.length > 0) listener(missed);
    return () => void this.heard.delete(listener);
  }

  private readonly tell = (topics: readonly string[], event?: string): void => {
    if (event) this.latest = event;
    if (topics.length === 0) return;
    const at = performance.now();
    this.recent = [...this.recent.filter((one) => at - one.at < REMEMBERED), { at, topics }];
    for (const listener of this.heard) listener(topics);
  };

  /**
   * All tabs of a browser share one line, held by one of them: over HTTP/1 a browser opens six to a server, and lines that
   * stay would use them up. When its tab goes, another one takes over.
   */
  private begin(): void {
    this.age = performance.now();
    if (!navigator.locks || typeof BroadcastChannel === "undefined") {
      this.open(this.tell, ({ here, whole }) => takeHere(here, whole));
      return;
    }
    const tabs = new BroadcastChannel(this.name);
    let holds = false;
    tabs.onmessage = ({ data }: MessageEvent<Message>) => {
      if ("here" in data) {
        takeHere(data.here, data.whole);
        return;
      }
      if (!("joined" in data)) {
        this.tell(data.topics, data.event);
        return;
      }
      if (!holds) return;
      tabs.postMessage({ here: allHere(), whole: true } satisfies Message);
      const since = performance.now() - data.joined;
      const topics = new Set(this.recent.filter(({ at }) => at > since).flatMap((one) => one.topics));
      if (topics.size > 0) tabs.postMessage({ topics: [...topics] } satisfies Message);
    };
    tabs.postMessage({ joined: performance.now() + 1_000 } satisfies Message);
    void navigator.locks.request(this.name, () => {
      holds = true;
      this.open(
        (topics, event) => {
          this.tell(topics, event);
          tabs.postMessage({ topics, ...(event ? { event } : {}) } satisfies Message);
        },
        (news) => {
          takeHere(news.here, news.whole);
          tabs.postMessage(news satisfies Message);
        },
      );
      // Held until the tab goes.
      return new Promise<never>(() => undefined);
    });
  }

  private open(say: (topics: readonly string[], event?: string) => void, sayHere: (news: HereMessage) => void): void {
    const query = this.latest === null ? `age=${Math.round(this.age) + 1_000}` : `after=${this.latest}`;
    const line = new EventSource(`${this.guest ? `/guest/${this.guest.token}/live` : "/api/live"}?${query}`);
    line.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      const { topics } = JSON.parse(data) as { topics: string[] };
      say(topics, lastEventId || undefined);
    };
    // What was told before is not known any more, by a line that begins or by one that broke. A guest is told of nobody.
    const nobody = () => this.guest || sayHere({ here: {}, whole: true });
    line.onopen = nobody;
    line.addEventListener("here", ({ data }: MessageEvent<string>) => sayHere({ here: JSON.parse(data) }));
    line.onerror = () => {
      nobody();
      // A line that broke is taken up again by the browser; one that was refused is not.
      if (line.readyState !== EventSource.CLOSED) return;
      const again = () => {
        this.resume = null;
        this.open(say, sayHere);
      };
      this.lives().then(
        (lives) => {
          if (lives) {
            setTimeout(again, LATER * (0.5 + Math.random()));
            return;
          }
          // A guest who was shown out reads what they have; their page says that it is over.
          if (this.guest) {
            say([GUEST_ENDED]);
            return;
          }
          // The page asks for itself, and is led to where one signs in.
          this.resume = again;
          say(["*"]);
        },
        () => setTimeout(again, LATER),
      );
    };
  }

  /** Whether somebody still sits here whom the server knows. */
  private async lives(): Promise<boolean> {
    if (!this.guest) return (await fetch("/api/session")).status !== 401;
    const page = await fetch(`/guest/${this.guest.token}/idea`, { method: "HEAD", redirect: "manual" });
    return page.type !== "opaqueredirect" && page.status !== 404;
  }
}
