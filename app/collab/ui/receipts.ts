import * as decoding from "lib0/decoding";
import { messageSync, type WebsocketProvider } from "y-websocket";
import { isFromDevice } from "./kept-copy";
import type { Unconfirmed } from "./unconfirmed";

/**
 * Reads the server's receipts off a provider's line, before the provider handles each message as ever.
 * In: what to tell, whom to call when what is confirmed may have changed, and whether something in the document came from this
 * device, so that nobody saw it being written.
 */
export function readReceipts(
  provider: WebsocketProvider,
  unconfirmed: Unconfirmed,
  changed: () => void,
  fromDevice: () => boolean = () => false,
): void {
  provider.doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin === provider || isFromDevice(origin)) return;
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
    if (step === 0) {
      unconfirmed.storedUpTo(body);
      if (fromDevice()) unconfirmed.lackedBy(body, provider.doc);
    } else unconfirmed.stored(body);
    // The answer to what this document said it has: all that is missing in it, and everything that was ever removed.
    if (step === 1 && fromDevice()) unconfirmed.removalsLackedBy(body, provider.doc);
    changed();
  };
}
