import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LOCALE_NAMES, LOCALES } from "~/kernel/locale";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select, TextArea, TextField } from "~/ui/fields";
import { PostForm, useField } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { type Product, QUESTION_KINDS, type Question } from "../product";
import { useShortLocale } from "./short-locale";

type Props = { products: readonly Product[]; mayEdit: boolean; failure: FormFailure | undefined };

/** What is made, and what is asked about it, for staff. */
export function StaffProductsPage({ products, mayEdit, failure }: Props) {
  const t = useTranslations("catalog.staff");
  const sentences = {
    "name-taken": t("nameTaken"),
    "changed-meanwhile": t("changedMeanwhile"),
    "choices-differ": t("choicesDiffer"),
    "in-all": t("inAll"),
  };
  return (
    <div className="flex max-w-220 flex-col gap-6">
      <PageHeader title={t("title")} lead={t("lead")} />
      {!mayEdit && <Notice tone="info">{t("reader")}</Notice>}
      <ul className="flex flex-col gap-3">
        {products.map((product, at) => (
          <ProductItem
            key={product.id}
            product={product}
            place={{ first: at === 0, last: at === products.length - 1 }}
            mayEdit={mayEdit}
            failure={failure}
            sentences={sentences}
          />
        ))}
      </ul>
      {mayEdit && (
        <section aria-labelledby="add-product" className="flex flex-col gap-3 border-t border-line pt-6">
          <h2 id="add-product" className="text-lg font-semibold">
            {t("addTitle")}
          </h2>
          <PostForm name="product" failure={failure} labels={{ name: t("name") }} sentences={sentences}>
            <TextField name="name" label={t("name")} help={t("nameHelp")} maxLength={80} autoComplete="off" />
            <Button className="self-start">{t("add")}</Button>
          </PostForm>
        </section>
      )}
    </div>
  );
}

type ItemProps = {
  product: Product;
  place: { first: boolean; last: boolean };
  mayEdit: boolean;
  failure: FormFailure | undefined;
  sentences: Readonly<Record<string, string>>;
};

function ProductItem({ product, place, mayEdit, failure, sentences }: ItemProps) {
  const t = useTranslations("catalog.staff");
  const { id, name, state, revision, questions } = product;
  const asked = questions.filter(({ retired }) => !retired).length;
  const ask = `ask-${id}`;
  return (
    <li className="rounded-md border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-semibold">{name}</h2>
        <Badge tone={state === "active" ? "success" : "neutral"}>{t(state)}</Badge>
        <span className="grow text-sm text-muted">{t("questions", { count: asked })}</span>
        {mayEdit && !place.first && <Place id={id} name={name} to="up" />}
        {mayEdit && !place.last && <Place id={id} name={name} to="down" />}
        {mayEdit && (
          <PostForm name={`state-${id}`} failure={failure} sentences={sentences} className="flex">
            <input type="hidden" name="intent" value="state" />
            <input type="hidden" name="id" value={id} />
            <input type="hidden" name="revision" value={revision} />
            <input type="hidden" name="state" value={state === "active" ? "discontinued" : "active"} />
            <Button look="quiet">{t(state === "active" ? "stop" : "resume")}</Button>
          </PostForm>
        )}
      </div>
      {questions.length === 0 ? (
        <p className="text-sm text-muted">{t("noQuestions")}</p>
      ) : (
        <ul className="mt-2 flex flex-col divide-y divide-line">
          {questions.map((question) => (
            <QuestionItem
              key={question.id}
              question={question}
              mayEdit={mayEdit}
              failure={failure}
              sentences={sentences}
            />
          ))}
        </ul>
      )}
      {mayEdit && (
        <details className="mt-3" open={failure?.values.form === `rename-${id}`}>
          <summary className="text-accent">{t("rename", { product: name })}</summary>
          <PostForm
            key={revision}
            name={`rename-${id}`}
            failure={failure}
            labels={{ name: t("name") }}
            sentences={sentences}
            className="flex flex-col gap-3 pt-4"
          >
            <input type="hidden" name="intent" value="rename" />
            <input type="hidden" name="id" value={id} />
            <input type="hidden" name="revision" value={revision} />
            <TextField
              name="name"
              label={t("name")}
              help={t("nameHelp")}
              defaultValue={name}
              maxLength={80}
              autoComplete="off"
            />
            <Button className="self-start">{t("renameSend")}</Button>
          </PostForm>
        </details>
      )}
      {mayEdit && (
        <details className="mt-3" open={failure?.values.form === ask}>
          <summary className="text-accent">{t("addQuestion", { product: name })}</summary>
          <div className="pt-4">
            <QuestionForm name={ask} productId={id} failure={failure} sentences={sentences} />
          </div>
        </details>
      )}
    </li>
  );
}

