import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { mayOpenSocket } from "./origin";

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Takes every upgrade of the server: /collab goes to live editing when a page of ours asks. `othersToo`: somebody else
 * listens for what is not ours (Vite's own socket); without that it is cut off.
 */
export function upgrades(parts: {
  origins: ReadonlySet<string>;
  collab: { handleUpgrade: UpgradeHandler };
  othersToo: boolean;
}): UpgradeHandler {
  return (request, socket, head) => {
    const ours = request.url?.startsWith("/collab/") ?? false;
    if (!ours && parts.othersToo) return;
    // Node takes its own listener away before it hands the socket over: a browser that hangs up now would end the process.
    socket.on("error", drop);
    if (!ours) socket.destroy();
    else if (mayOpenSocket(request, parts.origins)) parts.collab.handleUpgrade(request, socket, head);
    else refuse(socket);
  };
}

/** Ends the line once the refusal is out: nothing else would end one whose other side stays silent. */
function refuse(socket: Duplex): void {
  socket.once("finish", () => socket.destroy());
  socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}

/** Ends a broken line. Not made anew for each: what was asked at its beginning would stay in memory as long as the line. */
function drop(this: Duplex): void {
  this.destroy();
}
