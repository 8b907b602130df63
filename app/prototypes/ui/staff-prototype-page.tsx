import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import type { StaffPrototype } from "../prototype-page";
import { useRefusals } from "./staff-states";
import { StaffVersion } from "./staff-version";

type Props = { page: StaffPrototype; failure: FormFailure | undefined };

/** A prototype as staff see it: its versions, newest first, each with its files, who is shown it and what they answered. */
export function StaffPrototypePage({ page, failure }: Props) {
  const t = useTranslations("prototypes.page");
  const staff = useTranslations("prototypes.staff");
  const sentences = useRefusals();
  const { name, idea, ideaId, madeBy, createdAt, versions, mayMake } = page;
  const said = ["notes", "publish", "begin", "end"] as const;
  const hasDraft = versions.some(({ publishedAt }) => publishedAt === null);
  return (
    <div className="max-w-220">
      <Said sentences={Object.fromEntries(said.map((form) => [form, t(`said.${form}`)]))} />
      <PageHeader
        above={<WayUp to="/staff/prototypes">{t("up")}</WayUp>}
        title={name}
        lead={t.rich("lead", {
          name: madeBy,
          date: () => <DateTime at={createdAt} time={false} />,
          idea: () => (
            <Link to={`/staff/ideas/${ideaId}`} className="link">
              {idea}
            </Link>
          ),
        })}
      >
        {mayMake && !hasDraft && (
          <PostForm name="begin" failure={failure} sentences={sentences}>
            <Send label={t("begin")} />
          </PostForm>
        )}
      </PageHeader>
      {!mayMake && (
        <div className="mb-6">
          <Notice tone="info">{staff("reads")}</Notice>
        </div>
      )}
      <div className="flex flex-col gap-8">
        {versions.map((version) => (
          <StaffVersion key={version.id} prototype={page} version={version} failure={failure} />
        ))}
      </div>
    </div>
  );
}
