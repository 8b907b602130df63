import { useTranslations } from "use-intl";
import type { ClientRole, StaffRole } from "~/kernel/actor";
import { useField } from "~/ui/form";
import { CLIENT_ROLES, STAFF_ROLES } from "../person";

const LINE = "flex min-h-11 gap-3 py-1.5 pointer-fine:min-h-9";
const BOX = "mt-0.5 size-5 shrink-0 accent-accent";

/** One of the roles that customers have, each with what it may do. `headed`: a heading above says what is chosen. */
export function RoleChoice({
  legend,
  chosen,
  headed = false,
}: {
  legend: string;
  chosen: ClientRole;
  headed?: boolean;
}) {
  const t = useTranslations("accounts");
  const { id, typed } = useField("role");
  return (
    <fieldset className="flex flex-col" id={id}>
      <legend className={headed ? "sr-only" : "mb-1 font-medium"}>{legend}</legend>
      {CLIENT_ROLES.map((role) => (
        <label key={role} className={LINE}>
          <input type="radio" name="role" value={role} defaultChecked={(typed ?? chosen) === role} className={BOX} />
          <span>
            {t(`roles.${role}`)} <span className="block text-sm text-muted">{t(`roleHelp.${role}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Any of the roles that staff have, at least one. */
export function StaffRolesChoice({
  legend,
  chosen,
  headed = false,
}: {
  legend: string;
  chosen: readonly StaffRole[];
  headed?: boolean;
}) {
  const { id, error } = useField("roles");
  return (
    <fieldset className="flex flex-col" id={id} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={headed ? "sr-only" : "mb-1 font-medium"}>{legend}</legend>
      {error && (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
      {STAFF_ROLES.map((role) => (
        <StaffRoleBox key={role} role={role} chosen={chosen.includes(role)} />
      ))}
    </fieldset>
  );
}

function StaffRoleBox({ role, chosen }: { role: StaffRole; chosen: boolean }) {
  const t = useTranslations("accounts");
  const name = `role-${role}`;
  const { typed, wasSent } = useField(name);
  return (
    <label className={LINE}>
      <input type="checkbox" name={name} defaultChecked={wasSent ? typed === "on" : chosen} className={BOX} />
      <span>
        {t(`staffRoles.${role}`)} <span className="block text-sm text-muted">{t(`staffRoleHelp.${role}`)}</span>
      </span>
    </label>
  );
}
