import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { Select, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import { NAME_MAX } from "../prototype-page";
import { useRefusals } from "./staff-states";

type Props = {
  ideas: readonly { id: string; title: string }[];
  idea: string | null;
  mayMake: boolean;
  failure: FormFailure | undefined;
};

/** Where a prototype is made for an idea. */
export function StaffPrototypeNewPage({ ideas, idea, mayMake, failure }: Props) {
  const t = useTranslations("prototypes");
  const sentences = useRefusals();
  const labels = { name: t("making.name"), idea: t("making.idea") };
  const options = [
    { value: "", label: t("making.choose") },
    ...ideas.map(({ id, title }) => ({ value: id, label: title })),
  ];
  return (
    <div className="max-w-180">
      <PageHeader
        above={<WayUp to="/staff/prototypes">{t("page.up")}</WayUp>}
        title={t("making.title")}
        lead={t("making.lead")}
      />
      {mayMake ? (
        <PostForm name="make" failure={failure} labels={labels} sentences={sentences}>
          <TextField
            name="name"
            label={labels.name}
            help={t("making.nameHelp")}
            maxLength={NAME_MAX}
            autoComplete="off"
          />
          <Select
            name="idea"
            label={labels.idea}
            help={t("making.ideaHelp")}
            options={options}
            {...(idea ? { defaultValue: idea } : {})}
          />
          <Send label={t("making.send")} look="main" />
        </PostForm>
      ) : (
        <Notice tone="info">{t("staff.reads")}</Notice>
      )}
    </div>
  );
}
