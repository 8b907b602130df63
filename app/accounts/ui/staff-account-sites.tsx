import { Form } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { ConfirmButton } from "~/ui/confirm";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Said } from "~/ui/said";
import { type PlacedSite, possibleParents } from "../staff-account";
import { Part } from "./staff-account-frame";

type PlacedPerson = { id: string; name: string; siteId: string | null };
type Props = {
  sites: readonly PlacedSite[];
  people: readonly PlacedPerson[];
  mayChange: boolean;
  failure: FormFailure | undefined;
};

const indented = (site: PlacedSite) => `${"\u00a0\u00a0".repeat(site.depth)}${site.name}`;

/** How far a site stands in, by its depth. */
const STEPS = ["pl-4", "pl-7", "pl-10", "pl-13", "pl-16", "pl-19", "pl-22", "pl-25", "pl-28"];

/** The sites of an account as a tree, and who works where. */
export function StaffAccountSites({ sites, people, mayChange, failure }: Props) {
  const t = useTranslations("staffAccounts.sites");
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Said sentences={{ add: t("added"), site: t("changed"), remove: t("removed"), place: t("placed") }} />
      <section aria-label={t("lead")} className="min-w-0">
        <p className="mb-3 text-muted">{t("lead")}</p>
        {sites.length === 0 ? (
          <p className="rounded-md border border-line bg-surface px-4 py-4">{t("none")}</p>
        ) : (
          <ul className="divide-y divide-line rounded-md border border-line bg-surface">
            {sites.map((site) => (
              <li key={site.id} className={`py-2 pr-4 ${STEPS[Math.min(site.depth, STEPS.length - 1)]}`}>
                <SiteRow site={site} sites={sites} mayChange={mayChange} failure={failure} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {mayChange && (
        <div className="flex flex-col gap-5">
          <Part id="add-site" title={t("add")}>
            <SiteForm name="add" parents={sites} failure={failure} send={t("add")} />
          </Part>
          {people.length > 0 && sites.length > 0 && (
            <Part id="place" title={t("place")}>
              <PostForm name="place" failure={failure} className="flex flex-col gap-3">
                <Select
                  name="personId"
                  label={t("person")}
                  options={people.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <Select
                  name="siteId"
                  label={t("site")}
                  optional
                  options={[
                    { value: "", label: t("nowhere") },
                    ...sites.map((site) => ({ value: site.id, label: indented(site) })),
                  ]}
                />
                <Button>{t("placeSave")}</Button>
              </PostForm>
            </Part>
          )}
        </div>
      )}
    </div>
  );
}

type RowProps = {
  site: PlacedSite;
  sites: readonly PlacedSite[];
  mayChange: boolean;
  failure: FormFailure | undefined;
};

function SiteRow({ site, sites, mayChange, failure }: RowProps) {
  const t = useTranslations("staffAccounts.sites");
  const about = (
    <>
      <span className="font-medium">{site.name}</span>
      {site.address && <span className="text-muted"> · {site.address}</span>}
      {site.people.length > 0 && (
        <span className="block text-muted">
          {t("people", { count: site.people.length, names: site.people.join(", ") })}
        </span>
      )}
    </>
  );
  if (!mayChange) return <p>{about}</p>;
  const name = `site-${site.id}`;
  return (
    <details open={failure?.values.form === name || undefined}>
      <summary aria-label={t("change", { name: site.name })} className="min-h-9 py-1.5">
        {about}
      </summary>
      <div className="flex flex-col gap-3 py-3">
        <SiteForm
          name={name}
          site={site}
          parents={possibleParents(sites, site.id)}
          failure={failure}
          send={t("save")}
        />
        <Form method="post">
          <input type="hidden" name="form" value="remove" />
          <input type="hidden" name="id" value={site.id} />
          <ConfirmButton question={t("remove")} explanation={site.name} yes={t("remove")}>
            {t("remove")}
          </ConfirmButton>
        </Form>
      </div>
    </details>
  );
}

type SiteFormProps = {
  name: string;
  site?: PlacedSite;
  parents: readonly PlacedSite[];
  failure: FormFailure | undefined;
  send: string;
};

function SiteForm({ name, site, parents, failure, send }: SiteFormProps) {
  const t = useTranslations("staffAccounts.sites");
  const labels = { name: t("name"), address: t("address"), parentId: t("below") };
  return (
    <PostForm name={name} failure={failure} labels={labels} className="flex flex-col gap-3">
      {site && (
        <>
          <input type="hidden" name="id" value={site.id} />
          <input type="hidden" name="revision" key={site.revision} defaultValue={site.revision} />
        </>
      )}
      <TextField name="name" label={labels.name} defaultValue={site?.name} maxLength={120} autoComplete="off" />
      <TextField
        name="address"
        label={labels.address}
        optional
        defaultValue={site?.address ?? ""}
        maxLength={300}
        autoComplete="off"
      />
      <Select
        name="parentId"
        label={labels.parentId}
        optional
        defaultValue={site?.parentId ?? ""}
        options={[
          { value: "", label: t("top") },
          ...parents.map((parent) => ({ value: parent.id, label: indented(parent) })),
        ]}
      />
      <Button>{send}</Button>
    </PostForm>
  );
}
