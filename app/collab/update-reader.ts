/** Reading past the end, or something that yjs would not write. Never leaves update-scan.ts. */
export class Unreadable extends Error {}

/** Deeper nesting would end the stack of every editor that reads it. */
const DEEPEST = 200;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Walks through the bytes of a yjs update, version 1, keeping nothing of what they say. */
export class UpdateReader {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new Unreadable("cut off");
    return value;
  }

  /** A whole number of up to 53 bits. */
  count(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable("a number too large");
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  skip(length: number): void {
    if (this.at + length > this.bytes.length) throw new Unreadable("cut off");
    this.at += length;
  }

  /** Passes over a text. Out: its length as JavaScript counts it. */
  text(): number {
    const size = this.count();
    const start = this.at;
    this.skip(size);
    for (let at = start; at < this.at; at++) {
      if ((this.bytes[at] ?? 0) > 127) return this.decoded(start).length;
    }
    return size;
  }

  /** Passes over a text that must be JSON. */
  json(undefinedToo = false): void {
    const size = this.count();
    const start = this.at;
    this.skip(size);
    const text = this.decoded(start);
    if (undefinedToo && text === "undefined") return;
    try {
      requireShallow(JSON.parse(text), 0, size);
    } catch {
      throw new Unreadable("not JSON");
    }
  }

  /** Passes over one value in lib0's own notation. */
  value(depth = 0): void {
    if (depth > DEEPEST) throw new Unreadable("too deep");
    switch (this.byte()) {
      case 127: // undefined
      case 126: // null
      case 121: // false
      case 120: // true
        return;
      case 125:
        this.integer();
        return;
      case 124:
        this.skip(4);
        return;
      case 123:
      case 122:
        this.skip(8);
        return;
      case 119:
        this.text();
        return;
      case 118:
        for (let left = this.count(); left > 0; left--) {
          this.text();
          this.value(depth + 1);
        }
        return;
      case 117:
        for (let left = this.count(); left > 0; left--) this.value(depth + 1);
        return;
      case 116:
        this.skip(this.count());
        return;
      default:
        throw new Unreadable("no such kind of value");
    }
  }

  private integer(): void {
    let byte = this.byte();
    let [value, scale] = [byte & 63, 64];
    while (byte > 127) {
      byte = this.byte();
      value += (byte & 127) * scale;
      scale *= 128;
      if (value > Number.MAX_SAFE_INTEGER) throw new Unreadable("a number too large");
    }
  }

  private decoded(start: number): string {
    try {
      return utf8.decode(this.bytes.subarray(start, this.at));
    } catch {
      throw new Unreadable("not UTF-8");
    }
  }
}

/** In: a parsed value, its depth, and the size of the text it came from, which bounds how deep it can go. */
function requireShallow(value: unknown, depth: number, size: number): void {
  if (size <= DEEPEST || typeof value !== "object" || value === null) return;
  if (depth > DEEPEST) throw new Unreadable("too deep");
  for (const part of Object.values(value)) requireShallow(part, depth + 1, size);
}
