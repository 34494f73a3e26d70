/**
 * How far a formula keeps its bound. A ladder of boxes around the point is climbed until an input is found
 * where it does not; between the last two rungs the radius is halved in. What comes out was chosen by these
 * inputs, so it is a guess that `check.ts` has to confirm on others.
 *
 *   · · [ · [ · point · ] · ] · ✗      the bound holds in both boxes and breaks at ✗
 */
import { createRandom } from '../../numeric/random.js';
import type { Ask } from '../../students/ask.js';
import { evaluateFormula } from '../../students/math/engine/evaluate-formula.js';
import type { Formula } from '../../students/math/formula.js';
import { joinPoints } from '../../students/probes/box.js';
import { boxAround, cornersOf, evenPoints, onFaces } from './box.js';
import type { Columns, Place } from './box.js';

export interface Surroundings {
  readonly place: Place;
  /** The target over the features of the place. */
  readonly ask: Ask;
  readonly seed: number;
}

/** Inputs of one rung within the box, and on its faces. */
const INSIDE = 384;
const ON_FACES = 256;

/** The ladder in units of the samples' width: from a 64th of it, √2 a rung, to the whole domain. */
const RUNG = Math.SQRT2;
const RUNGS_BELOW = 12;

/** Halvings between two rungs: what is left is a share of 2^-6 of their distance. */
const HALVINGS = 6;

/** At a rung the error has to stay below this share of the bound, so that other inputs may be worse. */
const RUNG_SHARE = 0.9;

/** The radii that are tried: the width is one of them, and from 1 on a box holds the whole domain. */
function rungsOf(width: number): readonly number[] {
  const rungs: number[] = [];
  for (let rung = -RUNGS_BELOW; width * 2 ** (rung / 2) < 1; rung++) {
    rungs.push(width * 2 ** (rung / 2));
  }
  return [...rungs, 1];
}

/** |formula − network| at each input; infinite where either is no number. */
export function errorsOf(formula: Formula, columns: Columns, answers: Float64Array): Float64Array {
  const point = columns.map(() => 0);
  return answers.map((answer, row) => {
    columns.forEach((column, k) => (point[k] = column[row]));
    const error = Math.abs(evaluateFormula(formula, point) - answer);
    return Number.isNaN(error) ? Infinity : error;
  });
}

/** The same inputs for every formula, asked once. */
function rung({ place, ask, seed }: Surroundings, radius: number) {
  const random = createRandom(seed);
  const box = boxAround(place, radius);
  const columns = joinPoints([
    evenPoints(box, INSIDE, random),
    onFaces(box, evenPoints(box, ON_FACES, random)),
    cornersOf(box, random),
  ]);
  return { columns, answers: ask(columns) };
}

function keeps(
  formula: Formula,
  bound: number,
  { columns, answers }: ReturnType<typeof rung>,
): boolean {
  return errorsOf(formula, columns, answers).every((error) => error <= RUNG_SHARE * bound);
}

/** For each formula the last rung of the ladder up to which it keeps the bound; 0 for none. */
export function reachOfEach(
  formulas: readonly Formula[],
  bound: number,
  width: number,
  around: Surroundings,
): readonly number[] {
  const reaches = formulas.map(() => 0);
  let standing = formulas.map((_, k) => k);
  for (const radius of rungsOf(width)) {
    if (standing.length === 0) break;
    const asked = rung(around, radius);
    standing = standing.filter((k) => keeps(formulas[k], bound, asked));
    for (const k of standing) reaches[k] = radius;
  }
  return reaches;
}

/** The radius of one formula between the rung that it reached and the next one. */
export function refineReach(
  formula: Formula,
  bound: number,
  reach: number,
  around: Surroundings,
): number {
  if (reach === 0 || reach >= 1) return reach;
  let [low, high] = [reach, Math.min(1, reach * RUNG)];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (keeps(formula, bound, rung(around, middle))) low = middle;
    else high = middle;
  }
  return low;
}
