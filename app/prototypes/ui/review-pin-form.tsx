import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import { Select, TextArea, TextField } from "~/ui/fields";
import { FORM_NAME, PostForm } from "~/ui/form";
import { isRegion, type Place } from "../pin";
import { PIN_WORDS_MAX, partsOf, percentOf } from "../pin-page";
import type { ShownFile } from "../review-page";
import type { ReviewProps } from "./review-props";
import { useReviewRefusals } from "./review-refusals";

type Props = ReviewProps & { file: ShownFile; chosen: Place | null; choose: (place: Place) => void };

const SIDES = ["left", "top", "wide", "high"] as const;

/** Sets a pin: where, chosen on the picture or written in parts of a hundred, and its first words. */
export function PinForm({ page, file, chosen, choose, failure }: Props) {
  const t = useTranslations("prototypes.review.new");
  const isFlat = file.kind === "picture" || file.kind === "pdf";
  const labels = {
    comment: t("comment"),
    to: t("to"),
    left: t("left"),
    top: t("top"),
    wide: t("wide"),
    high: t("high"),
  };
  const isBack = failure?.values[FORM_NAME] === "pin";
  return (
    <section aria-labelledby="new-pin" className="flex flex-col gap-3 rounded-md border border-line px-4 py-4">
      <div>
        <h3 id="new-pin" className="font-semibold">
          {t("title")}
        </h3>
        {isFlat && <p className="text-sm text-muted">{t("help")}</p>}
      </div>
      <PostForm
        name="pin"
        failure={failure}
        labels={labels}
        sentences={useReviewRefusals()}
        draft={`pin:${page.me}:${page.version.id}`}
        className="flex flex-col gap-4"
      >
        <input type="hidden" name="version" value={page.version.id} />
        <input type="hidden" name="file" value={file.id} />
        {file.kind === "pdf" && <input type="hidden" name="page" value={page.page} />}
        {isFlat && <Where chosen={chosen} choose={choose} key={isBack ? "back" : keyOf(chosen)} labels={labels} />}
        <TextArea name="comment" label={labels.comment} maxLength={PIN_WORDS_MAX} rows={3} />
        {page.accounts && (
          <Select
            name="to"
            label={labels.to}
            help={t("toHelp")}
            defaultValue="staff"
            options={[
              { value: "staff", label: t("toStaff") },
              ...page.accounts.map(({ id, name }) => ({ value: id, label: t("toAccount", { account: name }) })),
            ]}
          />
        )}
        <Send label={t("send")} />
      </PostForm>
    </section>
  );
}

const keyOf = (place: Place | null) => (place ? Object.values(place).join(" ") : "none");

type WhereProps = Pick<Props, "chosen" | "choose"> & { labels: Readonly<Record<(typeof SIDES)[number], string>> };

function Where({ chosen, choose, labels }: WhereProps) {
  const t = useTranslations("prototypes.review.new");
  const typed = (fields: HTMLFieldSetElement) => {
    const inputs = SIDES.map((side) => fields.querySelector<HTMLInputElement>(`[name="${side}"]`));
    const [x = 0, y = 0, width = 0, height = 0] = inputs.map((input) => partsOf(Number(input?.value || 0)));
    return { x, y, width, height };
  };
  const at = { left: chosen?.x, top: chosen?.y, wide: chosen?.width, high: chosen?.height };
  const shown = chosen && !isRegion(chosen) ? { ...at, wide: undefined, high: undefined } : at;
  return (
    <fieldset onBlur={({ currentTarget }) => inputsFilled(currentTarget) && choose(typed(currentTarget))}>
      <legend className="mb-1.5 text-sm text-muted">{t("where")}</legend>
      <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-4">
        {SIDES.map((side) => (
          <TextField
            key={side}
            name={side}
            label={labels[side]}
            type="number"
            min={0}
            max={100}
            step="any"
            inputMode="decimal"
            autoComplete="off"
            optional={side === "wide" || side === "high"}
            defaultValue={shown[side] === undefined ? "" : percentOf(shown[side])}
          />
        ))}
      </div>
    </fieldset>
  );
}

const inputsFilled = (fields: HTMLFieldSetElement) =>
  ["left", "top"].every((name) => fields.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value);
