import { type ComponentProps, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";
import { Dialog } from "./dialog";

/**
 * The button of a form whose step is not easily taken back: asks first, then sends the form as if it had been pressed.
 * In: the question, what will happen, and the words that say yes. Without JavaScript it sends at once, so the server still
 * decides about everything that must never happen by one press.
 */
export function ConfirmButton({
  question,
  explanation,
  yes,
  look = "danger",
  ...button
}: Omit<ComponentProps<typeof Button>, "type" | "onClick"> & { question: string; explanation: string; yes: string }) {
  const t = useTranslations("ui.dialog");
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const send = () => {
    setOpen(false);
    const pressed = place.current?.querySelector("button");
    pressed?.form?.requestSubmit(pressed);
  };
  return (
    <>
      <span ref={place} className="contents">
        <Button
          {...button}
          look={look}
          onClick={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
        />
      </span>
      <Dialog title={question} open={open} onClose={() => setOpen(false)}>
        <p>{explanation}</p>
        <div className="flex flex-wrap justify-end gap-3">
          <Button type="button" onClick={() => setOpen(false)}>
            {t("no")}
          </Button>
          <Button type="button" look={look} onClick={send}>
            {yes}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
