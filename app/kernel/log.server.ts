import { pino } from "pino";
import { currentSettings } from "./env.server";
import { once } from "./process.server";

// What opens something by itself, wherever it is named: as a path, in an address, inside an error's message.
const LINKS = /(\/(?:guest|unsubscribe)\/|[?&]ticket=)[^/?#&\s"'\\]+/g;

/** A log like ours that writes elsewhere, if told so. */
export function makeLog(destination?: pino.DestinationStream): pino.Logger {
  const { LOG_LEVEL, NODE_ENV } = currentSettings();
  const options: pino.LoggerOptions = {
    // On a terminal the starter's own lines are what a person reads; an operator wants every request.
    level: LOG_LEVEL ?? (NODE_ENV === "production" ? "info" : "warn"),
    base: null,
    redact: {
      paths: ["cookie", "authorization", "apikey", "password", "token", "set-cookie"].flatMap((name) => {
        const key = name.includes("-") ? `["${name}"]` : name;
        const dotted = name.includes("-") ? `["${name}"]` : `.${name}`;
        return [key, `*${dotted}`, `*.*${dotted}`, `*.*.*${dotted}`];
      }),
      censor: "(cut)",
    },
    serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
    hooks: { streamWrite: (line) => line.replace(LINKS, "$1(cut)") },
  };
  return destination ? pino(options, destination) : pino(options);
}

/**
 * The one log of this process, lines of JSON on standard output. What would let a reader of the log act as somebody
 * else never reaches it: cookies, authorisation headers, passwords and tokens are cut out wherever they appear, and so is
 * what opens a link of a guest's or one that ends mail.
 */
export const log: pino.Logger = once("log", () => makeLog());
