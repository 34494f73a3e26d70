/**
 * Confirms a radius on inputs that nothing was chosen by. Uniform inputs of the box, its faces and corners,
 * and inputs to which the error climbs from the worst of these; one above the bound, and the radius ends
 * before it and fresh inputs are drawn. Every attempt counts against the confidence that is stated.
 *
 * n uniform inputs of which none breaks the bound: had a share ε of the box broken it, the odds of that
 * were (1 − ε)ⁿ; with at most T attempts ε is below 1 − (δ / T)^(1/n) with confidence 1 − δ.
 */
import { domainHull } from '../../ir/model-interface.js';
import type { LocalCheck } from '../../ir/local-explanation.js';
import { createRandom } from '../../numeric/random.js';
import type { Random } from '../../numeric/random.js';
import type { Formula } from '../../students/math/formula.js';
import { drawUniform, joinPoints } from '../../students/probes/box.js';
import type { BoundedDomain } from '../../students/probes/box.js';
import { boxAround, cornersOf, onFaces, reachesOf } from './box.js';
import type { Columns } from './box.js';
import { errorsOf } from './radius.js';
import type { Surroundings } from './radius.js';

const UNIFORM = 3000;
const ON_FACES = 1000;
const CONFIDENCE = 0.99;
const MOST_ATTEMPTS = 24;
/** From this attempt on the radius is halved: the bound breaks all over. */
const PATIENT_ATTEMPTS = 12;

/** The error that is confirmed, as a share of the bound: what lies between inputs may be worse. */
const CHECKED_SHARE = 0.97;

/** A radius ends this share before the input that breaks the bound. */
const STEP_BACK = 0.98;

/** The worst inputs from which the error is climbed, and steps of the climb; each halves its stride. */
const CLIMBERS = 6;
const STRIDES = 8;

/** Seeds of attempts lie apart from those of the ladder. */
const ATTEMPT_SEED = 0x636865;

export interface Confirmed {
  readonly radius: number;
  /** Absent where the radius is 0. */
  readonly check?: LocalCheck;
}

/** Significant digits of a radius, which is rounded down before it is confirmed: texts say what was checked. */
const DIGITS = 4;

/** The largest radius up to `reach` that was confirmed; 0 where none was. */
export function confirmRadius(
  formula: Formula,
  bound: number,
  reach: number,
  around: Surroundings,
): Confirmed {
  let radius = roundDown(reach);
  for (let attempt = 0; attempt < MOST_ATTEMPTS && radius > 0; attempt++) {
    const random = createRandom(around.seed ^ (ATTEMPT_SEED + attempt));
    const box = boxAround(around.place, radius);
    const found = lookAround(formula, box, around, random);
    const broken = found.errors.map((error) => Number(error > CHECKED_SHARE * bound));
    if (!broken.includes(1)) return { radius, check: checkOf(found) };
    if (attempt >= PATIENT_ATTEMPTS) {
      radius = roundDown(radius / 2);
      continue;
    }
    const reaches = reachesOf(around.place, found.columns);
    const nearest = reaches.reduce(
      (least, own, row) => (broken[row] === 1 ? Math.min(least, own) : least),
      radius,
    );
    radius = roundDown(STEP_BACK * nearest);
  }
  return { radius: 0 };
}

function roundDown(radius: number): number {
  if (radius === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(radius)) + 1 - DIGITS);
  return Number((Math.floor(radius / unit) * unit).toPrecision(DIGITS));
}

interface Found {
  readonly columns: Columns;
  readonly errors: Float64Array;
}

/** The uniform inputs come first. */
function lookAround(
  formula: Formula,
  box: readonly BoundedDomain[],
  { ask }: Surroundings,
  random: Random,
): Found {
  const columns = joinPoints([
    drawUniform(box, UNIFORM, random),
    onFaces(box, drawUniform(box, ON_FACES, random)),
    cornersOf(box, random),
  ]);
  const errorAt = (points: Columns): Float64Array => errorsOf(formula, points, ask(points));
  const errors = errorAt(columns);
  const order = Array.from(errors, (_, row) => row)
    .sort((one, other) => errors[other] - errors[one] || one - other)
    .slice(0, CLIMBERS);
  const start = columns.map((column) => Float64Array.from(order, (row) => column[row]));
  const top = climb(box, start, errorAt);
  return {
    columns: joinPoints([columns, top.columns]),
    errors: Float64Array.of(...errors, ...top.errors),
  };
}

/** Along one feature at a time to where the error is larger, by strides that halve (Hooke and Jeeves 1961). */
function climb(
  box: readonly BoundedDomain[],
  start: Columns,
  errorAt: (points: Columns) => Float64Array,
): Found {
  let columns = start;
  let errors = errorAt(start);
  for (let stride = 0.25, step = 0; step < STRIDES; step++, stride /= 2) {
    for (const [k, domain] of box.entries()) {
      if (domain.kind === 'values' || domain.min === domain.max) continue;
      for (const sign of [1, -1]) {
        const [min, max] = domainHull(domain);
        const moved = columns.map((column, at) =>
          at === k
            ? column.map((value) => clamp(value + sign * stride * (max - min), min, max))
            : column,
        );
        const after = errorAt(moved);
        const before = errors;
        const isHigher = after.map((error, row) => Number(error > before[row]));
        columns = columns.map((column, at) =>
          column.map((value, row) => (isHigher[row] === 1 ? moved[at][row] : value)),
        );
        errors = errors.map((error, row) => (isHigher[row] === 1 ? after[row] : error));
      }
    }
  }
  return { columns, errors };
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

function checkOf({ errors }: Found): LocalCheck {
  const uniform = errors.subarray(0, UNIFORM);
  const most = (1 - CONFIDENCE) / MOST_ATTEMPTS;
  return {
    inputs: UNIFORM,
    confidence: CONFIDENCE,
    mostBeyond: 1 - most ** (1 / UNIFORM),
    largestError: errors.reduce((largest, error) => Math.max(largest, error), 0),
    rms: Math.sqrt(uniform.reduce((sum, error) => sum + error * error, 0) / UNIFORM),
  };
}
