import { pino } from "pino";
import { currentSettings } from "./env.server";
import { once } from "./process.server";

/**
 * The one log of this process, lines of JSON on standard output. What would let a reader of the log act as somebody
 * else never reaches it: cookies, authorisation headers, passwords and tokens are cut out wherever they appear.
 */
export const log: pino.Logger = once("log", () => {
  const { LOG_LEVEL, NODE_ENV } = currentSettings();
  return pino({
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
  });
});
