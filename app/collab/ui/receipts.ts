import * as decoding from "lib0/decoding";
import { messageSync, type WebsocketProvider } from "y-websocket";
import type { Unconfirmed } from "./unconfirmed";

/**
 * Reads the server's receipts off a provider's line, before the provider handles each message as ever.
 * In: what to tell, and whom to call when what is confirmed may have changed.
 */
export function readReceipts(provider: WebsocketProvider, unconfirmed: Unconfirmed, changed: () => void): void {
  provider.doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === provider) return;
    unconfirmed.wrote(update);
    changed();
  });
  const handle = provider.messageHandlers[messageSync];
  if (!handle) throw new Error("y-websocket has no handler for edits");
  provider.messageHandlers[messageSync] = (encoder, decoder, ...rest) => {
    const copy = decoding.clone(decoder);
    const step = decoding.readVarUint(copy);
    const body = decoding.readVarUint8Array(copy);
    handle(encoder, decoder, ...rest);
    if (step === 0) unconfirmed.storedUpTo(body);
    else unconfirmed.stored(body);
    changed();
  };
}
