import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireClient } from "~/accounts/session.server";
import { readCursor } from "~/kernel/cursor";
import { listShownPrototypes } from "~/prototypes/reviews.server";
import { ReviewListPage } from "~/prototypes/ui/review-list-page";
import { useLive } from "~/ui/live";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("prototypes");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const after = readCursor(new URL(request.url).searchParams.get("after"));
  return {
    prototypes: await listShownPrototypes(client, after),
    title: translatorOf(context.locale)("prototypes.list.title"),
  };
}

export default function Prototypes() {
  const { prototypes } = useLoaderData<typeof loader>();
  useLive(["prototypes"]);
  return <ReviewListPage prototypes={prototypes} />;
}
