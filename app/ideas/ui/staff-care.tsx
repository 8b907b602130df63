import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import type { StaffCare } from "../idea-page";
import { Send } from "./send";

type Named = { id: string; name: string };
/** What the forms offer; `product`: the idea's own. */
export type CareChoices = {
  products: readonly Named[];
  product: string | null;
  colleagues: readonly Named[];
  tags: readonly string[];
};

/** Which of us looks after an idea, and its tags, which do not exist for a customer; and the form that names its product. */
export function StaffCareSection({
  care,
  revision,
  may,
  choices,
  failure,
}: {
  care: StaffCare;
  revision: number;
  may: boolean;
  /** What the forms offer; null while they are closed. */
  choices: CareChoices | null;
  failure: FormFailure | undefined;
}) {
  const t = useTranslations("ideas.care");
  const labels = { product: t("product"), owner: t("owner"), tags: t("tags") };
  return (
    <section aria-labelledby="care" className="flex flex-col gap-3">
      <h2 id="care" className="text-sm font-medium">
        {t("title")}
      </h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-muted">{t("owner")}</dt>
        <dd>{care.owner?.name ?? t("nobody")}</dd>
        <dt className="text-muted">{t("tags")}</dt>
        <dd>
          {care.tags.length > 0 ? (
            <ul className="flex flex-wrap gap-1.5">
              {care.tags.map((tag) => (
                <li key={tag} className="rounded-sm bg-sunken px-1.5 text-sm">
                  {tag}
                </li>
              ))}
            </ul>
          ) : (
            t("none")
          )}
        </dd>
      </dl>
      {may && !choices && (
        <Link to="?panel=care" preventScrollReset className="link inline-flex min-h-8 items-center self-start text-sm">
          {t("change")}
        </Link>
      )}
      {may && choices && (
        <div className="flex flex-col gap-4 border-t border-line pt-3">
          <PostForm name="product" failure={failure} labels={labels} className="flex flex-col gap-2">
            <input type="hidden" name="revision" key={revision} defaultValue={revision} />
            <Select
              name="product"
              label={labels.product}
              help={t("productHelp")}
              optional
              defaultValue={choices.product ?? ""}
              options={[
                { value: "", label: t("none") },
                ...choices.products.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <Send label={t("productSend")} />
          </PostForm>
          <PostForm name="owner" failure={failure} labels={labels} className="flex flex-col gap-2">
            <input type="hidden" name="revision" key={revision} defaultValue={revision} />
            <Select
              name="owner"
              label={labels.owner}
              optional
              defaultValue={care.owner?.id ?? ""}
              options={[
                { value: "", label: t("nobody") },
                ...choices.colleagues.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
            <Send label={t("ownerSend")} />
          </PostForm>
          <PostForm name="tags" failure={failure} labels={labels} className="flex flex-col gap-2">
            <TextField
              key={care.tags.join()}
              name="tags"
              label={labels.tags}
              help={
                choices.tags.length > 0 ? t("tagsKnown", { tags: choices.tags.slice(0, 20).join(", ") }) : t("tagsHelp")
              }
              optional
              defaultValue={care.tags.join(", ")}
            />
            <Send label={t("tagsSend")} />
          </PostForm>
          <Link to="?" preventScrollReset className="link self-start text-sm">
            {t("close")}
          </Link>
        </div>
      )}
    </section>
  );
}
