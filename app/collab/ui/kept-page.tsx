import { WifiOff } from "lucide-react";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useOnline } from "~/ui/online";
import { Again, TroubleText } from "~/ui/trouble";
import { boardRoom, briefRoom } from "../room";
import type { LiveBoardProps } from "./board-props";
import type { LiveBriefProps } from "./brief-props";
import type { KeptAbout } from "./kept-copy";
import { type KeptPlace, otherPart } from "./kept-place";
import "./brief.css";
import "./board.css";

type Props = {
  place: KeptPlace;
  person: string;
  about: KeptAbout;
  /** Whether the other document of the same idea is kept, too. */
  hasOther: boolean;
};

/** A brief or a board that is kept on this device, drawn without a server; it goes on by itself when the line is back. */
export function KeptPage({ place, person, about, hasOther }: Props): ReactNode {
  const t = useTranslations("collab.keptPage");
  const online = useOnline();
  useEffect(() => {
    document.title = `${about.title} · Tandem`;
  }, [about.title]);
  return (
    <Frame>
      <article className="flex flex-col gap-4 py-6">
        <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{about.title}</h1>
        <p className="text-muted">{t(online ? "leadBack" : "lead")}</p>
        <p className="flex flex-wrap gap-4">
          {hasOther && (
            <a className="link" href={otherPart(place)}>
              {t(place.part === "brief" ? "board" : "brief")}
            </a>
          )}
          {online && (
            <a className="link" href={place.path}>
              {t("whole")}
            </a>
          )}
        </p>
        <Document place={place} person={person} about={about} label={t(place.part)} noPictures={t("pictures")} />
      </article>
    </Frame>
  );
}

/** The same address when nothing of it is kept: as the page of everything that cannot be reached. */
export function NotKeptPage(): ReactNode {
  const t = useTranslations("ui.trouble");
  useEffect(() => {
    document.title = `${t("offlineTitle")} · Tandem`;
  }, [t]);
  return (
    <Frame>
      <TroubleText icon={WifiOff} title={t("offlineTitle")} text={t("offlineText")}>
        <Again />
      </TroubleText>
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const t = useTranslations("ui.shell");
  return (
    <div className="mx-auto flex min-h-dvh max-w-270 flex-col px-4 sm:px-6">
      <header className="flex h-14 items-center">
        <a href="/" className="flex h-11 items-center gap-2.5 rounded-md text-lg font-semibold tracking-tight">
          <img src="/icon.svg" width="24" height="24" alt="" />
          {t("brand")}
        </a>
      </header>
      <main id="content" className="min-w-0 grow">
        {children}
      </main>
    </div>
  );
}

type DocumentProps = Omit<Props, "hasOther"> & { label: string; noPictures: string };

function Document({ place, person, about, label, noPictures }: DocumentProps) {
  const { title, mayEdit: canEdit, name } = about;
  const me = { personId: person, name };
  const Brief = useLoaded<LiveBriefProps>(place.part === "brief" ? loadBrief : null);
  const Board = useLoaded<LiveBoardProps>(place.part === "board" ? loadBoard : null);
  if (Brief) {
    const room = briefRoom(place.idea);
    const empty = { type: "doc" as const, content: [] };
    return (
      <div className="rounded-md border border-line bg-surface px-4 py-4 [--page-bar:0px] sm:px-6 sm:py-5">
        <div className="live-brief" data-can-edit={canEdit}>
          <Brief room={room} doc={empty} canEdit={canEdit} me={me} label={label} title={title} />
        </div>
      </div>
    );
  }
  if (!Board) return null;
  const room = boardRoom(place.idea);
  const refuse = async () => ({ ok: false as const, why: noPictures });
  return <Board room={room} items={[]} canEdit={canEdit} me={me} title={title} uploadImage={refuse} />;
}

const loadBrief = async () => (await import("./brief-editor")).default;
const loadBoard = async () => (await import("./board-editor")).default;

function useLoaded<Props>(load: (() => Promise<ComponentType<Props>>) | null): ComponentType<Props> | null {
  const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(null);
  useEffect(() => {
    load?.().then(
      (loaded) => setLoaded(() => loaded),
      // Not kept with the page: the address is asked for again when there is a connection.
      () => window.addEventListener("online", () => window.location.reload(), { once: true }),
    );
  }, [load]);
  return Loaded;
}
