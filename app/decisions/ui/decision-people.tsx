import { useTranslations } from "use-intl";
import { Avatar } from "~/ui/avatar";
import { DateTime } from "~/ui/date-time";
import type { RevisionView, Signatory } from "../decision-page";
import { Hash } from "./decision-quote";

type Asked = Pick<RevisionView, "asked" | "askedAt" | "askedBy" | "hash">;

/** Who was asked about a revision, and what each of them answered. */
export function Signatories({ asked, askedAt, askedBy, hash }: Asked) {
  const t = useTranslations("decisions.people");
  if (asked.length === 0) return <p className="text-muted">{t("nobody")}</p>;
  return (
    <>
      <ul className="flex flex-col gap-4">
        {asked.map((one) => (
          <Person key={one.personId} one={one} />
        ))}
      </ul>
      {askedAt && (
        <p className="text-sm text-muted">
          {t.rich("asked", { name: askedBy ?? "", date: () => <DateTime key="date" at={askedAt} /> })}
        </p>
      )}
      {hash && <Hash name={t("hash")} value={hash} />}
    </>
  );
}

function Person({ one: { name, side, answer } }: { one: Signatory }) {
  const t = useTranslations("decisions.people");
  return (
    <li className="flex gap-3">
      <Avatar name={name} />
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <span className="font-medium">{name}</span> <span className="text-sm text-muted">{t(side)}</span>
        </p>
        <p className={answer?.says === "agree" ? "text-sm text-success" : "text-sm text-muted"}>
          {answer === null
            ? t("waiting")
            : t.rich(answer.says === "agree" ? "agreed" : "notYet", {
                date: () => <DateTime key="date" at={answer.at} />,
              })}
        </p>
        {answer?.says === "not-yet" && <p className="wrap-anywhere whitespace-pre-line">{answer.reason}</p>}
      </div>
    </li>
  );
}
