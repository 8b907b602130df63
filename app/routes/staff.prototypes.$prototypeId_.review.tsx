import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { looked } from "~/prototypes/pin.schema";
import { actOnReview } from "~/prototypes/review-forms.server";
import { viewReview } from "~/prototypes/reviews.server";
import { ReviewPage } from "~/prototypes/ui/review-page";
import { useLive } from "~/ui/live";
import { loadPageWords } from "~/words";

await loadPageWords("prototypes");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.name} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever is told that somebody was quicker sees at once how things stand now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const asked = looked(request.url);
  const page = asked && (await viewReview(staff, requireId(params, "prototypeId"), asked));
  if (!page) throw notThere();
  return { page };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const acted = await actOnReview(staff, requireId(params, "prototypeId"), await readForm(request), request.url);
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function Review() {
  const { page } = useLoaderData<typeof loader>();
  useLive([`prototype:${page.id}`]);
  return (
    <ReviewPage
      page={page}
      at={{ path: `/staff/prototypes/${page.id}/review`, up: `/staff/prototypes/${page.id}`, ideas: "/staff/ideas" }}
      failure={useActionData<typeof action>()}
    />
  );
}
