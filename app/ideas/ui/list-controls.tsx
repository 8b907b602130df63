import { Form, useNavigate } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { COUNTED_TO } from "../idea-list";

const BOX = "h-11 w-full rounded-md border border-edge bg-surface px-2.5 text-ink pointer-fine:h-9";

/**
 * The form that narrows a list: it gets, so that what it says stands in the address. With JavaScript a choice counts at once
 * and what says nothing is left out; without, its button sends it as it is.
 */
export function FilterForm({
  path,
  addressOf,
  children,
}: {
  path: string;
  addressOf: (fields: Readonly<Record<string, string>>) => string;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const go = (form: HTMLFormElement) => {
    const fields: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") fields[name] = fields[name] ? `${fields[name]},${value}` : value;
    }
    navigate(addressOf(fields), { preventScrollReset: true });
  };
  return (
    <Form
      action={path}
      role="search"
      className="mb-4 flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        go(event.currentTarget);
      }}
      onChange={(event) => {
        // A word is sent when it is whole.
        const target: EventTarget = event.target;
        if (target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === "checkbox")) {
          go(event.currentTarget);
        }
      }}
    >
      {children}
    </Form>
  );
}

/** One of a few things to narrow by; the first choice narrows nothing unless `required`. */
export function FilterSelect({
  name,
  label,
  value,
  options,
  required = false,
}: {
  name: string;
  label: string;
  value: string | null;
  options: readonly { id: string; name: string }[];
  required?: boolean;
}) {
  const t = useTranslations("ideas.lists");
  return (
    <label className="flex min-w-0 flex-col gap-1 text-sm text-muted">
      {label}
      <select name={name} key={value} defaultValue={value ?? ""} className={BOX}>
        {!required && <option value="">{t("every")}</option>}
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** How many there are; true up to COUNTED_TO, and beyond it that there are more. */
export function Count({ count }: { count: number | null }) {
  const t = useTranslations("ideas.lists");
  if (count === null) return null;
  return <>{count > COUNTED_TO ? t("countMore", { count: COUNTED_TO }) : t("count", { count })}</>;
}
