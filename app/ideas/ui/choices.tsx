import { useState } from "react";
import { useField } from "~/ui/form";

export type Option = { value: string; label: string; help?: string };

/** One of a few things that each want a sentence: a group of radio buttons. */
export function Choices({
  name,
  label,
  options,
  initial,
}: {
  name: string;
  label: string;
  options: readonly Option[];
  initial: string;
}) {
  const { id, typed, error } = useField(name);
  const [chosen] = useState(typed || initial);
  return (
    <fieldset id={id} className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex min-h-11 cursor-pointer items-start gap-3 rounded-md border border-line bg-surface px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={chosen === option.value}
            aria-labelledby={`${id}-${option.value}`}
            {...(option.help ? { "aria-describedby": `${id}-${option.value}-help` } : {})}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          <span>
            <span id={`${id}-${option.value}`} className="font-medium">
              {option.label}
            </span>
            {option.help && (
              <span id={`${id}-${option.value}-help`} className="block text-sm text-muted">
                {option.help}
              </span>
            )}
          </span>
        </label>
      ))}
      {error && <p className="text-sm text-danger">{error}</p>}
    </fieldset>
  );
}
