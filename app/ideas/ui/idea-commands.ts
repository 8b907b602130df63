import { useNavigate, useRouteLoaderData } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { Command } from "~/ui/command";
import { useOnlyReading } from "~/ui/reading";
import type { IdeaHead, SharedIdea } from "../idea-page";

/** What the page of an idea was loaded with, as far as it says what its reader may do. */
type Open = {
  idea: IdeaHead | null;
  shared?: SharedIdea | null;
  maySupport?: boolean;
  mayComment?: boolean;
  mayShape?: boolean;
  mayNote?: boolean;
  moves?: readonly string[];
};

const TRIES = 60;
const EVERY_MS = 50;

/** Focuses a field once it is there and the palette, which gives the focus back to where it was, is gone. */
function focusOn(selector: string, tries = TRIES): void {
  const field = document.querySelector<HTMLElement>(selector);
  if (field && !document.querySelector("[role=dialog]")) setTimeout(() => field.focus(), EVERY_MS);
  else if (tries > 0) setTimeout(() => focusOn(selector, tries - 1), EVERY_MS);
}

/** What the reader may do about the idea that is open: at once, or by a jump to its form. Nothing on any other page. */
export function useIdeaCommands(side: "client" | "staff"): Command[] {
  const t = useTranslations("ideas");
  const navigate = useNavigate();
  const client = useRouteLoaderData<Open>("routes/_portal.ideas.$ideaId") as Open | undefined;
  const staff = useRouteLoaderData<Open>("routes/staff.ideas.$ideaId") as Open | undefined;
  const reading = useOnlyReading();
  const open = side === "client" ? client : staff;
  const idea = open?.idea ?? open?.shared;
  if (!open || !idea || reading) return [];

  const page = `${side === "staff" ? "/staff" : ""}/ideas/${idea.id}`;
  const group = t("finder.here");
  const sends = (id: string, label: string, fields: Readonly<Record<string, string>>): Command => ({
    id: `idea ${id}`,
    label,
    group,
    post: page,
    fields,
  });
  const jumps = (id: string, label: string, selector: string, panel?: string): Command => ({
    id: `idea ${id}`,
    label,
    group,
    run: () => {
      if (panel) navigate(`?panel=${panel}`, { preventScrollReset: true });
      focusOn(selector);
    },
  });
  const leads = (to: string, label: string): Command => ({ id: `idea ${to}`, label, group, to });
  const commands: Command[] = [];
  if (side === "client" && open.maySupport) {
    commands.push(
      idea.mySupport
        ? sends("support", t("support.withdraw"), { form: "withdraw" })
        : sends("support", t("support.support"), { form: "support" }),
    );
  }
  commands.push(
    idea.following
      ? sends("follow", t("follow.stop"), { form: "follow", wanted: "no" })
      : sends("follow", t("follow.start"), { form: "follow", wanted: "yes" }),
  );
  if (open.mayComment) commands.push(jumps("comment", t("page.commentLabel"), "textarea[name=comment]"));
  if (side === "staff") {
    if (open.mayNote) commands.push(jumps("note", t("staff.noteLabel"), "textarea[name=note]"));
    if (open.moves?.length) commands.push(jumps("move", t("staff.move"), "form [name=to]:not([type=hidden])"));
    if (open.mayShape) {
      commands.push(jumps("care", t("care.change"), "select[name=owner]", "care"));
      commands.push(jumps("behalf", t("behalf.open"), "input[name=account]", "behalf"));
      commands.push(jumps("merge", t("merge.open"), "form[role=search] input[name=q]", "merge"));
      commands.push(leads(`${page}/split`, t("page.split")));
      commands.push(leads(`/staff/roadmap/${idea.id}`, t("roadmap.put")));
    }
  }
  // Of another account's idea that all customers see there is its text and who needs it, and nothing behind.
  if (open.idea) {
    commands.push(leads(`${page}/board`, t("page.board")));
    commands.push(leads(`${page}/versions`, t("versions.link")));
    commands.push(leads(`${page}/guests`, t("page.guests")));
  }
  return commands;
}
