/**
 * Functions of one number, the value of a line: slope · v + constant + Σ weight · r(v + shift). They
 * are closed under rectification, so a hat that a network builds in two layers is the same sum of
 * hinges as one that it builds in one:
 *
 *   r(1 − r(x) − r(−x))   =   r(x + 1) − 2 · r(x) + r(x − 1)
 */
import type { Form } from './form.js';
import { FormSum, slackOf, times } from './form.js';
import type { Line, Lines } from './lines.js';
import type { Nodes } from './nodes.js';

export interface Kink {
  /** Value of the line at which the slope changes. */
  readonly at: number;
  /** By how much. */
  readonly change: number;
  /** The hinge. */
  readonly node: number;
}

export interface Spline {
  readonly line: Line;
  readonly slope: number;
  readonly constant: number;
  /** Ascending. */
  readonly kinks: readonly Kink[];
  readonly error: number;
}

/** The form as a function of the line of its last hinge; `undefined` where it depends on more. */
export function splineOf(form: Form, nodes: Nodes, lines: Lines): Spline | undefined {
  const place = form.nodes.map((node) => lines.placeOf(node)).findLast((found) => found !== undefined); // prettier-ignore
  if (place === undefined) return undefined;
  const { line } = place;
  const kinks: Kink[] = [];
  const rest = new FormSum(nodes);
  form.nodes.forEach((node, k) => {
    const own = lines.placeOf(node);
    if (own?.line === line) kinks.push({ at: -own.shift, change: form.weights[k], node });
    else rest.add(node, form.weights[k]);
  });
  kinks.sort((a, b) => a.at - b.at);
  const straight = rest.finish();
  const base = { line, kinks, constant: form.constant };
  const slack = slackOf(form, nodes);
  if (straight.nodes.length === 0) return { ...base, slope: 0, error: slack };
  const found = lines.find(straight);
  if (found?.line !== line) return undefined;
  return { ...base, slope: found.factor, error: slack + found.error };
}

interface Corner {
  readonly at: number;
  readonly value: number;
}

/** max(spline, 0), on the values that its line takes. */
export function rectified(spline: Spline, nodes: Nodes, lines: Lines): Form {
  const { line } = spline;
  const slopes = slopesOf(spline);
  const { corners, rounded } = cornersOf(spline, slopes, nodes.noise);
  const sum = new FormSum(nodes);
  let error = rounded;
  let constant = 0;
  // Piece k lies between the corners k − 1 and k.
  const pieces = slopes.map((slope, k) => {
    const { at, value } = corners[Math.max(0, k - 1)];
    return { slope, at, value, from: k === 0 ? -Infinity : at, to: corners.at(k)?.at ?? Infinity };
  });
  let before: number | undefined;
  for (const piece of pieces) {
    for (const { from, slope, at, value } of rectifiedPiece(piece)) {
      if (before === undefined) {
        sum.addForm(line.direction, slope);
        constant = slope === 0 ? value : value - slope * at;
        error += slope === 0 ? 0 : ROUNDING * (Math.abs(value) + Math.abs(slope * at));
      } else if (slope !== before) {
        sum.addForm(lines.hinge(line, -from), slope - before);
      }
      before = slope;
    }
    const root = piece.at - piece.value / piece.slope;
    const missed = Math.abs((root - piece.at) * piece.slope + piece.value);
    if (Number.isFinite(missed)) error += missed;
  }
  sum.addConstant(constant);
  const form = sum.finish();
  return nodes.blurred(form, error + spline.error);
}

/** A few roundings of numbers of this size. */
const ROUNDING = 2 ** -50;

/** The slopes between the kinks, from the left. */
function slopesOf({ slope, kinks }: Spline): readonly number[] {
  const slopes = [slope];
  for (const { change } of kinks) slopes.push(slopes[slopes.length - 1] + change);
  // What is left of slopes that cancel is flat.
  const size = kinks.reduce((most, { change }) => Math.max(most, Math.abs(change)), 0);
  return slopes.map((own) => (Math.abs(own) <= FLAT * size ? 0 : own));
}

const FLAT = 1e-12;

/** The values at the kinks; `rounded` is how far a value is from the 0 that it is taken for. */
function cornersOf(
  { slope, constant, kinks }: Spline,
  slopes: readonly number[],
  noise: number,
): { corners: readonly Corner[]; rounded: number } {
  const corners: Corner[] = [];
  let rounded = 0;
  kinks.forEach(({ at }, k) => {
    const last = corners.at(-1);
    const before = last === undefined ? constant : last.value;
    const change = last === undefined ? times(slope, at) : slopes[k] * (at - last.at);
    let value = before + change;
    if (Math.abs(value) <= noise * Math.abs(before)) {
      rounded = Math.max(rounded, Math.abs(value));
      value = 0;
    }
    corners.push({ at, value });
  });
  return { corners, rounded };
}

interface Piece extends Corner {
  readonly slope: number;
  readonly from: number;
  readonly to: number;
}

/** A straight piece where it is positive, and 0 elsewhere. */
function rectifiedPiece(piece: Piece): readonly Piece[] {
  const { slope, at, value, from, to } = piece;
  const zero = { ...piece, slope: 0, value: 0 };
  if (slope === 0) return [value > 0 ? piece : zero];
  const root = at - value / slope;
  if (root <= from) return [slope > 0 ? piece : zero];
  if (root >= to) return [slope > 0 ? zero : piece];
  const [first, second] = slope > 0 ? [zero, piece] : [piece, zero];
  return [
    { ...first, to: root },
    { ...second, from: root },
  ];
}
