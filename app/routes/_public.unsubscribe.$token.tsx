import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { unsubscribe, unsubscription } from "~/notifications/notifications.server";
import { UnsubscribePage } from "~/notifications/ui/unsubscribe-page";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("notifications");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · Tandem` : "Tandem" },
  { name: "robots", content: "noindex" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

/** Opening the link changes nothing: scanners of mail open links too. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const kind = await unsubscription(params.token ?? "");
  if (!kind) throw notThere();
  const settings =
    context.visitor.actor?.side === "staff" ? "/staff/settings/notifications" : "/settings/notifications";
  return { kind, settings, title: translatorOf(context.locale)("notifications.unsubscribe.title") };
}

/** RFC 8058: a mailbox posts here for its reader, without a session and from no page of ours. The link is the proof. */
export async function action({ params }: ActionFunctionArgs) {
  if (!(await unsubscribe(params.token ?? ""))) throw notThere();
  return { done: true };
}

export default function Unsubscribe() {
  const { kind, settings } = useLoaderData<typeof loader>();
  return <UnsubscribePage kind={kind} done={useActionData<typeof action>()?.done ?? false} settings={settings} />;
}