/** Puts a product one place up or down; the button keeps its place in the list, and the focus with it. */
function Place({ id, name, to }: { id: string; name: string; to: "up" | "down" }) {
  const t = useTranslations("catalog.staff");
  const Icon = to === "up" ? ArrowUp : ArrowDown;
  return (
    <PostForm name={`${to}-${id}`} className="flex">
      <input type="hidden" name="intent" value="place" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="to" value={to} />
      <Button look="quiet" aria-label={t(to, { product: name })}>
        <Icon className="size-4" aria-hidden="true" />
      </Button>
    </PostForm>
  );
}

function QuestionItem({
  question,
  mayEdit,
  failure,
  sentences,
}: Omit<ItemProps, "product" | "place"> & { question: Question }) {
  const t = useTranslations("catalog.staff");
  const locale = useShortLocale();
  const { id, revision, names, kind, choices, required, retired } = question;
  return (
    <li className={`flex flex-wrap items-center gap-x-3 gap-y-1 py-2 ${retired ? "text-muted" : ""}`}>
      <span className="font-medium">{names[locale]}</span>
      <span className="grow text-sm text-muted">
        {[
          t(`kinds.${kind}`),
          choices.map((choice) => choice.names[locale]).join(", "),
          required ? t("required") : "",
          retired ? t("retired") : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {mayEdit && (
        <PostForm name={`retire-${id}`} failure={failure} sentences={sentences} className="flex">
          <input type="hidden" name="intent" value="retire" />
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="retired" value={retired ? "0" : "1"} />
          <Button look="quiet" aria-label={`${t(retired ? "ask" : "retire")}: ${names[locale]}`}>
            {t(retired ? "ask" : "retire")}
          </Button>
        </PostForm>
      )}
    </li>
  );
}

type QuestionFormProps = {
  name: string;
  productId: string;
  failure: FormFailure | undefined;
  sentences: Readonly<Record<string, string>>;
};

function QuestionForm({ name, productId, failure, sentences }: QuestionFormProps) {
  const t = useTranslations("catalog.staff");
  const kinds = QUESTION_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }));
  const labels = Object.fromEntries(
    LOCALES.flatMap((locale) => {
      const language = LOCALE_NAMES[locale];
      return [
        [`name.${locale}`, t("question", { language })],
        [`help.${locale}`, t("help", { language })],
        [`choices.${locale}`, t("choices", { language })],
      ];
    }),
  );
  return (
    <PostForm name={name} failure={failure} labels={labels} sentences={sentences}>
      <input type="hidden" name="intent" value="ask" />
      <input type="hidden" name="product" value={productId} />
      <Select name="kind" label={t("kind")} options={kinds} />
      <Needed />
      <div className="grid gap-4 sm:grid-cols-2">
        {LOCALES.map((locale) => (
          <TextField
            key={locale}
            name={`name.${locale}`}
            label={labels[`name.${locale}`] ?? ""}
            maxLength={120}
            autoComplete="off"
          />
        ))}
        {LOCALES.map((locale) => (
          <TextField
            key={locale}
            name={`help.${locale}`}
            label={labels[`help.${locale}`] ?? ""}
            help={locale === "en" ? t("helpHelp") : undefined}
            maxLength={300}
            autoComplete="off"
            optional
          />
        ))}
        {LOCALES.map((locale) => (
          <TextArea
            key={locale}
            name={`choices.${locale}`}
            label={labels[`choices.${locale}`] ?? ""}
            help={locale === "en" ? t("choicesHelp") : undefined}
            rows={3}
            optional
          />
        ))}
      </div>
      <Button className="self-start">{t("send")}</Button>
    </PostForm>
  );
}

function Needed() {
  const t = useTranslations("catalog.staff");
  const { typed } = useField("required");
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        name="required"
        value="1"
        defaultChecked={typed === "1"}
        className="size-4 accent-accent"
      />
      {t("required")}
    </label>
  );
}
