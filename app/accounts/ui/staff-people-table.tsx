import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import type { ClientPerson, StaffPerson } from "../person";
import { Address } from "./address";
import { Amount } from "./amount";

const HEAD = "px-3 py-2 text-left font-medium whitespace-nowrap text-muted";
const CELL = "px-3 py-1";

/** People as compact lines, of an account or of staff. On a phone role and address stand below the name. */
export function StaffPeopleTable({
  rows,
  me = null,
}: {
  rows: readonly (ClientPerson | StaffPerson)[];
  me?: string | null;
}) {
  const t = useTranslations("accounts.people");
  const limits = rows.some((person) => "limit" in person);
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <table className="w-full">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              {t("name")}
            </th>
            <th scope="col" className={HEAD}>
              {t("role")}
            </th>
            <th scope="col" className={`${HEAD} max-md:hidden`}>
              {t("email")}
            </th>
            {limits && (
              <th scope="col" className={`${HEAD} text-right max-lg:hidden`}>
                {t("limit")}
              </th>
            )}
            <th scope="col" className={`${HEAD} text-right max-lg:hidden`}>
              {t("since")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((person) => (
            <tr key={person.id} className="h-10 hover:bg-sunken">
              <td className={`${CELL} wrap-anywhere max-md:w-full max-md:py-2.5`}>
                <Link to={`/staff/people/${person.id}`} prefetch="intent" className="font-medium hover:text-accent">
                  {person.name}
                </Link>
                {person.id === me && <span className="text-muted"> ({t("you")})</span>}
                <p className="text-muted md:hidden">
                  <Address email={person.email ?? ""} />
                </p>
              </td>
              <td className={CELL}>
                <Roles person={person} />
              </td>
              <td className={`${CELL} text-muted max-md:hidden`}>
                <Address email={person.email ?? ""} />
              </td>
              {limits && (
                <td className={`${CELL} text-right max-lg:hidden`}>
                  {"limit" in person && person.limit && <Amount money={person.limit} />}
                </td>
              )}
              <td className={`${CELL} text-right text-muted max-lg:hidden`}>
                <DateTime at={person.createdAt} time={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Roles({ person }: { person: ClientPerson | StaffPerson }) {
  const t = useTranslations("accounts");
  return (
    <>
      {"roles" in person ? person.roles.map((role) => t(`staffRoles.${role}`)).join(", ") : t(`roles.${person.role}`)}
    </>
  );
}
