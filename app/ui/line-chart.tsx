import type { Chart } from "~/kernel/chart";

type Props = {
  chart: Chart;
  /** What it shows, for whoever hears it; the sentence below says what follows. */
  title: string;
  axes: { x: string; y: string };
  /** The name of every line by its key; `band` names what the shaded part is. */
  names: Readonly<Record<string, string>>;
  /** Short names of markers by key. */
  marks?: Readonly<Record<string, string>>;
};

// On a phone it scrolls, and what scrolls and holds no link would be out of the keyboard's reach.
const BY_KEYBOARD = { tabIndex: 0 };

/** Lines are told apart by their strokes as well as by their colours, so that print and grey show them, too. */
const STROKES = [
  { className: "stroke-accent", dash: undefined },
  { className: "stroke-info", dash: "8 4" },
  { className: "stroke-warning", dash: "2 4" },
  { className: "stroke-danger", dash: "10 3 2 3" },
] as const;

const strokeOf = (place: number) => STROKES[place % STROKES.length] ?? STROKES[0];

/** A chart that is drawn where the page is made: its paths come finished. Its table and its sentence stand beside it. */
export function LineChart({ chart, title, axes, names, marks = {} }: Props) {
  const { width, height, plot, xTicks, yTicks, band, lines, markers } = chart;
  return (
    <figure className="flex flex-col gap-2">
      <section
        aria-label={title}
        {...BY_KEYBOARD}
        className="overflow-x-auto rounded-md border border-line bg-surface p-2"
      >
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={title}
          className="h-auto w-full min-w-120 text-xs"
        >
          {yTicks.map(({ at, label }) => (
            <g key={label}>
              <line x1={plot.left} x2={plot.right} y1={at} y2={at} className="stroke-line" />
              <text x={plot.left - 6} y={at} textAnchor="end" dominantBaseline="middle" className="fill-muted">
                {label}
              </text>
            </g>
          ))}
          {xTicks.map(({ at, label }) => (
            <g key={label}>
              <line x1={at} x2={at} y1={plot.bottom} y2={plot.bottom + 4} className="stroke-edge" />
              <text x={at} y={plot.bottom + 17} textAnchor="middle" className="fill-muted">
                {label}
              </text>
            </g>
          ))}
          <text x={(plot.left + plot.right) / 2} y={height - 6} textAnchor="middle" className="fill-muted">
            {axes.x}
          </text>
          {band && <path d={band} className="fill-accent-soft" />}
          {markers.map(({ key, at }, place) => (
            <g key={key}>
              <line x1={at} x2={at} y1={plot.top} y2={plot.bottom} className="stroke-edge" strokeDasharray="3 3" />
              {/* Neighbours at different heights: their names would lie on each other. */}
              <text x={at + 4} y={plot.top + 10 + (place % 4) * 14} className="fill-ink font-medium">
                {marks[key] ?? key}
              </text>
            </g>
          ))}
          {lines.map(({ key, path, dots }, place) => (
            <g key={key} className={strokeOf(place).className}>
              <path d={path} fill="none" strokeWidth={2} strokeDasharray={strokeOf(place).dash} />
              {dots.length === 1 && dots.map(([x, y]) => <circle key={key} cx={x} cy={y} r={3} strokeWidth={2} />)}
            </g>
          ))}
        </svg>
      </section>
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        <span>{axes.y}</span>
        {lines.map(({ key }, place) => (
          <span key={key} className="inline-flex items-center gap-2">
            <svg width="28" height="8" aria-hidden="true" className={strokeOf(place).className}>
              <line x1="0" x2="28" y1="4" y2="4" strokeWidth={2} strokeDasharray={strokeOf(place).dash} />
            </svg>
            {names[key] ?? key}
          </span>
        ))}
        {band && names.band && (
          <span className="inline-flex items-center gap-2">
            <span className="h-3 w-7 rounded-sm border border-line bg-accent-soft" />
            {names.band}
          </span>
        )}
      </figcaption>
    </figure>
  );
}
