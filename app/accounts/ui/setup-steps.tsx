import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import type { Setup, SetupAnswer } from "../second-factor";
import { RefusalNotice } from "./refusal-notice";
import { CodeField } from "./second-factor-page";

/** The steps of setting up a second factor: begin, picture and first code, and the recovery codes once. */
export function SetupSteps({ answer }: { answer: SetupAnswer | undefined }) {
  const t = useTranslations("accounts.secondFactor");
  if (answer?.setup) return <FirstCode setup={answer.setup} answer={answer} />;
  return (
    <>
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm name="begin" failure={answer?.failure}>
        <input type="hidden" name="intent" value="begin" />
        <Button look="main" className="self-start">
          {t("begin")}
        </Button>
      </PostForm>
    </>
  );
}

function FirstCode({ setup, answer }: { setup: Setup; answer: SetupAnswer }) {
  const t = useTranslations("accounts.secondFactor");
  const { size, path } = setup.picture;
  return (
    <div className="flex flex-col gap-5">
      <RefusalNotice refusal={answer.refusal} />
      <p>{t("scan")}</p>
      {/* Apps read dark on light, whatever the page looks like. */}
      <svg
        viewBox={`-4 -4 ${size + 8} ${size + 8}`}
        role="img"
        aria-label={t("picture")}
        className="size-56 self-start rounded-md border border-line bg-surface text-ink scheme-light"
        shapeRendering="crispEdges"
      >
        <path d={path} fill="currentColor" />
      </svg>
      <div>
        <p>{t("orType")}</p>
        <p className="mt-1 rounded-md bg-sunken px-3 py-2 font-mono wrap-anywhere" data-secret>
          {setup.secret.match(/.{1,4}/g)?.join(" ")}
        </p>
      </div>
      <PostForm name="finish" failure={answer.failure} labels={{ code: t("code") }}>
        <input type="hidden" name="intent" value="finish" />
        <input type="hidden" name="factorId" value={setup.factorId} />
        <input type="hidden" name="secret" value={setup.secret} />
        <CodeField />
        <Button look="main" className="self-start">
          {t("finish")}
        </Button>
      </PostForm>
    </div>
  );
}

/** A new set of recovery codes, which nobody sees again. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useTranslations("accounts.secondFactor");
  return (
    <section aria-labelledby="codes" className="flex flex-col gap-4">
      <h2 id="codes" className="text-lg font-semibold">
        {t("codesTitle")}
      </h2>
      <Notice tone="warning" takesFocus>
        {t("codesLead")}
      </Notice>
      <ul className="grid max-w-100 grid-cols-1 gap-x-6 gap-y-1 rounded-md bg-sunken px-4 py-3 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </section>
  );
}
