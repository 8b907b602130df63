import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { useTranslations } from "use-intl";
import { useField } from "./form";

type Frame = {
  name: string;
  label: string;
  /** One sentence below the field. */
  help?: ReactNode;
  /** Fields are required unless they say so. */
  optional?: boolean;
};

const BOX =
  "w-full rounded-md border border-edge bg-surface px-3 text-ink placeholder:text-muted aria-invalid:border-danger aria-invalid:outline-danger";

/** Label above, help below, the error beside the field; both are read out with it. */
function FieldFrame({
  id,
  label,
  help,
  optional,
  error,
  children,
}: Omit<Frame, "name"> & { id: string; error: string | undefined; children: ReactNode }) {
  const t = useTranslations("ui.form");
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label} {optional && <span className="font-normal text-muted">({t("optional")})</span>}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="text-sm text-muted">
          {help}
        </p>
      )}
    </div>
  );
}

function useFrame({ name, label, help, optional }: Frame) {
  const { id, typed, error } = useField(name);
  const describedBy = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(" ");
  return {
    typed,
    frame: { id, label, help, optional: optional ?? false, error },
    control: {
      id,
      name,
      required: !optional,
      ...(error ? { "aria-invalid": true as const } : {}),
      ...(describedBy ? { "aria-describedby": describedBy } : {}),
    },
  };
}

type Typed<T> = Omit<T, keyof Frame | "id" | "className" | "required">;

/** One line of text; `type` as in HTML. A password is never filled in again. */
export function TextField({
  name,
  label,
  help,
  optional,
  defaultValue,
  ...rest
}: Frame & Typed<InputHTMLAttributes<HTMLInputElement>>) {
  const { typed, frame, control } = useFrame({ name, label, help, ...(optional ? { optional } : {}) });
  return (
    <FieldFrame {...frame}>
      <input {...rest} {...control} defaultValue={typed ?? defaultValue} className={`${BOX} h-11 pointer-fine:h-10`} />
    </FieldFrame>
  );
}

/** Several lines of text; grows with what is typed where the browser can. */
export function TextArea({
  name,
  label,
  help,
  optional,
  defaultValue,
  rows = 5,
  ...rest
}: Frame & Typed<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { typed, frame, control } = useFrame({ name, label, help, ...(optional ? { optional } : {}) });
  return (
    <FieldFrame {...frame}>
      <textarea
        {...rest}
        {...control}
        rows={rows}
        defaultValue={typed ?? defaultValue}
        className={`${BOX} field-sizing-content min-h-24 py-2`}
      />
    </FieldFrame>
  );
}

/** One of a few options, by the browser's own list. */
export function Select({
  name,
  label,
  help,
  optional,
  defaultValue,
  options,
  ...rest
}: Frame & Typed<SelectHTMLAttributes<HTMLSelectElement>> & { options: readonly { value: string; label: string }[] }) {
  const { typed, frame, control } = useFrame({ name, label, help, ...(optional ? { optional } : {}) });
  return (
    <FieldFrame {...frame}>
      <select {...rest} {...control} defaultValue={typed ?? defaultValue} className={`${BOX} h-11 pointer-fine:h-10`}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
