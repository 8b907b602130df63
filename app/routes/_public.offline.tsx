import type { MetaFunction } from "@remix-run/node";
import { WifiOff } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Locale } from "~/kernel/locale";
import { Again, PlainPage, TroubleText } from "~/ui/trouble";
import { translatorOf } from "~/words";

export const meta: MetaFunction = ({ matches }) => {
  const reader = matches.find(({ id }) => id === "root")?.data as { locale: Locale } | undefined;
  return [{ title: `${translatorOf(reader?.locale ?? "en")("ui.trouble.offlineTitle")} · Tandem` }];
};

/** Kept by the browser (public/offline-worker.js) and shown when we cannot be reached, so it holds nothing of anybody. */
export default function Offline() {
  const t = useTranslations("ui.trouble");
  return (
    <PlainPage>
      <TroubleText icon={WifiOff} title={t("offlineTitle")} text={t("offlineText")}>
        <Again />
      </TroubleText>
    </PlainPage>
  );
}
