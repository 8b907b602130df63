import {
  type ActionFunction,
  type ActionFunctionArgs,
  data,
  type LoaderFunction,
  type ServerBuild,
} from "@remix-run/node";
import { readForm, refuseForm } from "~/kernel/form";
import { networkOf } from "~/kernel/limit-keys";
import { limiter } from "~/kernel/limits.server";
import { log } from "~/kernel/log.server";
import { stopAnswer } from "./page";

// An office shares one address, so an address may do more than a person.
const people = limiter("write.person", { points: 120, seconds: 60 });
const addresses = limiter("write.address", { points: 600, seconds: 60 });

type Handler = (args: Parameters<LoaderFunction>[0]) => ReturnType<LoaderFunction>;

/**
 * The built application with what holds for every route: actions are counted, and a route that draws no page of its own
 * still answers a browser with one when it refuses or breaks.
 */
export function guardedBuild(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    if (!route) return [id, route];
    const { loader, action, default: screen } = route.module;
    const module = { ...route.module };
    if (screen) {
      if (action) module.action = counted(id, action, refusedForm);
    } else {
      if (loader) module.loader = withPages(loader as Handler);
      if (action) module.action = withPages(counted(id, action, refusedFile));
    }
    return [id, { ...route, module }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

type Refusal = (
  args: ActionFunctionArgs,
  stop: "tooOften" | "viewing",
  headers: Record<string, string>,
) => ReturnType<ActionFunction>;

/** What somebody may do who looks as a customer, reading only: leave. */
const WAYS_OUT: readonly string[] = ["routes/api.view", "routes/_auth.logout"];

/**
 * An action that runs unless its person or address has written too often in the last minute, or the person only looks as a
 * customer.
 */
function counted(id: string, action: ActionFunction, refuse: Refusal): ActionFunction {
  return async (args) => {
    const { visitor, clientAddress } = args.context;
    if (visitor.actor && visitor.viewing && !WAYS_OUT.includes(id)) return refuse(args, "viewing", {});
    const waits = await Promise.all([
      addresses.take(networkOf(clientAddress)),
      visitor.actor ? people.take(visitor.actor.personId) : null,
    ]);
    const wait = Math.max(...waits.map((seconds) => seconds ?? 0));
    return wait === 0 ? action(args) : refuse(args, "tooOften", { "Retry-After": String(wait) });
  };
}

/** On a page: its form comes back with all that was typed and a sentence. */
const refusedForm: Refusal = async ({ request }, stop, headers) => {
  // A form that may carry photographs is sent in parts, and what was typed in it is kept no less.
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(
    request.headers.get("content-type") ?? "",
  );
  const form = isForm ? await readForm(request) : new FormData();
  const failure = refuseForm(form, { "": stop === "viewing" ? "viewing" : "too-often" });
  // A page with one form takes the failure as the whole answer, a page with several under this name.
  return data({ ...failure, failure }, { status: stop === "viewing" ? 403 : 429, headers });
};

const refusedFile: Refusal = ({ request, context }, stop, headers) =>
  wantsPage(request)
    ? stopAnswer(stop, context, headers)
    : Response.json({ why: stop }, { status: stop === "viewing" ? 403 : 429, headers });

const wantsPage = (request: Request) => request.headers.get("accept")?.includes("text/html") ?? false;

function withPages(handler: Handler): Handler {
  return async (args) => {
    const { request, context } = args;
    let answer: unknown;
    try {
      answer = await handler(args);
    } catch (thrown) {
      if (!(thrown instanceof Response)) {
        const { requestId } = context;
        log.error({ err: thrown, requestId, method: request.method }, "A request failed");
        return wantsPage(request)
          ? stopAnswer("broken", context)
          : Response.json({ why: "broken", reference: requestId }, { status: 500 });
      }
      answer = thrown;
    }
    if (!(answer instanceof Response) || answer.body || !wantsPage(request)) return answer;
    if (answer.status === 400) return stopAnswer("unreadable", context);
    if (answer.status === 404) return stopAnswer("notFound", context);
    return answer.status === 403 ? stopAnswer("forbidden", context) : answer;
  };
}
