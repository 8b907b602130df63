import { Compass, Lightbulb, WifiOff } from "lucide-react";
import { type ComponentType, useState } from "react";
import { Brand } from "../brand";
import { Button } from "../button";
import type { PaletteDialogProps } from "../palette-dialog";
import { PersonMenu } from "../person-menu";
import type { Place } from "../place";
import type { ShortcutsDialogProps } from "../shortcuts-dialog";
import { Again, TroubleText } from "../trouble";

const PLACES: readonly Place[] = [
  { to: "/dev/ui", label: "Gallery", icon: Compass },
  { to: "/", label: "Ideas", icon: Lightbulb },
];
const COMMANDS = [{ id: "suggest", label: "Suggest an idea", group: "Do", run: () => undefined }];

/** Parts of the frames that can stand in a page: the frames themselves are the page. What opens comes when it is opened. */
export function FrameSamples() {
  const [typed, setTyped] = useState("");
  const [Palette, setPalette] = useState<ComponentType<PaletteDialogProps> | null>(null);
  const [Shortcuts, setShortcuts] = useState<ComponentType<ShortcutsDialogProps> | null>(null);
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const close = () => setOpen(null);
  const showPalette = async () => {
    const { PaletteDialog } = await import("../palette-dialog");
    setPalette(() => PaletteDialog);
    setOpen("palette");
  };
  const showShortcuts = async () => {
    const { ShortcutsDialog } = await import("../shortcuts-dialog");
    setShortcuts(() => ShortcutsDialog);
    setOpen("shortcuts");
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Brand to="/dev/ui" />
      <PersonMenu />
      <Button type="button" onClick={showPalette}>
        Open the palette
      </Button>
      <Button type="button" onClick={showShortcuts}>
        Open the shortcuts
      </Button>
      {Palette && (
        <Palette
          places={PLACES}
          commands={COMMANDS}
          isOpen={open === "palette"}
          onOpenChange={close}
          typed={typed}
          onType={setTyped}
          onFocus={() => undefined}
        />
      )}
      {Shortcuts && <Shortcuts places={PLACES} isOpen={open === "shortcuts"} onOpenChange={close} />}
    </div>
  );
}

/** What stands in place of a page that cannot be reached: here one tries again instead of leaving. */
export function OfflineSample() {
  return (
    <TroubleText icon={WifiOff} title="No connection" text="What you sent is kept." level="h2">
      <Again />
    </TroubleText>
  );
}
