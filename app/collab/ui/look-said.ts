import { useTranslations } from "use-intl";
import type { Aspect, LookWord } from "../board-looks";

/** How a look is called: "Background: green". */
export function useLookSaid(): (word: LookWord) => string {
  const t = useTranslations("collab.board.looks");
  return (word) => t("says", { aspect: t(`aspect.${word.split(".")[0] as Aspect}`), value: t(word) });
}
