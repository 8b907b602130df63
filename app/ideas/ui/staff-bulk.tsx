import { Form } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { Notice } from "~/ui/notice";
import type { BulkOutcome, LeftAlone } from "../idea-bulk";
import { BULK_MAX, type Named, type StaffFacets } from "../idea-list";
import { useStatuses, useStatusName } from "./status";

const BOX = "h-10 max-w-44 rounded-md border border-edge bg-surface px-2 text-ink pointer-fine:h-9";

type Options = readonly { id: string; name: string }[];

function Choice({
  name,
  label,
  options,
  what,
  act,
}: {
  name: string;
  label: string;
  options: Options;
  what: string;
  act: string;
}) {
  return (
    <span className="flex flex-wrap gap-1.5">
      <select name={name} aria-label={label} className={BOX} defaultValue="">
        <option value="" disabled>
          {label}
        </option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
      <Button name="what" value={what}>
        {act}
      </Button>
    </span>
  );
}

/** What may be done with the ticked rows. Stands at the end of their form, so that each button sends them along. */
export function StaffBulkBar({
  count,
  waits,
  facets,
}: {
  count: number;
  /** Scripts run and nothing is ticked: only how to tick is said. Without scripts nobody can know, so all of it stands there. */
  waits: boolean;
  facets: Pick<StaffFacets, "owners" | "tags">;
}) {
  const t = useTranslations("ideas");
  const statuses = useStatuses().filter(({ retired }) => !retired);
  const owners = [{ id: "nobody", name: t("lists.ownerNobody") }, ...facets.owners];
  return (
    <fieldset
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 bg-paper py-2.5 ${count > 0 ? "sticky bottom-0 z-10 border-t border-line max-sm:static" : ""}`}
    >
      <legend className="sr-only">{t("bulk.title")}</legend>
      <p aria-live="polite" className="min-w-40 text-sm text-muted">
        {t("bulk.ticked", { count })}
      </p>
      <div hidden={waits} className={waits ? "" : "contents"}>
        <Choice name="to" label={t("bulk.status")} options={statuses} what="status" act={t("bulk.setStatus")} />
        <Choice name="owner" label={t("bulk.owner")} options={owners} what="owner" act={t("bulk.setOwner")} />
        {facets.tags.length > 0 && (
          <span className="flex flex-wrap gap-1.5">
            <Choice name="tag" label={t("bulk.tag")} options={facets.tags} what="tag" act={t("bulk.addTag")} />
            <Button name="what" value="untag">
              {t("bulk.removeTag")}
            </Button>
          </span>
        )}
        <Button name="what" value="merge">
          {t("bulk.merge")}
        </Button>
      </div>
    </fieldset>
  );
}

/** What became of a change of many, idea by idea where one stayed as it was. */
export function BulkSaid({ outcome }: { outcome: BulkOutcome | { ok: false; why: "nothing-ticked" } }) {
  const t = useTranslations("ideas.bulk");
  if (!outcome.ok) {
    return (
      <Notice tone="danger" takesFocus>
        {t(`refusal.${outcome.why}`, { count: BULK_MAX })}
      </Notice>
    );
  }
  return (
    <Notice tone={outcome.left.length > 0 ? "warning" : "success"} takesFocus>
      <p>{t("changed", { count: outcome.changed })}</p>
      {outcome.left.length > 0 && (
        <ul className="mt-1">
          {outcome.left.map((one) => (
            <li key={one.id || one.why}>
              <Left one={one} />
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Left({ one: { title, status, why, by } }: { one: LeftAlone }) {
  const t = useTranslations("ideas.bulk.left");
  const nameOf = useStatusName();
  if (why === "moved-meanwhile" && by === null) return t("moved-meanwhile-unknown", { title });
  return t(why, { title, status: nameOf(status), name: by ?? "" });
}

/** Which of the ticked ideas stays, when they are merged. */
export function MergeChoice({ items }: { items: readonly (Named & { revision: number })[] }) {
  const t = useTranslations("ideas.bulk");
  return (
    <Notice tone="info" takesFocus>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="form" value="bulk" />
        <fieldset>
          <legend className="font-medium">{t("mergeTitle")}</legend>
          <p className="text-sm text-muted">{t("mergeHint")}</p>
          {items.map(({ id, name, revision }, index) => (
            <label key={id} className="flex min-h-10 items-center gap-2">
              <input type="radio" name="into" value={id} defaultChecked={index === 0} className="accent-accent" />
              <input type="hidden" name="item" value={`${id}.${revision}`} />
              {name}
            </label>
          ))}
        </fieldset>
        <Button look="main" name="what" value="merge" className="mt-2">
          {t("mergeSend")}
        </Button>
      </Form>
    </Notice>
  );
}
