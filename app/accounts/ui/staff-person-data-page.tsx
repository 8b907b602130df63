import { useTranslations } from "use-intl";
import type { ClientRole } from "~/kernel/actor";
import { Badge } from "~/ui/badge";
import { Button, LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { Notice } from "~/ui/notice";
import { Cell, Table } from "~/ui/table";
import type { AccountHead } from "../staff-account";
import { type AccountAnswer, Part, StaffAccountFrame } from "./staff-account-frame";

type Subject = {
  id: string;
  name: string;
  role: ClientRole;
  account: string;
  removedAt: Date | null;
  erasedAt: Date | null;
};
/** Where their name or address was typed by hand; null where nobody searched. */
type Typed = {
  places: readonly {
    ideaId: string;
    title: string;
    place: "title" | "text" | "brief" | "comment" | "note" | "support";
    at: string | null;
  }[];
  more: boolean;
} | null;
type Props = {
  account: AccountHead;
  person: Subject;
  typed: Typed;
  mayManage: boolean;
  answer: AccountAnswer | undefined;
};

/** A person's data as such: handed over, and erased. */
export function StaffPersonDataPage({ account, person, typed, mayManage, answer }: Props) {
  const t = useTranslations("staffAccounts");
  const base = `/staff/accounts/${account.id}/people/${person.id}`;
  return (
    <StaffAccountFrame account={account} mayManage={mayManage} refused={answer?.refused}>
      <div className="flex max-w-180 flex-col gap-5">
        <div>
          <h2 className="text-lg font-semibold">{t("person.title", { name: person.name })}</h2>
          <p className="text-muted">{t("person.of", { role: t(`role.${person.role}`), account: person.account })}</p>
          {person.removedAt && !person.erasedAt && (
            <p className="text-muted">
              {t.rich("person.removed", {
                date: () => <DateTime key="date" at={person.removedAt ?? ""} time={false} />,
              })}
            </p>
          )}
        </div>
        {!mayManage && <Notice tone="info">{t("person.mayNot")}</Notice>}
        {mayManage && (
          <Part id="export" title={t("person.export")} lead={t("person.exportText")}>
            <div>
              <LinkButton to={`${base}/export`} reloadDocument>
                {t("person.exportDo")}
              </LinkButton>
            </div>
          </Part>
        )}
        {person.erasedAt && (
          <Notice tone="info">
            {t.rich("person.erased", { date: () => <DateTime key="date" at={person.erasedAt ?? ""} time={false} /> })}
          </Notice>
        )}
        {mayManage && !person.erasedAt && (
          <Part id="erase" title={t("person.erase")} lead={t("person.eraseText")}>
            {typed && <TypedByHand typed={typed} />}
            <PostForm name="erase" failure={answer?.failure} className="flex flex-col gap-3">
              <TextField name="name" label={t("person.eraseConfirm", { name: person.name })} autoComplete="off" />
              <div>
                <Button look="danger">{t("person.eraseDo")}</Button>
              </div>
            </PostForm>
          </Part>
        )}
      </div>
    </StaffAccountFrame>
  );
}

/** What erasing does not change: said, and listed with the way there. */
function TypedByHand({ typed: { places, more } }: { typed: NonNullable<Typed> }) {
  const t = useTranslations("staffAccounts.typed");
  if (places.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p>{t("some")}</p>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {places.map(({ ideaId, title, place, at }) => (
          <li key={`${ideaId} ${place} ${at}`} className="wrap-anywhere">
            <Link to={`/staff/ideas/${ideaId}${at ? `#${at}` : ""}`} className="link">
              {title}
            </Link>{" "}
            <span className="text-muted">· {t(`place.${place}`)}</span>
          </li>
        ))}
      </ul>
      {more && <p className="text-muted">{t("more")}</p>}
    </div>
  );
}

type Row = {
  id: string;
  name: string;
  email: string | null;
  role: ClientRole;
  removedAt: Date | null;
  erasedAt: Date | null;
};

/** Who signs in for an account. */
export function StaffAccountPeople({ people, base }: { people: Stretch<Row>; base: string }) {
  const t = useTranslations("staffAccounts");
  const stretches = useStretches(people, (answer: { people: Stretch<Row> }) => answer.people);
  if (stretches.rows.length === 0) return <p className="text-muted">{t("people.none")}</p>;
  return (
    <>
      <PeopleTable people={stretches.rows} base={base} />
      <LoadMore stretches={stretches} />
    </>
  );
}

function PeopleTable({ people, base }: { people: readonly Row[]; base: string }) {
  const t = useTranslations("staffAccounts");
  return (
    <Table
      caption={t("people.lead")}
      head={[t("people.name"), t("people.role"), t("people.email"), t("people.dataShort")]}
    >
      {people.map((person) => (
        <tr key={person.id}>
          <Cell>
            {person.removedAt ? (
              <span className="text-muted">{person.name}</span>
            ) : (
              <Link to={`/staff/people/${person.id}`} className="font-medium hover:text-accent">
                {person.name}
              </Link>
            )}
          </Cell>
          <Cell>
            {person.removedAt ? (
              <Badge>
                <DateTime at={person.removedAt} time={false} />
              </Badge>
            ) : (
              t(`role.${person.role}`)
            )}
          </Cell>
          <Cell>{person.erasedAt ? "" : person.email}</Cell>
          <Cell>
            <Link to={`${base}/${person.id}`} className="link" aria-label={t("people.data", { name: person.name })}>
              {t("people.dataShort")}
            </Link>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
