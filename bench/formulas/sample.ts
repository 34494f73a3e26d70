/**
 * Rows of a problem: as its protocol draws them, with noise, and from a wider box for the judgement. Both
 * are functions of the seed alone.
 */
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import type { Dataset } from '../../src/students/math/problem.js';
import { evaluateAt, evaluateColumns } from './evaluate.js';
import type { FormulaProblem, Noise } from './problem-set.js';
import { drawCell, isOutside, widened } from './sampling.js';

/** A row is drawn again this often until it lies where it should and the formula is defined there. */
const MOST_DRAWS = 10_000;

/** Smaller positive numbers have lost digits. */
const SMALLEST_NORMAL = 2 ** -1022;

/** Seeds are kept apart, so that rows, noise and wider rows never come from the same numbers. */
const STREAMS = 3;

/**
 * The rows of a trial: the columns drawn as the problem says, the target its formula with noise. Rows where
 * the formula is not defined (or, of positive problems, not positive) are drawn again. Measured targets
 * stay as they are.
 *
 * @throws RangeError when the formula is hardly ever defined, or not at a row of a table.
 */
export function sampleProblem(
  problem: FormulaProblem,
  seed: number,
  noise: Noise = problem.noise,
): Dataset {
  const { sampling, rows, formula, measured, variables: names } = problem;
  const random = createRandom(STREAMS * seed);
  const columns = drawColumns(problem, rows, (row, index) => {
    sampling.forEach((one, position) => {
      row[position] = drawCell(one, row, random, { index, rows });
    });
    return true;
  });
  if (measured !== undefined) return { names, columns, target: Float64Array.from(measured) };
  const exact = evaluateColumns(formula, columns, rows);
  return { names, columns, target: addNoise(exact, noise, createRandom(STREAMS * seed + 1)) };
}

/**
 * Rows with the exact target from a box 50 % wider than the one that the problem draws from, each outside
 * of that one in at least one variable. What is whole stays whole.
 */
export function sampleWider(problem: FormulaProblem, seed: number, rows: number): Dataset {
  const { sampling, formula, variables: names } = problem;
  const random = createRandom(STREAMS * seed + 2);
  const wide = sampling.map(widened);
  const columns = drawColumns(problem, rows, (row, index) => {
    wide.forEach((one, position) => {
      row[position] = drawCell(one, row, random, { index, rows });
    });
    return sampling.some((one, position) => isOutside(one, row, position));
  });
  return { names, columns, target: evaluateColumns(formula, columns, rows) };
}

/** Columns of rows that `draw` accepts and for which the formula has a value. */
function drawColumns(
  { name, sampling, formula, positive }: FormulaProblem,
  rows: number,
  draw: (row: Float64Array, index: number) => boolean,
): readonly Float64Array[] {
  const columns = sampling.map(() => new Float64Array(rows));
  const row = new Float64Array(sampling.length);
  const isGood = (index: number): boolean => {
    if (!draw(row, index)) return false;
    const value = evaluateAt(formula, row);
    return Number.isFinite(value) && (positive !== true || value >= SMALLEST_NORMAL);
  };
  for (let index = 0; index < rows; index++) {
    let attempts = 1;
    while (!isGood(index)) {
      if (++attempts > MOST_DRAWS) throw new RangeError(`${name}: no value for row ${index}`);
    }
    columns.forEach((column, position) => (column[index] = row[position]));
  }
  return columns;
}

function addNoise(exact: Float64Array, noise: Noise, random: Random): Float64Array {
  if (noise.kind === 'none') return exact;
  if (noise.kind === 'relative') {
    return exact.map((value) => value * Math.exp(noise.level * random.normal()));
  }
  const meanSquare = exact.reduce((total, value) => total + value * value, 0) / exact.length;
  const deviation = noise.level * Math.sqrt(meanSquare);
  return exact.map((value) => value + deviation * random.normal());
}
