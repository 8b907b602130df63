import { CLOSE } from "../limits";

/** What `GET /api/collab/ticket` answers. */
type Ticket = { url: string; ticket: string };

const isTicket = (answer: unknown): answer is Ticket =>
  typeof (answer as Ticket | null)?.url === "string" && typeof (answer as Ticket).ticket === "string";

/** Nothing was answered, or nothing that opens a socket: tried again, as after a line that broke. */
const BROKEN = 1006;
/** Answers that trying again does not change, as the live server would say them. */
const REFUSALS = new Map<number, number>([
  [401, CLOSE.signedOut],
  [404, CLOSE.gone],
]);

/**
 * A WebSocket class for the provider of a room whose live server is on another host, where this page's cookies do not go:
 * each socket asks for a ticket before it opens, so every reconnect has one of its own.
 */
export function ticketSockets(room: string, ask: () => Promise<Response> = () => askFor(room)): typeof WebSocket {
  class TicketSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly OPEN = 1;
    binaryType: BinaryType = "arraybuffer";
    onopen: ((event: Event) => void) | null = null;
    onmessage: ((event: MessageEvent) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    private line: WebSocket | null = null;
    private over = false;

    constructor() {
      ask()
        .then(async (answer) => {
          const ticket: unknown = answer.ok ? await answer.json() : null;
          if (isTicket(ticket)) this.open(ticket);
          else this.end(REFUSALS.get(answer.status) ?? BROKEN);
        })
        .catch(() => this.end(BROKEN));
    }

    get readyState(): number {
      return this.line?.readyState ?? (this.over ? TicketSocket.CLOSED : TicketSocket.CONNECTING);
    }

    send(data: Uint8Array<ArrayBuffer>): void {
      this.line?.send(data);
    }

    close(code?: number, reason?: string): void {
      this.over = true;
      this.line?.close(code, reason);
    }

    private open({ url, ticket }: Ticket): void {
      if (this.over) return;
      const line = new WebSocket(`${url}/${room}?${new URLSearchParams({ ticket })}`);
      line.binaryType = this.binaryType;
      line.onopen = (event) => this.onopen?.(event);
      line.onmessage = (event) => this.onmessage?.(event);
      line.onerror = (event) => this.onerror?.(event);
      line.onclose = (event) => this.onclose?.(event);
      this.line = line;
    }

    private end(code: number): void {
      if (this.over) return;
      this.over = true;
      this.onclose?.({ code, reason: "" });
    }
  }
  // As much of the class as the provider uses.
  return TicketSocket as unknown as typeof WebSocket;
}

const askFor = (room: string): Promise<Response> =>
  fetch(`/api/collab/ticket?${new URLSearchParams({ room })}`, { cache: "no-store", redirect: "manual" });
