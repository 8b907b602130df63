import { type PointerEvent, useRef } from "react";
import { useTranslations } from "use-intl";
import { Link } from "~/ui/link";
import { isRegion, type Place, type Point, placeBetween, SIDE } from "../pin";
import type { Marker } from "../pin-page";
import { renditionUrl } from "../prototype-file";
import { drawnOf, reviewAddress, type ShownFile } from "../review-page";
import type { ReviewProps } from "./review-props";

type Props = ReviewProps & {
  file: ShownFile;
  /** What was chosen for a new pin. */
  chosen: Place | null;
  /** Null: its reader sets no pins. */
  choose: ((place: Place) => void) | null;
};

const part = (value: number): string => `${(value / SIDE) * 100}%`;

/** A picture or a page with the pins on it. Pressing it chooses a point for a new one, dragging a region. */
export function ReviewPicture({ page, at, file, chosen, choose }: Props) {
  const t = useTranslations("prototypes.review");
  const began = useRef<Point | null>(null);
  const drawn = drawnOf(file, page.page);
  const largest = drawn.at(-1);
  if (!largest) return <p className="text-muted">{t("notDrawn")}</p>;

  const pointOf = (event: PointerEvent<SVGSVGElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * SIDE, y: ((event.clientY - box.top) / box.height) * SIDE };
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (!choose || event.button !== 0 || (event.target as Element).closest("a")) return;
    began.current = pointOf(event);
    // A finger may mean to scroll: only what ends where it began counts as pressing.
    if (event.pointerType !== "touch") event.currentTarget.setPointerCapture(event.pointerId);
  };
  const end = (event: PointerEvent<SVGSVGElement>) => {
    if (began.current) choose?.(placeBetween(began.current, pointOf(event)));
    began.current = null;
  };
  return (
    <div className="relative overflow-hidden rounded-md border border-line bg-sunken">
      <img
        src={renditionUrl(file.id, drawn.find(({ width }) => width >= 1200) ?? largest)}
        srcSet={drawn.map((one) => `${renditionUrl(file.id, one)} ${one.width}w`).join(", ")}
        sizes="(min-width: 64rem) 50rem, 100vw"
        width={largest.width}
        height={largest.height}
        alt={file.name}
        className="block h-auto w-full"
      />
      {/* The same is done in the list of pins and in the form below, by keyboard and without scripts. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing holds no fieldset, and as an image its links would be hidden. */}
      <svg
        aria-label={t("markers")}
        role="group"
        className={`absolute inset-0 size-full ${choose ? "cursor-crosshair" : ""}`}
        onPointerDown={begin}
        onPointerUp={end}
        onPointerCancel={() => {
          began.current = null;
        }}
      >
        {page.pins.markers.map((marker) => (
          <MarkerLink
            key={marker.id}
            marker={marker}
            isOpen={marker.id === page.open}
            to={`${reviewAddress(at.path, page, { pin: marker.id })}#pin-${marker.id}`}
          />
        ))}
        {chosen && <Chosen place={chosen} />}
      </svg>
    </div>
  );
}

function MarkerLink({ marker, isOpen, to }: { marker: Marker; isOpen: boolean; to: string }) {
  const t = useTranslations("prototypes.review");
  const { place, number, of, resolved } = marker;
  const look = resolved ? "fill-muted" : of === "staff" ? "fill-warning" : "fill-accent";
  return (
    <Link to={to} aria-label={t(of === "staff" ? "markerStaff" : "marker", { number })} preventScrollReset>
      {isRegion(place) && (
        <rect
          x={part(place.x)}
          y={part(place.y)}
          width={part(place.width)}
          height={part(place.height)}
          className="fill-transparent stroke-accent"
          strokeWidth={2}
        />
      )}
      <circle
        cx={part(place.x)}
        cy={part(place.y)}
        r={isOpen ? 17 : 14}
        className={`${look} stroke-surface`}
        strokeWidth={2}
      />
      <text
        x={part(place.x)}
        y={part(place.y)}
        textAnchor="middle"
        dominantBaseline="central"
        className="fill-on-accent text-sm font-semibold"
      >
        {number}
      </text>
    </Link>
  );
}

function Chosen({ place }: { place: Place }) {
  if (!isRegion(place)) {
    return (
      <circle
        cx={part(place.x)}
        cy={part(place.y)}
        r={12}
        className="pointer-events-none fill-transparent stroke-accent"
        strokeWidth={4}
        data-chosen
      />
    );
  }
  return (
    <rect
      x={part(place.x)}
      y={part(place.y)}
      width={part(place.width)}
      height={part(place.height)}
      className="pointer-events-none fill-transparent stroke-accent"
      strokeWidth={4}
      strokeDasharray="8 4"
      data-chosen
    />
  );
}
