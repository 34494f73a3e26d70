/** Local explanations of functions that are known: the stated bound holds on fresh inputs of the stated box. */
import { describe, expect, it } from 'vitest';
import { explainLocally } from '../../../../src/distil/local/index.js';
import type { LocalOptions } from '../../../../src/distil/local/index.js';
import { subjectOfNetwork } from '../../../../src/distil/subject.js';
import type { Cell } from '../../../../src/distil/subject.js';
import type { CellDomain } from '../../../../src/ir/model-interface.js';
import type { LocalExplanation } from '../../../../src/ir/local-explanation.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { parseFormula } from '../../../../src/students/math/text/parse-formula.js';
import { evaluateFormula } from '../../../../src/students/math/engine/evaluate-formula.js';
import { DEFAULT_SETTINGS } from '../../../../src/students/math/problem.js';
import { createInProcessTransport } from '../../../../src/students/math/search/in-process.js';
import { STANDARD_TOOLS } from '../../../../src/students/math/tools.js';
import { chainNetwork } from '../../../helpers/networks.js';

type Known = (point: readonly number[]) => number;

const OPTIONS: LocalOptions = {
  bound: { kind: 'share', share: 0.05 },
  width: 0.1,
  samples: 100,
  neighbours: 30,
  hasRows: false,
  search: { mode: 'scouts' },
};

/** Few operators, for short searches. */
const SETTINGS = { ...DEFAULT_SETTINGS, operators: ['+', '-', '*', '/'], maxComplexity: 15 };

const FRESH = 20_000;

/** A cell that knows a function over a box. */
function cellOf(known: Known, domains: readonly CellDomain[], rows?: readonly number[][]): Cell {
  const names = domains.map((_, k) => `x${k}`);
  const ask = (columns: readonly Float64Array[]): Float64Array =>
    Float64Array.from(columns[0], (_, row) => known(columns.map((column) => column[row])));
  const columns = domains.map((_, k) => Float64Array.from(rows ?? [], (row) => row[k]));
  const data = { names, columns, target: rows === undefined ? new Float64Array() : ask(columns) };
  return {
    name: 'f',
    problem: { data, settings: SETTINGS, domains, ask },
    inputs: domains.map((_, k) => k),
    inRange: data,
  };
}

async function explain(
  cell: Cell,
  point: readonly number[],
  options: Partial<LocalOptions> = {},
  position = 0,
): Promise<LocalExplanation> {
  const transport = ({ problem }: Cell) => createInProcessTransport(problem, STANDARD_TOOLS);
  const own = { ...OPTIONS, ...options };
  const [{ explanation }] = await explainLocally({ cells: [cell] }, point, position, own, transport); // prettier-ignore
  return explanation;
}

/** The largest error over fresh inputs of the box, a third of them on its faces. */
function worstIn({ expression, box }: LocalExplanation, known: Known): number {
  const ranges = Object.values(box);
  const formula = parseFormula(expression, Object.keys(box));
  const random = createRandom(20_261_129);
  let worst = 0;
  for (let k = 0; k < FRESH; k++) {
    const point = ranges.map(([min, max]) => min + (max - min) * random.unit());
    const face = random.below(3 * ranges.length);
    if (face < ranges.length) point[face] = ranges[face][random.below(2)];
    worst = Math.max(worst, Math.abs(evaluateFormula(formula, point) - known(point)));
  }
  return worst;
}

const interval = (min: number, max: number): CellDomain => ({ kind: 'interval', min, max });

/** Twenty points of [−2, 2]²; the last ones lie at the border, the very last at a corner. */
const POINTS = twentyPoints();

function twentyPoints(): readonly (readonly number[])[] {
  const random = createRandom(5);
  return Array.from({ length: 20 }, (_, k) => {
    const point = [4 * random.unit() - 2, k >= 16 ? 2 : 4 * random.unit() - 2];
    return k === 19 ? [-2, point[1]] : point;
  });
}

