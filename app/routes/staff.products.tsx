import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayEditCatalog } from "~/catalog/product";
import {
  productForm,
  productNameForm,
  productPlaceForm,
  productStateForm,
  questionForm,
  retireForm,
} from "~/catalog/product.schema";
import {
  addProduct,
  addQuestion,
  allProducts,
  type CatalogOutcome,
  moveProduct,
  renameProduct,
  retireQuestion,
  setProductState,
} from "~/catalog/products.server";
import { StaffProductsPage } from "~/catalog/ui/staff-products-page";
import type { StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("catalog.staff.title");
  return { title, products: await allProducts(staff), mayEdit: mayEditCatalog(staff) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  const outcome = await change(staff, typed);
  if (outcome.ok) return redirect("/staff/products");
  if ("errors" in outcome) return data(outcome, 422);
  const { why } = outcome;
  if (why === "not-found") throw new Response(null, { status: 404, statusText: "Not Found" });
  const status = { "not-allowed": 403, "name-taken": 422, "changed-meanwhile": 409 }[why];
  return data(refuseForm(typed, { [why === "name-taken" ? "name" : ""]: why }), status);
}

async function change(staff: StaffActor, typed: FormData): Promise<CatalogOutcome | FormFailure> {
  switch (typed.get("intent")) {
    case "rename": {
      const form = parseForm(typed, productNameForm);
      return form.ok ? renameProduct(staff, form.value) : form;
    }
    case "place": {
      const form = parseForm(typed, productPlaceForm);
      return form.ok ? moveProduct(staff, form.value) : form;
    }
    case "state": {
      const form = parseForm(typed, productStateForm);
      return form.ok ? setProductState(staff, form.value) : form;
    }
    case "retire": {
      const form = parseForm(typed, retireForm);
      return form.ok ? retireQuestion(staff, form.value) : form;
    }
    case "ask": {
      const form = parseForm(typed, questionForm);
      return form.ok ? addQuestion(staff, form.value) : form;
    }
    default: {
      const form = parseForm(typed, productForm);
      return form.ok ? addProduct(staff, form.value.name) : form;
    }
  }
}

export default function Products() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  return <StaffProductsPage {...page} failure={useActionData<typeof action>()} />;
}
