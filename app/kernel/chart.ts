import { scaleLinear } from "d3-scale";
import { area, curveStepBefore, line } from "d3-shape";

/** Where the lines of a chart run, worked out on the server: a browser is sent paths and no library that draws them. */

/** x in the unit of the chart, y as a share between 0 and 1. */
export type Dot = readonly [x: number, y: number];
export type Series = { readonly key: string; readonly dots: readonly Dot[] };
/** Between which shares the truth may lie, at each x. */
export type Band = readonly (readonly [x: number, lo: number, hi: number])[];
export type Marker = { readonly key: string; readonly x: number };

export type Chart = {
  readonly width: number;
  readonly height: number;
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly xTicks: readonly { readonly at: number; readonly label: string }[];
  readonly yTicks: readonly { readonly at: number; readonly label: string }[];
  readonly band: string | null;
  readonly lines: readonly { readonly key: string; readonly path: string; readonly dots: readonly Dot[] }[];
  readonly markers: readonly { readonly key: string; readonly at: number }[];
};

const [WIDTH, HEIGHT] = [640, 320];
const PLOT = { left: 52, top: 16, right: WIDTH - 24, bottom: HEIGHT - 48 };

type Drawing = {
  series: readonly Series[];
  band?: Band;
  markers?: readonly Marker[];
  /** How a value of each axis is written. */
  x: (value: number) => string;
  y: (share: number) => string;
  /** Steps: what holds up to a price holds for all prices down to the one before. */
  stepped?: boolean;
};

/** Out: null when there is not one dot to draw. Coordinates are rounded to a tenth of a pixel. */
export function drawChart({ series, band = [], markers = [], x, y, stepped = false }: Drawing): Chart | null {
  const values = series.flatMap(({ dots }) => dots.map(([value]) => value));
  if (values.length === 0) return null;
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const across = scaleLinear([least, most === least ? least + 1 : most], [PLOT.left, PLOT.right]).nice();
  const up = scaleLinear([0, 1], [PLOT.bottom, PLOT.top]);
  const tenth = (value: number) => Math.round(value * 10) / 10;
  const path = line<Dot>()
    .x(([value]) => tenth(across(value)))
    .y(([, share]) => tenth(up(share)));
  const between = area<Band[number]>()
    .x(([value]) => tenth(across(value)))
    .y0(([, lo]) => tenth(up(lo)))
    .y1(([, , hi]) => tenth(up(hi)));
  if (stepped) {
    path.curve(curveStepBefore);
    between.curve(curveStepBefore);
  }
  return {
    width: WIDTH,
    height: HEIGHT,
    plot: PLOT,
    xTicks: across.ticks(5).map((value) => ({ at: tenth(across(value)), label: x(value) })),
    yTicks: [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: tenth(up(share)), label: y(share) })),
    band: band.length > 0 ? between([...band]) : null,
    lines: series.map(({ key, dots }) => ({
      key,
      path: path([...dots]) ?? "",
      dots: dots.map(([value, share]): Dot => [tenth(across(value)), tenth(up(share))]),
    })),
    markers: markers.map(({ key, x: value }) => ({ key, at: tenth(across(value)) })),
  };
}
