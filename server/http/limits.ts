import { type ActionFunction, data, type ServerBuild } from "@remix-run/node";
import type { RequestHandler } from "express";
import { refuseForm } from "~/kernel/form";
import { limiter } from "~/kernel/limits.server";
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

// An office shares one address, so an address may do more than a person.
const people = limiter("write.person", { points: 120, seconds: 60 });
const addresses = limiter("write.address", { points: 600, seconds: 60 });

/**
 * The built application with every action counted, per person and per address. Too many: the action does not run, and
 * its form comes back with all that was typed and a sentence.
 */
export function withWriteLimits(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const action = route?.module.action;
    if (!route || !action) return [id, route];
    const isPage = route.module.default !== undefined;
    return [id, { ...route, module: { ...route.module, action: counted(action, isPage) } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

function counted(action: ActionFunction, isPage: boolean): ActionFunction {
  return async (args) => {
    const { visitor, clientAddress } = args.context;
    const waits = await Promise.all([
      addresses.take(clientAddress),
      visitor.actor ? people.take(visitor.actor.personId) : null,
    ]);
    const wait = Math.max(...waits.map((seconds) => seconds ?? 0));
    if (wait === 0) return action(args);
    const headers = { "Retry-After": String(wait) };
    if (!isPage) return Response.json({ why: "too-often" }, { status: 429, headers });
    const isForm = args.request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded");
    const form = isForm ? await args.request.formData() : new FormData();
    return data(refuseForm(form, { "": "too-often" }), { status: 429, headers });
  };
}
