import { type LoaderFunctionArgs, redirect } from "@remix-run/node";

/** The roadmap in the language of whoever asks; each language has an address of its own. */
export function loader({ context }: LoaderFunctionArgs) {
  return redirect(`/${context.locale}/roadmap`);
}
