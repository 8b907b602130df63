import { Form, useNavigation } from "@remix-run/react";
import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { SIGN_IN, useDraft } from "./draft";
import { useErrorText } from "./error-text";
import { ReadingNote, Sendable } from "./reading";

type Sentences = Readonly<Record<string, string>>;
type FormState = { failure: FormFailure | undefined; prefix: string; busy: boolean; sentences: Sentences };
const FormContext = createContext<FormState>({ failure: undefined, prefix: "", busy: false, sentences: {} });

/** The sentence of a code: the page's own, or the design system's. */
function useSentence(code: string | undefined): string | undefined {
  const general = useErrorText(code);
  const { sentences } = useContext(FormContext);
  return (code && sentences[code]) || general;
}

/** The state of the form around a field: its id, whether it came back, what was typed then, and what is wrong with it. */
export function useField(name: string) {
  const { failure, prefix } = useContext(FormContext);
  const error = useSentence(failure?.errors[name]);
  return { id: `${prefix}-${name}`, typed: failure?.values[name], wasSent: failure !== undefined, error };
}

/** Whether the form around this is being sent right now. */
export function useFormBusy(): boolean {
  return useContext(FormContext).busy;
}

/** The field by which a page with several forms knows which of them it received. */
export const FORM_NAME = "form";

type PostFormProps = {
  /** Unique on its page; sent along as `form`, so that a failure returns to the form it came from. */
  name: string;
  /** What the action answered, if it refused. Another form's failure is ignored. */
  failure?: FormFailure | { ok: true } | null | undefined;
  /** The words on each field, for the summary on top. */
  labels?: Readonly<Record<string, string>>;
  /** Sentences for codes that only this page knows. */
  sentences?: Sentences;
  /** Another page that receives the form. */
  action?: string;
  /** The form carries files. */
  multipart?: boolean;
  /** Keeps what is typed on this device until it is sent, under this key. Name the person in it: devices are shared. */
  draft?: string;
  className?: string;
  /** Off where a failure is only shown, in the gallery. */
  takesFocus?: boolean;
  children: ReactNode;
};

/**
 * A form that posts, with and without JavaScript. Puts a summary of what is wrong on top and moves the focus there;
 * fields inside find their own error and what was typed. After success its fields are empty again.
 */
export function PostForm({
  name,
  failure,
  labels = {},
  sentences = {},
  action,
  multipart = false,
  draft,
  className = "flex flex-col gap-5",
  takesFocus = true,
  children,
}: PostFormProps) {
  const navigation = useNavigation();
  const form = useRef<HTMLFormElement>(null);
  const own = failure && !failure.ok && (failure.values[FORM_NAME] ?? name) === name ? failure : undefined;
  const busy = navigation.state !== "idle" && navigation.formData?.get(FORM_NAME) === name;
  const sending = busy && navigation.state === "submitting";
  const was = useRef({ busy, sending });
  const restored = useDraft(form, draft, Boolean(own));

  useEffect(() => {
    // With the answer, not with the page's fresh data: what is typed while that is fetched belongs to the next sending.
    // On the way to the sign-in nothing was taken: it stays for the way back, and so do the files.
    const isTaken = navigation.location?.pathname !== SIGN_IN;
    if (was.current.sending && !sending && !own && isTaken) {
      form.current?.reset();
      // Before the page's fresh data brings fields anew, which would be filled with it.
      restored.forget();
    }
    if (was.current.busy && !busy && !own) restored.forget();
    was.current = { busy, sending };
  });

  const left = useRef(restored.leave);
  left.current = restored.leave;
  // Taken, and sent on to another page: nothing is left here that could tell it.
  useEffect(() => () => (was.current.busy ? left.current() : undefined), []);

  const prefix = `${useId().replaceAll(":", "")}${name}`;
  const t = useTranslations("ui.form");
  return (
    <FormContext.Provider value={{ failure: own, prefix, busy, sentences }}>
      {/* The browser's own bubbles speak the device's language and cannot be styled: the server's answer is the one check. */}
      <Form
        ref={form}
        method="post"
        noValidate
        {...(multipart ? { encType: "multipart/form-data" as const } : {})}
        {...(action ? { action } : {})}
        className={className}
      >
        <input type="hidden" name={FORM_NAME} value={name} />
        {own && Object.keys(own.errors).length > 0 && (
          <ErrorSummary failure={own} labels={labels} prefix={prefix} takesFocus={takesFocus} />
        )}
        {restored.shown && !own && <p className="text-sm text-muted">{t("restored")}</p>}
        <ReadingNote />
        <Sendable>{children}</Sendable>
      </Form>
    </FormContext.Provider>
  );
}

type SummaryProps = { failure: FormFailure; labels: Sentences; prefix: string; takesFocus: boolean };

function ErrorSummary({ failure, labels, prefix, takesFocus }: SummaryProps) {
  const t = useTranslations("ui.form");
  const box = useRef<HTMLDivElement>(null);
  // A new failure is a new object, and takes the focus again.
  useEffect(() => {
    if (failure && takesFocus) box.current?.focus();
  }, [failure, takesFocus]);
  const fields = Object.entries(failure.errors);
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-md border border-danger bg-danger-soft px-4 py-3">
      <p className="font-medium text-danger">{t("problems", { count: fields.length })}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {fields.map(([field, code]) => (
          <SummaryLine
            key={field}
            code={code}
            label={labels[field]}
            {...(field ? { target: `${prefix}-${field}` } : {})}
          />
        ))}
      </ul>
    </div>
  );
}

function SummaryLine({ code, label, target }: { code: string; label: string | undefined; target?: string }) {
  const sentence = useSentence(code);
  if (!target) return <li>{sentence}</li>;
  return (
    <li>
      <a href={`#${target}`} className="link">
        {label ? `${label}: ${sentence}` : sentence}
      </a>
    </li>
  );
}
