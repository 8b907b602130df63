import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { PlainPage, TroubleText } from "~/ui/trouble";

/** Kept by the browser (public/offline-worker.js) and shown when we cannot be reached, so it holds nothing of anybody. */
export default function Offline() {
  const t = useTranslations("ui.trouble");
  return (
    <PlainPage>
      <TroubleText title={t("offlineTitle")} text={t("offlineText")}>
        {/* Without an address a form asks again for the page that could not be reached, where this one is shown. */}
        <form>
          <Button look="main">{t("again")}</Button>
        </form>
      </TroubleText>
    </PlainPage>
  );
}