describe('explainLocally', () => {
  // A test for each point: one that blocks its thread for minutes is taken for dead.
  it.each(POINTS.map((point, k) => [k, point] as const))(
    'keeps its bound within its radius at point %i of a known function',
    async (k, point) => {
      const known: Known = ([x, y]) => Math.sin(2 * x) + x * y * y;
      const cell = cellOf(known, [interval(-2, 2), interval(-2, 2)]);
      const found = await explain(cell, point, {}, k);
      expect(found.radius, String(point)).toBeGreaterThan(0.02);
      expect(worstIn(found, known), String(point)).toBeLessThan(found.bound);
      for (const [position, [min, max]] of Object.values(found.box).entries()) {
        expect(min).toBeGreaterThanOrEqual(-2);
        expect(max).toBeLessThanOrEqual(2);
        expect(point[position]).toBeGreaterThanOrEqual(min);
        expect(point[position]).toBeLessThanOrEqual(max);
      }
    },
    120_000,
  );

  it('ends before a kink of a network', async () => {
    // |x| + x/4, with the kink at 0.
    const network = chainNetwork({
      name: 'bent',
      input: { name: 'x', shape: [1], domain: interval(-4, 4) },
      layers: [
        { rows: [[1], [-1]], bias: [0, 0], activation: 'relu' },
        { rows: [[1.25, 0.75]], bias: [0], activation: 'identity' },
      ],
      decision: { kind: 'none' },
    });
    const [cell] = subjectOfNetwork(network, undefined, DEFAULT_SETTINGS, { rows: 50 }).cells;
    const found = await explain(cell, [1], { bound: { kind: 'value', value: 0.01 } });
    expect(found.expression).toBe('1.25 * x');
    const [min, max] = found.box['x'];
    expect(min).toBeGreaterThan(-0.01);
    expect(min).toBeLessThan(0.1);
    expect(max).toBeLessThan(2.01);
    expect(found.isWhole).toBe(false);
  }, 120_000);

  it('ends before a pole', async () => {
    const known: Known = ([x]) => 1 / (x - 1);
    const found = await explain(cellOf(known, [interval(-2, 2)]), [0.5], {
      bound: { kind: 'value', value: 0.2 },
      search: { mode: 'scouts', selection: 'simplest' },
      width: 0.02,
    });
    expect(found.complexity).toBe(1);
    expect(found.radius).toBeGreaterThan(0);
    expect(found.box['x0'][1]).toBeLessThan(1);
    expect(worstIn(found, known)).toBeLessThan(0.2);
  }, 120_000);

  it('is the constant of a constant function, on the whole domain', async () => {
    const found = await explain(
      cellOf(() => 2.5, [interval(0, 1), interval(0, 9)]),
      [0.5, 3],
    );
    expect(found).toMatchObject({ expression: '2.5', isWhole: true, radius: 1 });
    expect(found.bound).toBeLessThan(1e-9);
    expect(found.box).toEqual({ x0: [0, 1], x1: [0, 9] });
  }, 120_000);

  it('tells one of five features in a box of all of them', async () => {
    const known: Known = ([a, b, c, d, e]) => a * b + Math.exp(c / 2) - d + e * e;
    const domains = Array.from({ length: 5 }, () => interval(-1, 1));
    const found = await explain(cellOf(known, domains), [0.2, -0.4, 0.5, 0, -0.7]);
    expect(found.radius).toBeGreaterThan(0.02);
    expect(worstIn(found, known)).toBeLessThan(found.bound);
  }, 120_000);

  it('says so where no formula keeps the bound', async () => {
    const known: Known = ([x]) => Math.sign(x) + Math.sin(50 * x);
    const found = await explain(cellOf(known, [interval(-1, 1)]), [0], {
      bound: { kind: 'value', value: 1e-6 },
    });
    expect(found).toMatchObject({
      radius: 0,
      isWhole: false,
      selection: 'the simplest; none keeps the bound',
    });
    expect(found).not.toHaveProperty('check');
    expect(found.box).toEqual({ x0: [0, 0] });
  }, 120_000);

  it('learns from the nearest rows of the data, nearer ones counting more', async () => {
    const known: Known = ([x]) => x ** 3;
    const rows = Array.from({ length: 200 }, (_, k) => [k / 20 - 5]);
    const cell = cellOf(known, [interval(-5, 5)], rows);
    const found = await explain(cell, [1], { hasRows: true });
    expect(found.rows).toEqual({ neighbours: 30, samples: 100 });
    expect(await explain(cell, [1])).toMatchObject({ rows: { neighbours: 0 } });
  }, 120_000);

  it('cuts its box to the values that a finite feature can take', async () => {
    const known: Known = ([x, k]) => (k === 1 ? 3 : 1) * x;
    const cell = cellOf(known, [interval(0, 1), { kind: 'values', values: [0, 1] }]);
    const found = await explain(cell, [0.5, 1], { bound: { kind: 'value', value: 0.01 } });
    expect(found.box['x1']).toEqual([1, 1]);
    expect(found.expression).toBe('3 * x0');
  }, 120_000);

  it('gives the same at the same seed, and other samples at another', async () => {
    const known: Known = ([x, y]) => Math.cos(x) * y;
    const cell = cellOf(known, [interval(-2, 2), interval(-2, 2)]);
    const first = await explain(cell, [0.3, 0.4]);
    expect(await explain(cell, [0.3, 0.4])).toEqual(first);
    expect((await explain(cell, [0.3, 0.4], {}, 1)).bound).not.toBe(first.bound);
  }, 120_000);

  it('refuses a point at which the network gives no number', async () => {
    const cell = cellOf(([x]) => 1 / x, [interval(-1, 1)]);
    await expect(explain(cell, [0])).rejects.toMatchObject({ code: 'STUDENT_ANSWER_NOT_FINITE' });
  });
});
