import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { PostForm, useFormBusy } from "~/ui/form";
import type { GuestListPage, GuestsAnswer } from "../guest";

/** Forgets a guest: what that means stands above the button that does it. Nothing for one who was forgotten. */
export function StaffGuestErase({
  guest,
  answer,
}: {
  guest: GuestListPage["guests"][number];
  answer: GuestsAnswer | undefined;
}) {
  const t = useTranslations("staffAccounts.guestErase");
  const form = `erase-${guest.id}`;
  if (guest.email.endsWith("@erased.invalid")) return null;
  return (
    <details open={answer?.failure?.values.form === form}>
      <summary className="link w-fit cursor-pointer py-1.5">{t("title", { name: guest.name })}</summary>
      <PostForm
        name={form}
        failure={answer?.failure}
        sentences={{ "is-person": t("isPerson"), "done-already": t("done"), "not-found": t("done") }}
        className="mt-2 flex max-w-160 flex-col gap-3"
      >
        <input type="hidden" name="intent" value="erase" />
        <input type="hidden" name="guest" value={guest.id} />
        <input type="hidden" name="revision" value={guest.revision} />
        <p className="text-muted">{t("means")}</p>
        <Erase label={t("do")} />
      </PostForm>
    </details>
  );
}

function Erase({ label }: { label: string }) {
  return (
    <Button look="danger" busy={useFormBusy()} className="self-start">
      {label}
    </Button>
  );
}
