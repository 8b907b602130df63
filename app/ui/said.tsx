import { useActionData, useNavigation } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { FORM_NAME } from "./form";
import { SpokenLine, useSpoken } from "./spoken";

/**
 * Tells somebody who hears the page that a form of it was taken: what is new appears elsewhere, without a word.
 * In: one sentence for each form, by its name. Refusals speak for themselves, and without JavaScript the page comes anew.
 * Stands outside the forms, because one that succeeds may be gone with its success.
 */
export function Said({ sentences }: { sentences: Readonly<Record<string, string>> }) {
  const { state, formData } = useNavigation();
  const refused = useActionData() !== undefined;
  const sent = useRef<string | null>(null);
  const [said, say] = useSpoken();

  useEffect(() => {
    if (state !== "idle") {
      // A walk to another page begun meanwhile leaves no form: nobody knows then what became of it.
      sent.current = formData ? `${formData.get(FORM_NAME) ?? ""}` : null;
      return;
    }
    const sentence = sent.current !== null && !refused ? sentences[sent.current] : undefined;
    sent.current = null;
    if (sentence) say(sentence);
  });

  return <SpokenLine spoken={said} />;
}
