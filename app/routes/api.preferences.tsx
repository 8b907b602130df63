import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { ownPath } from "~/accounts/account";
import { savePreferences } from "~/accounts/accounts.server";
import { readForm } from "~/kernel/form";
import { preferenceCookie } from "~/kernel/http";
import { isLocale, pickTheme } from "~/kernel/locale";

/** Keeps a language or an appearance: for this browser in a cookie, and the language for the person in their settings. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request);
  const headers = new Headers();
  const locale = form.get("locale");
  if (isLocale(locale)) {
    if (context.visitor.actor) await savePreferences(context.visitor.actor, { language: locale });
    headers.append("Set-Cookie", preferenceCookie("locale", locale, context.origin));
  }
  const theme = form.get("theme");
  if (typeof theme === "string") {
    headers.append("Set-Cookie", preferenceCookie("theme", pickTheme(theme), context.origin));
  }
  return redirect(ownPath(form.get("back")) ?? "/", { headers });
}
