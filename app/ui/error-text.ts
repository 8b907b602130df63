import { useTranslations } from "use-intl";
import type words from "./words/en";

const COUNTED = ["too-short", "too-long", "file-too-large", "files-too-many"] as const;
type Counted = (typeof COUNTED)[number];
type Plain = Exclude<keyof (typeof words)["errors"], Counted>;

/** The sentence of an error code ("required", "too-long:140"); undefined without one. An unknown code is "invalid". */
export function useErrorText(code: string | undefined): string | undefined {
  const t = useTranslations("ui.errors");
  if (!code) return undefined;
  const [name = "", limit] = code.split(":");
  const counted = COUNTED.find((code) => code === name);
  if (counted) return t(counted, { limit: Number(limit) });
  return t(t.has(name as Plain) ? (name as Plain) : "invalid");
}
