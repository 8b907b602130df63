import { useFetcher } from "@remix-run/react";
import type { FormEvent, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { FORM_NAME } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { Sendable } from "~/ui/reading";
import type { Refusal } from "../idea-page";

type Answer<Why> = { refused?: { form: string; why: Why } };

/** The field by which the page's action knows that scripts sent the form, and that no page is to follow. */
export const QUICK = "quick";

/**
 * A form of one press, whose outcome is shown before the server has answered. `sent`: what is under way, null otherwise.
 * Refused, the page goes back to what the server knows, and `why` says so in a sentence.
 */
export function useQuick<Why extends string = Refusal>() {
  const fetcher = useFetcher<Answer<Why>>();
  const why: Why | null =
    fetcher.state === "idle" ? ((fetcher.data as Answer<Why> | undefined)?.refused?.why ?? null) : null;
  return { fetcher, sent: fetcher.formData ?? null, why };
}

export type Quick = Pick<ReturnType<typeof useQuick>, "fetcher">;

/** The form itself; without JavaScript it posts like any other. */
export function QuickForm({
  quick,
  name,
  fields = {},
  className,
  children,
}: {
  quick: Quick;
  name: string;
  fields?: Readonly<Record<string, string>>;
  className?: string;
  children: ReactNode;
}) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    data.set(QUICK, "yes");
    quick.fetcher.submit(data, { method: "post" });
  };
  return (
    <form method="post" onSubmit={send} className={className}>
      <input type="hidden" name={FORM_NAME} value={name} />
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <Sendable>{children}</Sendable>
    </form>
  );
}

/** Says why something was not done, where it was pressed. */
export function WhyNot({ why }: { why: Refusal | null }) {
  const t = useTranslations("ideas.whyNot");
  return why && <Notice tone="danger">{t(why)}</Notice>;
}
