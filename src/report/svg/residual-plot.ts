/**
 * Residuals as a picture: formula minus what it explains, against the formula's answer and against every
 * feature, small multiples with one scale of residuals. A cloud around zero says that nothing is left to
 * explain; a bow says what is. The largest residuals are marked in all plots, so that the eye finds them.
 */
import type { ResidualRows } from '../../ir/error-analysis.js';
import { counted } from '../numbers.js';
import { TEXT_SIZES } from './colours.js';
import { escapeText, pathElement, rectElement, textElement } from './markup.js';
import { createRealScale, tickText } from './real-scale.js';
import { residualStyleSheet } from './residual-style.js';
import { ticksOf } from './scale.js';
import type { Scale } from './scale.js';

const MARGIN = 24;
const COLUMNS = 3;

/** One plot with its room: ticks to the left and below, its name above. */
const PANEL = { width: 244, height: 204, left: 58, right: 236, top: 30, bottom: 164 } as const;

/** The first row of plots begins below the heading. */
const HEADING = 76;

const [MOST_TICKS_UP, MOST_TICKS_ACROSS] = [7, 6];

/** Half a pixel of room that a caption takes for a character. */
const CHARACTER = 6;

const MARKED = 5;

/** Longer names are cut. */
const LONGEST_NAME = 32;

/** The picture, ended by a newline. Rows at which the formula is no number are left out and counted. */
export function renderResidualPlot(rows: ResidualRows): string {
  const shown = Array.from(rows.expected.keys()).filter((row) => Number.isFinite(rows.actual[row]));
  const pick = (column: Float64Array): number[] => shown.map((row) => column[row]);
  const actual = pick(rows.actual);
  const residuals = pick(rows.expected).map((value, k) => actual[k] - value);
  const panels = [
    { name: 'answer', values: actual },
    ...rows.names.map((name, k) => ({ name, values: pick(rows.columns[k]) })),
  ];
  const marked = largest(residuals);
  const columns = Math.min(COLUMNS, panels.length);
  const width = Math.max(560, 2 * MARGIN + columns * PANEL.width);
  const height = HEADING + Math.ceil(panels.length / COLUMNS) * PANEL.height;
  const label = escapeText(`Residuals of the formula for ${rows.target}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<style>\n${residualStyleSheet()}\n</style>`,
    rectElement('page', 0, 0, width, height),
    ...heading(rows, shown.length),
    ...panels.flatMap((panel, at) => {
      const x = MARGIN + (at % COLUMNS) * PANEL.width;
      const y = HEADING + Math.floor(at / COLUMNS) * PANEL.height;
      return [...renderPanel(panel, residuals, { x, y }, marked)];
    }),
    '</svg>\n',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function heading({ target, expected }: ResidualRows, shown: number): readonly string[] {
  const left = expected.length - shown;
  const note =
    left === 0 ? '' : `; ${counted(left, 'input')} without a number for an answer left out`;
  const text = `formula − explained, at ${counted(shown, 'input')}; the largest ones marked${note}`;
  return [
    textElement('heading', MARGIN, MARGIN + TEXT_SIZES.heading - 3, `${shorten(target)}: residuals`),
    textElement('body', MARGIN, MARGIN + 38, text),
  ]; // prettier-ignore
}

function largest(residuals: readonly number[]): ReadonlySet<number> {
  const order = Array.from(residuals.keys()).sort(
    (one, other) => Math.abs(residuals[other]) - Math.abs(residuals[one]) || one - other,
  );
  return new Set(order.slice(0, MARKED));
}

function renderPanel(
  { name, values }: { readonly name: string; readonly values: readonly number[] },
  residuals: readonly number[],
  corner: { readonly x: number; readonly y: number },
  marked: ReadonlySet<number>,
): readonly string[] {
  const [left, right] = [corner.x + PANEL.left, corner.x + PANEL.right];
  const [top, bottom] = [corner.y + PANEL.top, corner.y + PANEL.bottom];
  const upwards = createRealScale([0, ...residuals], bottom, top, MOST_TICKS_UP);
  const across = createRealScale(values, left, right, MOST_TICKS_ACROSS);
  const dotAt = (k: number): string =>
    `M${across.place(values[k])} ${upwards.place(residuals[k])}h0`;
  const dots = residuals.flatMap((_, k) => (marked.has(k) ? [] : [dotAt(k)]));
  const zero = upwards.place(0);
  return [
    textElement('title', left, top - 12, shorten(name)),
    ...ticksOf(upwards).flatMap(({ value, at }) => [
      pathElement('grid', [`M${left} ${at}H${right}`]),
      textElement('caption end', left - 6, at + 4, tickText(value)),
    ]),
    ...sparse(across).flatMap(({ value, at }) => [
      pathElement('tick', [`M${at} ${bottom}v5`]),
      textElement('caption middle', at, bottom + 19, tickText(value)),
    ]),
    pathElement('axis', [`M${left} ${top}V${bottom}H${right}`]),
    pathElement('zero', [`M${left} ${zero}H${right}`]),
    // Inputs that fall on one pixel are one dot.
    pathElement('dots', [...new Set(dots)]),
    pathElement('marked', [...marked].map(dotAt)),
  ]; // prettier-ignore
}

/** Ticks whose texts do not touch: all, or every second, third, … of them. */
function sparse(scale: Scale): readonly { readonly value: number; readonly at: number }[] {
  const ticks = ticksOf(scale);
  for (let every = 1; ; every++) {
    const kept = ticks.filter((_, k) => k % every === 0);
    const isFree = kept.slice(1).every(({ value, at }, k) => {
      const before = kept[k];
      const room = (CHARACTER * (tickText(value).length + tickText(before.value).length)) / 2 + 8;
      return at - before.at >= room;
    });
    if (isFree) return kept;
  }
}

function shorten(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
