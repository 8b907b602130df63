import { WebSocket } from "ws";

/** What an upgrade to a room's socket is answered with: 101 when it opens. */
export function upgrade(origin: string, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}${path}`, {
      headers: { Cookie: cookie, Origin: origin },
    });
    socket.once("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.once("unexpected-response", (_, answer) => {
      resolve(answer.statusCode ?? 0);
      socket.terminate();
    });
    socket.once("error", reject);
  });
}
