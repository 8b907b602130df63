import { type ChangeEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { Locale } from "~/kernel/locale";
import { Select, TextField } from "~/ui/fields";
import { useField } from "~/ui/form";
import { ANSWER_MAX, answerField, type Product, type Question } from "../product";
import { useShortLocale } from "./short-locale";

/**
 * The product that something is about, and the questions that the maker asks about it. Without JavaScript they come when the
 * form comes back.
 */
export function ProductFields({ products, name = "product" }: { products: readonly Product[]; name?: string }) {
  const t = useTranslations("catalog");
  const locale = useShortLocale();
  const { typed } = useField(name);
  const [chosen, setChosen] = useState(typed ?? "");
  const product = products.find(({ id }) => id === chosen);
  const asked = product?.questions.filter(({ retired }) => !retired) ?? [];
  if (products.length === 0) return null;
  return (
    <>
      <Select
        name={name}
        label={t("product")}
        optional
        options={[{ value: "", label: t("noProduct") }, ...products.map((one) => ({ value: one.id, label: one.name }))]}
        onChange={({ currentTarget }: ChangeEvent<HTMLSelectElement>) => setChosen(currentTarget.value)}
      />
      {product && asked.length > 0 && (
        <fieldset key={product.id} className="flex flex-col gap-5 rounded-md border border-line px-4 pt-2 pb-4">
          <legend className="px-1 font-medium">{t("about", { product: product.name })}</legend>
          {asked.map((question) => (
            <QuestionField key={question.id} product={product} question={question} locale={locale} />
          ))}
        </fieldset>
      )}
    </>
  );
}

function QuestionField({ product, question, locale }: { product: Product; question: Question; locale: Locale }) {
  const t = useTranslations("catalog");
  const { kind, choices, names, help, required } = question;
  const frame = {
    name: answerField(product.id, question.key),
    label: names[locale],
    optional: !required,
    ...(help ? { help: help[locale] } : {}),
  };
  switch (kind) {
    case "choice": {
      const options = choices.map((choice) => ({ value: choice.key, label: choice.names[locale] }));
      return <Select {...frame} options={[{ value: "", label: t("choose") }, ...options]} />;
    }
    case "number":
      return <TextField {...frame} inputMode="decimal" autoComplete="off" maxLength={20} />;
    case "date":
      return <TextField {...frame} type="date" />;
    case "text":
      return <TextField {...frame} autoComplete="off" maxLength={ANSWER_MAX} />;
  }
}

/** What the questions' fields are called, for the summary of a refused form. */
export function useQuestionLabels(products: readonly Product[]): Record<string, string> {
  const locale = useShortLocale();
  const pairs = products.flatMap((product) =>
    product.questions.map(({ key, names }) => [answerField(product.id, key), names[locale]]),
  );
  return Object.fromEntries(pairs);
}
