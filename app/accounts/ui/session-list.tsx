import { Monitor, Smartphone } from "lucide-react";
import { useTranslations } from "use-intl";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import type { Device } from "../device";
import type { OwnSession } from "../settings.server";
import { Send } from "./send";

/** Where one is signed in, the asking session first, each to be ended by itself, and all others at once. */
export function SessionList({ sessions }: { sessions: readonly OwnSession[] }) {
  const t = useTranslations("accounts.settings");
  const nameOf = useDeviceName();
  return (
    <>
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex items-center gap-3 py-3">
            <DeviceIcon device={session.device} />
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                {nameOf(session.device)} {session.here && <Badge tone="success">{t("here")}</Badge>}
              </p>
              <p className="text-sm text-muted">
                {t("seen")} <DateTime at={session.seenAt} /> · {t("began")} <DateTime at={session.beganAt} />
                {session.address && ` · ${t("address", { address: session.address })}`}
              </p>
            </div>
            {!session.here && (
              <PostForm name={`end-${session.id}`} className="shrink-0">
                <input type="hidden" name="session" value={session.id} />
                <Send label={t("endFor", { device: nameOf(session.device) })}>{t("end")}</Send>
              </PostForm>
            )}
          </li>
        ))}
      </ul>
      <PostForm name="others" className="contents">
        <Send look="danger">{t("endOthers")}</Send>
      </PostForm>
    </>
  );
}

function DeviceIcon({ device }: { device: Device }) {
  const Icon = device.phone ? Smartphone : Monitor;
  return <Icon className="size-5 shrink-0 text-muted" aria-hidden="true" />;
}

function useDeviceName() {
  const t = useTranslations("accounts.settings");
  return ({ browser, system }: Device) =>
    browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
}
