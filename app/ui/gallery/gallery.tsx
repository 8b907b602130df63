import { Compass, Lightbulb } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "../avatar";
import { Badge, type BadgeTone } from "../badge";
import { Button, LinkButton } from "../button";
import { DateTime } from "../date-time";
import { EmptyState } from "../empty-state";
import { LoadMore } from "../load-more";
import { Marked } from "../marked";
import { Notice } from "../notice";
import { PageHeader } from "../page-header";
import { SearchField } from "../search-field";
import { TroubleText } from "../trouble";
import { WayUp } from "../way-up";
import { FormSamples } from "./form-samples";
import { FrameSamples, OfflineSample } from "./frame-samples";
import { OverlaySamples, PartSamples } from "./overlay-samples";

const TONES: BadgeTone[] = ["neutral", "accent", "info", "success", "warning", "danger"];
const COLOURS = [
  "paper",
  "surface",
  "sunken",
  "ink",
  "muted",
  "line",
  "edge",
  "accent",
  "danger",
  "warning",
  "success",
  "info",
];

/** What can stand in a page of the design system, in its states (README.md names what cannot), for those who build and for the tests that photograph it. */
export function Gallery({ theme }: { theme: "light" | "dark" }) {
  return (
    <section
      data-theme={theme}
      aria-label={theme}
      className="flex flex-col gap-10 rounded-md border border-line bg-paper p-4 text-ink sm:p-8"
    >
      <Sample name="Page header">
        <PageHeader
          title="Ideas"
          lead="Everything Metis has suggested, newest first."
          above={<WayUp to="/dev/ui">Metis</WayUp>}
        >
          <LinkButton to="#" look="main">
            Suggest an idea
          </LinkButton>
        </PageHeader>
      </Sample>
      <Sample name="Colours">
        <ul className="flex flex-wrap gap-3">
          {COLOURS.map((colour) => (
            <li key={colour} className="flex items-center gap-2 text-sm">
              <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true">
                <rect width="20" height="20" rx="4" fill={`var(--color-${colour})`} stroke="var(--color-edge)" />
              </svg>
              {colour}
            </li>
          ))}
        </ul>
      </Sample>
      <Sample name="Buttons">
        <div className="flex flex-wrap items-center gap-3">
          <Button look="main">Send the idea</Button>
          <Button>Change the status</Button>
          <Button look="danger">Remove</Button>
          <Button look="quiet">Show all</Button>
          <Button look="main" busy>
            Sending
          </Button>
          <Button disabled>Not now</Button>
          <LinkButton to="#">A link</LinkButton>
        </div>
      </Sample>
      <Sample name="Badges, people, dates">
        <div className="flex flex-wrap items-center gap-3">
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <p>
            <Marked text="Lamp arms wobble" search="lamps" />
          </p>
          <Avatar name="Olena Kovalenko" />
          <Avatar name="李伟明" />
          <DateTime at="2026-11-22T13:05:00Z" />
          <DateTime at="2026-11-22T13:05:00Z" time={false} />
        </div>
      </Sample>
      <Sample name="Notices">
        <div className="flex flex-col gap-3">
          <Notice tone="info">A signal: the maker is looking at it. Nothing is decided.</Notice>
          <Notice tone="success">Your comment is here.</Notice>
          <Notice tone="warning">You are offline. What you type is kept when you are back.</Notice>
          <Notice tone="danger">Your role reads comments and does not write them.</Notice>
        </div>
      </Sample>
      <Sample name="Search and more">
        <div className="flex flex-col gap-3">
          <SearchField label="Search ideas" hint="Words from the title, the text or the brief" value="" clear="#" />
          <SearchField label="Search ideas again" value="joint" clear="#" />
          <LoadMore stretches={{ next: "abc", busy: false, load: () => undefined }} />
          <LoadMore stretches={{ next: "abc", busy: true, load: () => undefined }} />
        </div>
      </Sample>
      <Sample name="Empty list">
        <EmptyState
          icon={Lightbulb}
          title="Your account has no ideas yet"
          text="Suggest the first one. A sentence is enough."
        >
          <LinkButton to="#" look="main">
            Suggest an idea
          </LinkButton>
        </EmptyState>
      </Sample>
      <Sample name="Forms">
        <FormSamples theme={theme} />
      </Sample>
      <Sample name="Dialogs and menus">
        <OverlaySamples />
      </Sample>
      <Sample name="Of the frames: name, menu, palette, shortcuts">
        <FrameSamples />
      </Sample>
      <Sample name="Switches, tabs, tables, waiting">
        <PartSamples theme={theme} />
      </Sample>
      <Sample name="Trouble">
        <TroubleText icon={Compass} title="There is nothing here" text="The address may be mistyped." level="h2">
          <LinkButton to="#" look="main">
            Go to the home page
          </LinkButton>
        </TroubleText>
        <OfflineSample />
      </Sample>
    </section>
  );
}

function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-3 border-b border-line pb-1 text-sm text-muted">{name}</p>
      {children}
    </div>
  );
}
