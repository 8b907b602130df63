import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Select } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import type { IdeaHead, MoveRefused } from "../idea-page";
import type { IdeaStatus } from "../idea-status";
import { Send } from "./send";
import { StatusMeaning, useStatusName } from "./status";

type Props = {
  idea: IdeaHead;
  moves: readonly IdeaStatus[];
  failure: FormFailure | undefined;
  refused: MoveRefused | undefined;
};

/** Where the idea stands, and for those who may: where it goes. The form quotes the revision they are looking at. */
export function StaffMoveForm({ idea, moves, failure, refused }: Props) {
  const t = useTranslations("ideas");
  const nameOf = useStatusName();
  const labels = { to: t("staff.moveTo") };
  return (
    <section
      aria-labelledby="status"
      className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4"
    >
      <h2 id="status" className="font-semibold">
        {t("page.status")}
      </h2>
      <StatusMeaning status={idea.status} />
      {refused && (
        <Notice tone="danger" takesFocus>
          <Refusal refused={refused} />
        </Notice>
      )}
      {moves.length > 0 ? (
        <PostForm name="move" failure={failure} labels={labels} className="flex flex-col gap-3">
          {/* A new key with each revision: what was chosen against the old one is not carried over. */}
          <input type="hidden" name="revision" key={idea.revision} defaultValue={idea.revision} />
          <Select
            key={`to-${idea.revision}`}
            name="to"
            label={labels.to}
            options={moves.map((status) => ({ value: status, label: nameOf(status) }))}
          />
          <Send label={t("staff.moveSend")} />
        </PostForm>
      ) : (
        <p className="text-muted">{t(idea.merged ? "refusal.merged" : "staff.mayNotMove")}</p>
      )}
    </section>
  );
}

/** Why an idea was not moved. */
export function Refusal({ refused }: { refused: MoveRefused }) {
  const t = useTranslations("ideas");
  const nameOf = useStatusName();
  const { why, mover } = refused;
  const status = nameOf(refused.status);
  if (why === "not-yours-to-move") return t("refusal.not-yours-to-move");
  if (why === "no-such-move") return t("refusal.no-such-move", { from: status, to: nameOf(refused.to) });
  if (why === "merged") return t("refusal.merged");
  return mover
    ? t("refusal.moved-meanwhile", { name: mover, status })
    : t("refusal.moved-meanwhile-unknown", { status });
}
