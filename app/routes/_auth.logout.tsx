import { type ActionFunctionArgs, redirect, redirectDocument } from "@remix-run/node";
import { signOut } from "~/accounts/sign-in.server";

// Opening the address signs nobody out: any page on the web could make a browser open it.
export async function loader() {
  return redirect("/");
}

export async function action({ context }: ActionFunctionArgs) {
  await signOut(context);
  return redirectDocument("/login");
}
