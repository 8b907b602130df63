import type Stripe from "stripe";
import * as z from "zod";
import type { Api } from "./api";
import type { SandboxClock } from "./clock";
import { openDispute, settle } from "./disputes";
import { expireHold } from "./due";
import { type Faults, faultSchema } from "./faults";
import { cancel } from "./payments";
import { Problem } from "./problem";
import { newId } from "./store";
import type { Hooks } from "./webhooks";

/** What tests may do to the stand-in that a bank, a cardholder or the world would do. */
export interface ControlParts {
  readonly api: Api;
  readonly clock: SandboxClock;
  readonly faults: Faults;
  readonly hooks: Hooks;
  replay(eventId: string): Promise<boolean>;
}

const id = z.strictObject({ id: z.string() });
const CONTROLS = {
  /** Moves the clock on; what is due by then has happened when the answer comes. */
  clock: [
    z.strictObject({
      advance: z
        .number()
        .min(0)
        .max(400 * 86_400),
    }),
    async ({ api, clock, hooks }: ControlParts, given: { advance: number }) => {
      await clock.advance(given.advance);
      await api.within(async () => undefined);
      hooks.nudge();
      return { now: clock.now() };
    },
  ],
  /** The hold of a payment ends now. */
  expire: [
    id,
    async ({ api, hooks }: ControlParts, given: { id: string }) => {
      await api.within((store) => expireHold(store, given.id));
      hooks.nudge();
      return {};
    },
  ],
  /** The cardholder disputes a charge; `won` or `lost` settle the dispute that it has. */
  dispute: [
    z.strictObject({ charge: z.string(), as: z.enum(["won", "lost"]).optional() }),
    async ({ api, hooks }: ControlParts, given: { charge: string; as?: "won" | "lost" }) => {
      const done = await api.within(async (store) => {
        if (!given.as) return openDispute(store, given.charge);
        const [open] = (await store.list<Stripe.Dispute>("dispute", "", { limit: 1 }, { charge: given.charge })).data;
        return open ? settle(store, open, given.as) : null;
      });
      hooks.nudge();
      return { dispute: done?.id ?? null };
    },
  ],
  /** Somebody cancels a payment in the dashboard of Stripe. */
  cancel: [
    id,
    async ({ api, hooks }: ControlParts, given: { id: string }) => {
      await api.within(async (store) =>
        cancel(
          store,
          await store.need<Stripe.PaymentIntent>("payment_intent", given.id, "id", true),
          "requested_by_customer",
        ),
      );
      hooks.nudge();
      return {};
    },
  ],
  /** An event that is told again. */
  replay: [
    id,
    async ({ replay, hooks }: ControlParts, given: { id: string }) => {
      const done = await replay(given.id);
      hooks.nudge();
      return { done };
    },
  ],
  /** An event as another environment of the same account would send it: `livemode`, or of another account. */
  stray: [
    z.strictObject({ livemode: z.boolean().default(false), account: z.string().optional() }),
    async ({ api, hooks }: ControlParts, given: { livemode: boolean; account?: string | undefined }) => {
      await api.within(async (store) => {
        await store.tell(
          "payment_intent.succeeded",
          { id: newId("pi"), object: "payment_intent", livemode: given.livemode },
          undefined,
          given,
        );
      });
      hooks.nudge();
      return {};
    },
  ],
  /** How deliveries go from now on. */
  webhooks: [
    z.strictObject({
      drop: z.number().int().min(0).optional(),
      times: z.number().int().min(1).max(20).optional(),
      shuffle: z.boolean().optional(),
    }),
    async ({ hooks }: ControlParts, given: object) => {
      Object.assign(hooks.controls, given);
      return { ...hooks.controls };
    },
  ],
  /** Resolves once everything that is due has been told. */
  quiet: [
    z.strictObject({}),
    async ({ hooks }: ControlParts) => {
      await hooks.quiet();
      return {};
    },
  ],
  /** Something goes wrong, the next time or times. */
  faults: [
    z.union([faultSchema, z.strictObject({ clear: z.literal(true) })]),
    async ({ faults }: ControlParts, given: z.output<typeof faultSchema> | { clear: true }) => {
      if ("clear" in given) faults.clear();
      else faults.plan(given);
      return { left: faults.left() };
    },
  ],
} as const;

/**
 * Does what `POST /_sandbox/<name>` asks for. In: JSON. Out: JSON; null when there is no such control.
 * @throws Problem when what was sent is not understood
 */
export async function control(parts: ControlParts, name: string, body: string): Promise<object | null> {
  if (!Object.hasOwn(CONTROLS, name)) return null;
  const [schema, run] = CONTROLS[name as keyof typeof CONTROLS] as unknown as readonly [
    z.ZodType,
    (parts: ControlParts, given: unknown) => Promise<object>,
  ];
  const parsed = schema.safeParse(jsonOf(body));
  if (!parsed.success)
    throw new Problem(400, { type: "invalid_request_error", message: z.prettifyError(parsed.error) });
  return run(parts, parsed.data);
}

function jsonOf(body: string): unknown {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    return null;
  }
}
