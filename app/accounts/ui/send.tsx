import { Button } from "~/ui/button";
import { useFormBusy } from "~/ui/form";

/** A button that waits while its form is on its way. `label`: for who hears it, where the word alone does not say which. */
export function Send({
  children,
  look = "plain",
  label,
}: {
  children: string;
  look?: "main" | "plain" | "danger" | "quiet";
  label?: string;
}) {
  return (
    <Button look={look} busy={useFormBusy()} className="self-start" aria-label={label}>
      {children}
    </Button>
  );
}
