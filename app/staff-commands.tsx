import { IntlProvider } from "use-intl";
import { useAccountCommands } from "~/accounts/ui/account-commands";
import { useIdeaCommands } from "~/ideas/ui/idea-commands";
import { LOCALE_TAGS } from "~/kernel/locale";
import { loadStaffWords } from "~/staff-words";
import type { CommandsProps } from "~/ui/command";
import { loadedWords, pageLocale } from "~/words";
import { useFurther } from "./commands";
import { staffFurther } from "./staff-places";

// On pages that both sides have, staff's own sentences come with these.
if (typeof document !== "undefined") await loadStaffWords(pageLocale());

/** What the palette offers staff besides the navigation: about the idea or the account that is open, then where else there is to go. */
export function StaffCommands(props: CommandsProps) {
  return (
    <IntlProvider locale={LOCALE_TAGS[pageLocale()]} messages={loadedWords(pageLocale())}>
      <Offered {...props} />
    </IntlProvider>
  );
}

function Offered({ children }: CommandsProps) {
  return children([...useIdeaCommands("staff"), ...useAccountCommands(), ...useFurther(staffFurther)]);
}
