/**
 * The front as a picture: complexity to the right, the loss upwards on a logarithmic scale, a step where
 * a more complex formula does better; selected, knee and most accurate are marked. One SVG document that
 * needs no other file and follows the reader's light or dark setting; the same front gives the same bytes.
 */
import type { FrontMember } from '../../ir/student.js';
import { counted } from '../numbers.js';
import { TEXT_SIZES } from './colours.js';
import { frontStyleSheet } from './front-style.js';
import { escapeText, rectElement, textElement } from './markup.js';
import { createScale, ticksOf } from './scale.js';
import type { Scale } from './scale.js';

export interface FrontPlot {
  /** What is explained, for the heading. */
  readonly name: string;
  /** By ascending complexity. */
  readonly front: readonly FrontMember[];
  /** Positions on the front. */
  readonly selected: number;
  readonly knee: number;
  readonly mostAccurate: number;
}

const WIDTH = 760;
const HEIGHT = 440;
const MARGIN = 24;

/** The frame of the plot; to its right is room for the words at the last points. */
const FRAME = { left: 84, right: 604, top: 96, bottom: 376 } as const;

const MOST_TICKS = 9;

/** Losses from here down are drawn as this: rounding. */
const SMALLEST_LOSS = 1e-32;

/** Orders of magnitude. */
const ROOM_BELOW = 0.5;

/** Longer equations are cut in the heading. */
const LONGEST_EQUATION = 96;

/** Width of a character and height of a line of the words at the points. */
const CHARACTER = 7;
const LINE = 16;

/** From a point to its words. */
const BESIDE = 12;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The picture of a front, ended by a newline. Members whose loss is no number are left out. */
export function renderFrontPlot(plot: FrontPlot): string {
  const { front } = plot;
  const shown = front.flatMap(({ loss }, at) => (Number.isFinite(loss) ? [at] : []));
  const orders = shown.map((at) => Math.log10(Math.max(front[at].loss, SMALLEST_LOSS)));
  const costs = shown.map((at) => front[at].complexity);
  const across = createScale([0, ...costs], FRAME.left, FRAME.right, MOST_TICKS);
  // Room below the least loss keeps its dot off the axis.
  const least = orders.length === 0 ? [] : [Math.min(...orders) - ROOM_BELOW];
  const upwards = createScale([...orders, ...least], FRAME.bottom, FRAME.top, MOST_TICKS);
  const points = new Map(
    shown.map((at, k): [number, Point] => [
      at,
      { x: across.place(costs[k]), y: upwards.place(orders[k]) },
    ]),
  );
  const label = escapeText(`Front of formulas for ${plot.name}: loss against complexity`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" ` +
      `viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<style>\n${frontStyleSheet()}\n</style>`,
    rectElement('page', 0, 0, WIDTH, HEIGHT),
    ...heading(plot),
    ...axes(across, upwards),
    stepLine([...points.values()]),
    ...[...points.entries()].map(([at, point]) => dot(point, at === plot.selected)),
    ...marks(plot, points),
    '</svg>\n',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function heading({ name, front, selected }: FrontPlot): readonly string[] {
  const { expression } = front[selected];
  const isLong = expression.length > LONGEST_EQUATION;
  const equation = isLong ? `${expression.slice(0, LONGEST_EQUATION - 1)}…` : expression;
  return [
    textElement('heading', MARGIN, MARGIN + TEXT_SIZES.heading - 3, `${name}: ${counted(front.length, 'formula')}`), // prettier-ignore
    textElement('formula', MARGIN, MARGIN + 40, equation),
  ];
}

function axes(across: Scale, upwards: Scale): readonly string[] {
  const { left, right, top, bottom } = FRAME;
  const rows = ticksOf(upwards).flatMap(({ value, at }) => [
    lineElement('grid', { x: left, y: at }, { x: right, y: at }),
    textElement('caption end', left - 8, at + 4, powerText(value)),
  ]);
  const columns = ticksOf(across).flatMap(({ value, at }) => [
    lineElement('tick', { x: at, y: bottom }, { x: at, y: bottom + 5 }),
    textElement('caption middle', at, bottom + 20, String(value)),
  ]);
  return [
    ...rows,
    ...columns,
    lineElement('axis', { x: left, y: bottom }, { x: right, y: bottom }),
    lineElement('axis', { x: left, y: top }, { x: left, y: bottom }),
    textElement('body middle', Math.round((left + right) / 2), bottom + 42, 'complexity'),
    textElement('body end', left - 8, top - 14, 'loss'),
  ];
}

/** 10 to a power, as far as it is short in digits. */
function powerText(exponent: number): string {
  const isShort = exponent >= -3 && exponent <= 4;
  return isShort ? String(Number((10 ** exponent).toPrecision(3))) : `1e${exponent}`;
}

function lineElement(kind: string, from: Point, to: Point): string {
  return `<line class="${kind}" x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"/>`;
}

/** Down where a more complex formula does better, level where none does. */
function stepLine(points: readonly Point[]): string {
  const corners: Point[] = [];
  let lowest = -Infinity;
  for (const point of points) {
    // Further down the picture is a smaller loss.
    if (point.y <= lowest) continue;
    if (corners.length > 0) corners.push({ x: point.x, y: lowest });
    corners.push(point);
    lowest = point.y;
  }
  if (corners.length > 0) corners.push({ x: FRAME.right, y: lowest });
  const list = corners.map(({ x, y }) => `${x},${y}`).join(' ');
  return list === '' ? '' : `<polyline class="steps" points="${list}"/>`;
}

function dot({ x, y }: Point, isSelected: boolean): string {
  const [kind, radius] = isSelected ? ['selected', 6] : ['dot', 4];
  return `<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}"/>`;
}

/** Rings and words at the marked points, one text for each point; one that would lie over another moves up. */
function marks(plot: FrontPlot, points: ReadonlyMap<number, Point>): readonly string[] {
  const words = new Map<number, readonly string[]>();
  for (const [at, word] of [
    [plot.selected, 'selected'],
    [plot.knee, 'knee'],
    [plot.mostAccurate, 'most accurate'],
  ] as const) {
    words.set(at, [...(words.get(at) ?? []), word]);
  }
  const placed: (Point & { readonly end: number })[] = [];
  return [...words.entries()].flatMap(([at, own]) => {
    const point = points.get(at);
    if (point === undefined) return [];
    const text = own.join(', ');
    const width = text.length * CHARACTER;
    const fits = point.x + BESIDE + width <= WIDTH;
    const x = fits ? point.x + BESIDE : point.x - BESIDE - width;
    const end = x + width;
    let y = point.y - 8;
    const isTaken = (): boolean =>
      placed.some((other) => Math.abs(other.y - y) < LINE && other.x < end && x < other.end);
    while (isTaken()) y -= LINE;
    placed.push({ x, y, end });
    const ring = `<circle class="ring" cx="${point.x}" cy="${point.y}" r="9"/>`;
    return [ring, textElement(fits ? 'mark' : 'mark end', fits ? x : end, y, text)];
  });
}
