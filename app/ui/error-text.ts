import { useTranslations } from "use-intl";
import type words from "./words/en";

type Counted = "too-short" | "too-long";
type Plain = Exclude<keyof (typeof words)["errors"], Counted>;

/** The sentence of an error code ("required", "too-long:140"); undefined without one. An unknown code is "invalid". */
export function useErrorText(code: string | undefined): string | undefined {
  const t = useTranslations("ui.errors");
  if (!code) return undefined;
  const [name = "", limit] = code.split(":");
  if (name === "too-short" || name === "too-long") return t(name, { limit: Number(limit) });
  return t(t.has(name as Plain) ? (name as Plain) : "invalid");
}
