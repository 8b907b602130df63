import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { PostForm, useField } from "~/ui/form";
import type { Choice, DecisionPageData } from "../decision-page";
import { useRefusals } from "./refusals";

type Props = { page: DecisionPageData; people: readonly Choice[]; failure: FormFailure | undefined };

/** Whom to ask: the people of the account, those of the maker who have had to do with it, and behind a fold the others. */
export function AskForm({ page, people, failure }: Props) {
  const t = useTranslations("decisions.ask");
  const clients = people.filter(({ side }) => side === "client");
  const staff = people.filter(({ side }) => side === "staff");
  const near = staff.filter(({ near: isNear, chosen }) => isNear || chosen);
  const others = staff.filter((one) => !near.includes(one));
  return (
    <section aria-labelledby="ask" className="flex flex-col gap-4">
      <div>
        <h2 id="ask" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="text-muted">{t("lead")}</p>
      </div>
      <PostForm name="ask" failure={failure} labels={{ people: t("people") }} sentences={useRefusals()}>
        <input type="hidden" name="revision" value={page.number} />
        <People>
          <Group legend={t("clients", { account: page.account })} people={clients} me={page.me} />
          <Group legend={t("near")} people={near} me={page.me} />
          {others.length > 0 && (
            <details>
              <summary className="text-accent">{t("others")}</summary>
              <Group legend={t("others")} people={others} me={page.me} />
            </details>
          )}
        </People>
        <Send label={t("send")} look="main" />
      </PostForm>
    </section>
  );
}

/** The place to which a sentence about the choice leads. */
function People({ children }: { children: React.ReactNode }) {
  const { id, error } = useField("people");
  return (
    <div id={id} className="flex flex-col gap-4">
      {error && <p className="text-sm text-danger">{error}</p>}
      {children}
    </div>
  );
}

function Group({ legend, people, me }: { legend: string; people: readonly Choice[]; me: string }) {
  if (people.length === 0) return null;
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 font-medium">{legend}</legend>
      {people.map((one) => (
        <Tick key={one.id} one={one} isMe={one.id === me} />
      ))}
    </fieldset>
  );
}

function Tick({ one: { id, name, chosen }, isMe }: { one: Choice; isMe: boolean }) {
  const t = useTranslations("decisions.page");
  const { typed, wasSent } = useField(`ask-${id}`);
  return (
    <label className="flex min-h-11 cursor-pointer items-center gap-3 pointer-fine:min-h-8">
      <input
        type="checkbox"
        name={`ask-${id}`}
        value="1"
        defaultChecked={wasSent ? typed !== undefined : chosen}
        className="size-4 shrink-0 accent-accent"
      />
      <span className="wrap-anywhere">
        {name}
        {isMe && <span className="text-muted"> ({t("you")})</span>}
      </span>
    </label>
  );
}
