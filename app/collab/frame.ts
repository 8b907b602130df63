const BINARY = 0x82;
/** Up to here a copy is cheaper than a second write to the socket. */
const SMALL = 16 * 1024;

/** What is written to a socket, in this order. The same parts serve every connection that is sent the same. */
export type Frame = readonly Uint8Array[];

/** Messages as WebSocket frames of a server: whole, binary, not masked. */
export function frameOf(...messages: readonly Uint8Array[]): Frame {
  const parts: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  const endRun = () => {
    if (small.length > 0) parts.push(small.length === 1 && small[0] ? small[0] : Buffer.concat(small));
    small = [];
  };
  for (const message of messages) {
    small.push(headerOf(message.length));
    if (message.length <= SMALL) small.push(message);
    else {
      endRun();
      parts.push(message);
    }
  }
  endRun();
  return parts;
}

function headerOf(length: number): Uint8Array {
  if (length < 126) return new Uint8Array([BINARY, length]);
  if (length < 65_536) return new Uint8Array([BINARY, 126, length >> 8, length & 255]);
  const header = new Uint8Array(10);
  header.set([BINARY, 127]);
  new DataView(header.buffer).setBigUint64(2, BigInt(length));
  return header;
}
