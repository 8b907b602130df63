import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LOCALES } from "~/kernel/locale";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { STATUS_KINDS, STATUS_NAME_MAX, type StatusRefusal, type StatusRow } from "../idea-status";
import { Send } from "./send";
import { StatusBadge, useStatusName } from "./status";

type Props = {
  statuses: readonly StatusRow[];
  may: boolean;
  failure: FormFailure | undefined;
  refused: StatusRefusal | undefined;
};

/** The statuses of ideas, for admins to name, order and take out of use. */
export function StaffStatusesPage({ statuses, may, failure, refused }: Props) {
  const t = useTranslations("ideas.statuses");
  const inUse = statuses.filter(({ retired }) => !retired);
  return (
    <>
      <Said sentences={{ edit: t("saved"), add: t("added"), retire: t("gone"), back: t("back") }} />
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="flex flex-col gap-4">
        {refused && (
          <Notice tone="danger" takesFocus>
            {t(`refused.${refused}`)}
          </Notice>
        )}
        {!may && <Notice tone="info">{t("adminOnly")}</Notice>}
        <ol className="divide-y divide-line rounded-md border border-line bg-surface">
          {inUse.map((status) => (
            <li key={status.id} className="px-4 py-2">
              <OneStatus status={status} inUse={inUse} may={may} failure={failure} />
            </li>
          ))}
        </ol>
        {may && (
          <details className="rounded-md border border-line bg-surface px-4 py-2" open={failure?.values.form === "add"}>
            <summary className="inline-flex min-h-9 items-center font-medium text-accent">{t("add")}</summary>
            <StatusForm name="add" failure={failure} send={t("addSend")} />
          </details>
        )}
        {statuses.length > inUse.length && (
          <section aria-labelledby="retired">
            <h2 id="retired" className="mb-2 font-semibold">
              {t("retired")}
            </h2>
            {may && <p className="mb-2 text-sm text-muted">{t("backMeans")}</p>}
            <ul className="divide-y divide-line rounded-md border border-line bg-surface">
              {statuses
                .filter(({ retired }) => retired)
                .map((status) => (
                  <li key={status.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-2">
                    <StatusBadge status={status.id} />
                    {may && <BringBack status={status} />}
                  </li>
                ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function BringBack({ status }: { status: StatusRow }) {
  const t = useTranslations("ideas.statuses");
  const name = useStatusName()(status.id);
  return (
    <PostForm name="back" failure={undefined}>
      <input type="hidden" name="status" value={status.id} />
      <input type="hidden" name="revision" key={status.revision} defaultValue={status.revision} />
      <Send
        label={
          <>
            {t("backSend")}
            <span className="sr-only"> {name}</span>
          </>
        }
      />
    </PostForm>
  );
}

type OneProps = {
  status: StatusRow;
  inUse: readonly StatusRow[];
  may: boolean;
  failure: FormFailure | undefined;
};

function OneStatus({ status, inUse, may, failure }: OneProps) {
  const t = useTranslations("ideas.statuses");
  const nameOf = useStatusName();
  const head = (
    <>
      <StatusBadge status={status.id} />
      <span className="text-muted">{t(`kind.${status.kind}`)}</span>
    </>
  );
  if (!may) return <p className="flex min-h-9 flex-wrap items-center gap-3">{head}</p>;
  const own = failure?.values.status === status.id ? failure : undefined;
  const others = inUse.filter(({ id }) => id !== status.id);
  return (
    <details open={own !== undefined}>
      <summary className="min-h-9">
        <span className="inline-flex min-h-9 max-w-[calc(100%-1.5rem)] flex-wrap items-center gap-x-3 align-middle">
          {head}
        </span>
      </summary>
      <StatusForm name="edit" status={status} failure={own} send={t("save")} />
      {others.length > 0 && (
        <PostForm name="retire" failure={own} className="flex flex-col gap-3 border-t border-line py-4">
          <input type="hidden" name="status" value={status.id} />
          <input type="hidden" name="revision" key={status.revision} defaultValue={status.revision} />
          <p className="font-medium">{t("retire")}</p>
          <p className="text-sm text-muted">{t("retireMeans")}</p>
          <div className="flex flex-wrap items-end gap-3">
            <Select
              name="instead"
              label={t("instead")}
              options={others.map(({ id }) => ({ value: id, label: nameOf(id) }))}
            />
            <Send look="danger" label={t("retireSend")} />
          </div>
        </PostForm>
      )}
    </details>
  );
}

function StatusForm({
  name,
  status,
  failure,
  send,
}: {
  name: "add" | "edit";
  status?: StatusRow;
  failure: FormFailure | undefined;
  send: string;
}) {
  const t = useTranslations("ideas.statuses");
  const call = useTranslations("staffAccounts.fields.languages");
  const labels = {
    kind: t("kindLabel"),
    position: t("position"),
    ...Object.fromEntries(LOCALES.map((locale) => [`name_${locale}`, t("name", { language: call(locale) })])),
  };
  return (
    <PostForm
      name={name}
      failure={failure}
      labels={labels}
      sentences={{ "name-taken": t("refused.name-taken") }}
      className="grid gap-4 py-4 sm:grid-cols-2"
    >
      {status && (
        <>
          <input type="hidden" name="status" value={status.id} />
          <input type="hidden" name="revision" key={status.revision} defaultValue={status.revision} />
        </>
      )}
      {LOCALES.map((locale) => (
        <TextField
          key={`${locale}${status?.revision}`}
          name={`name_${locale}`}
          label={t("name", { language: call(locale) })}
          maxLength={STATUS_NAME_MAX}
          lang={locale}
          defaultValue={status?.names[locale]}
        />
      ))}
      <Select
        name="kind"
        label={labels.kind}
        defaultValue={status?.kind ?? "signal"}
        options={STATUS_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      <TextField
        name="position"
        label={labels.position}
        type="number"
        min={0}
        max={10_000}
        defaultValue={String(status?.position ?? 45)}
      />
      <Send label={send} />
    </PostForm>
  );
}
