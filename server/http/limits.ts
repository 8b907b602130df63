import type { RequestHandler } from "express";
import { stopWith } from "./page";

const MEGABYTE = 2 ** 20;
/** Forms are text; a picture of 10 MB travels with a little around it. */
const LONGEST = { form: MEGABYTE, multipart: 11 * MEGABYTE };

/** Refuses bodies that are too large before anything reads them, and bodies that do not say how large they are. */
export const bodyLimit: RequestHandler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD") return next();
  const length = request.headers["content-length"];
  if (length === undefined && request.headers["transfer-encoding"] === undefined) return next();
  const multipart = request.headers["content-type"]?.startsWith("multipart/form-data") ?? false;
  if (length !== undefined && Number(length) <= (multipart ? LONGEST.multipart : LONGEST.form)) return next();
  // The rest of the body is not read, so the connection cannot be used again.
  response.setHeader("Connection", "close");
  stopWith("tooLarge", request, response, length === undefined ? 411 : 413);
};
