import type { ReactNode } from "react";
import { Button } from "~/ui/button";
import { useFormBusy } from "~/ui/form";

/** A button that waits while its form is on its way. */
export function Send({ label, look = "plain" }: { label: ReactNode; look?: "main" | "plain" | "danger" }) {
  return (
    <Button look={look} busy={useFormBusy()} className="self-start">
      {label}
    </Button>
  );
}
