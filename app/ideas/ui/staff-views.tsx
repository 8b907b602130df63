import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm, useField } from "~/ui/form";
import { Link } from "~/ui/link";
import { listQuery, type StaffFilter, type View } from "../idea-list";

type Props = { views: readonly View[]; filter: StaffFilter; mayKeep: boolean; failure: FormFailure | undefined };

/** The views a member of staff may open, and what to do with the one that is open. */
export function StaffViews({ views, filter, mayKeep, failure }: Props) {
  const t = useTranslations("ideas.views");
  const query = listQuery(filter);
  const open = views.find((view) => view.query === query);
  const usual = views.find((view) => view.usual);
  const sentences = { "name-taken": t("refusal.name-taken"), "may-not-keep": t("refusal.may-not-keep") };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-1 gap-y-1 border-b border-line">
      <nav aria-label={t("title")} className="min-w-0 grow basis-40 overflow-x-auto">
        <ul className="flex">
          <Tab to="/staff/ideas?all=1" current={query === ""} name={t("everything")} />
          {views.map((view) => (
            <Tab
              key={view.id}
              to={view.query ? `/staff/ideas?${view.query}` : "/staff/ideas?all=1"}
              current={view === open}
              name={view.own ? view.name : t("by", { name: view.name, owner: view.owner })}
            />
          ))}
        </ul>
      </nav>
      <details key={open?.id ?? ""} className="relative" open={Boolean(failure)}>
        <summary className="inline-flex min-h-9 items-center px-3 text-accent">
          {open ? t("manage") : t("keep")}
        </summary>
        <div className="absolute right-0 z-20 flex w-72 flex-col gap-3 rounded-md border border-line bg-surface p-4">
          {!open && mayKeep && (
            <PostForm
              name="keep-view"
              failure={failure}
              labels={{ name: t("name") }}
              sentences={sentences}
              className="flex flex-col gap-3"
            >
              <input type="hidden" name="query" value={query} />
              <TextField name="name" label={t("name")} maxLength={60} />
              <SharedTick shared={false} />
              <Button look="main">{t("save")}</Button>
            </PostForm>
          )}
          {open?.own && (
            <PostForm
              name="rename-view"
              failure={failure}
              labels={{ name: t("name") }}
              sentences={sentences}
              className="flex flex-col gap-3"
            >
              <input type="hidden" name="view" value={open.id} />
              <TextField key={open.name} name="name" label={t("name")} defaultValue={open.name} maxLength={60} />
              <SharedTick key={String(open.shared)} shared={open.shared} />
              <Button>{t("rename")}</Button>
            </PostForm>
          )}
          {open && !open.usual && <OneButton form="open-with" view={open.id} label={t("open")} />}
          {open?.usual && <p className="text-sm text-muted">{t("isOpening")}</p>}
          {usual && <OneButton form="open-with" label={t("openNone")} />}
          {open?.own && <OneButton form="remove-view" view={open.id} label={t("remove")} />}
          {!open && !mayKeep && <p className="text-muted">{t("refusal.may-not-keep")}</p>}
        </div>
      </details>
    </div>
  );
}

function Tab({ to, current, name }: { to: string; current: boolean; name: string }) {
  return (
    <li>
      <Link
        to={to}
        aria-current={current ? "page" : undefined}
        className="flex min-h-9 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
      >
        {name}
      </Link>
    </li>
  );
}

/** Whether all of staff see the view: as it was ticked when the form came back, as it is otherwise. */
function SharedTick({ shared }: { shared: boolean }) {
  const t = useTranslations("ideas.views");
  const { typed, wasSent } = useField("shared");
  return (
    <label className="flex min-h-9 items-center gap-2">
      <input
        type="checkbox"
        name="shared"
        defaultChecked={wasSent ? typed === "on" : shared}
        className="accent-accent"
      />
      {t("shared")}
    </label>
  );
}

function OneButton({ form, view, label }: { form: string; view?: string; label: string }) {
  return (
    <PostForm name={form} className="flex">
      {view && <input type="hidden" name="view" value={view} />}
      <Button className="grow">{label}</Button>
    </PostForm>
  );
}
