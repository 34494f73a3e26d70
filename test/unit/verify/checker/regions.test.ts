import { describe, expect, it } from 'vitest';
import type { Network } from '../../../../src/ir/network.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { buildRegionTree } from '../../../../src/students/logic/exact/regions.js';
import { Budget } from '../../../../src/verify/checker/budget.js';
import { Context } from '../../../../src/verify/checker/context.js';
import type { Num } from '../../../../src/verify/checker/num.js';
import { combine } from '../../../../src/verify/checker/num.js';
import {
  applied,
  compareGreater,
  maximum,
  reluOf,
} from '../../../../src/verify/checker/operations.js';
import { boundByRegions } from '../../../../src/verify/checker/prove-regions.js';
import { Undecided } from '../../../../src/verify/checker/undecided.js';
import { verify } from '../../../../src/verify/index.js';
import { createTeacher } from '../../../../src/verify/teacher.js';
import { loadModule } from '../../../../src/verify/run-module.js';
import type { LayerSpec } from '../../../helpers/networks.js';
import { chainNetwork } from '../../../helpers/networks.js';
import { randomReluLayers } from '../../../helpers/random-relu.js';
import { regionModule, reluNetwork } from '../../../helpers/region-modules.js';

const OPTIONS = { ignoreVerdictString: true, sample: false };

function networkOf(layers: readonly LayerSpec[]): Network {
  const input = {
    name: 'x',
    shape: [layers[0].rows[0].length],
    domain: { kind: 'interval', min: -1, max: 1 } as const,
  };
  return chainNetwork({ name: 'units', input, layers, decision: { kind: 'none' } });
}

/** A module whose scores are these statements, of `x`. */
function moduleOf(network: Network, statements: string): string {
  const [{ shape }] = network.inputs;
  return `
export function scores(x: ArrayLike<number>): number[] {
  if (x.length !== ${shape[0]}) {
    throw new RangeError('expected ${shape[0]} numbers');
  }
  ${statements}
}
export function predict(x: ArrayLike<number>): number[] {
  return scores(x);
}
export const network = { name: 'units', inputShape: [${shape[0]}], verdict: 'proved' } as const;
export default predict;
`;
}

async function judge(network: Network, statements: string) {
  return verify(network, moduleOf(network, statements), OPTIONS);
}

/** r(x + y − 0.5) + x − y. */
const BEND = networkOf([
  { rows: [[1, 1], [1, -1], [-1, 1]], bias: [-0.5, 0, 0], activation: 'relu' },
  { rows: [[1, 1, -1]], bias: [0], activation: 'identity' },
]); // prettier-ignore

/** A corner told apart, so that no other proof goes through. */
const CORNER = 'if (x[0] > 0.6 && x[1] > 0) return [2 * x[0] - 0.5];';

const REGIONS = expect.stringMatching(/^symbolic: linear on each of \d+ regions of the inputs$/) as string; // prettier-ignore

describe('texts that branch on sums of bounded inputs', () => {
  it.each([
    ['as nested ifs', 'if (x[0] + x[1] > 0.5) return [2 * x[0] - 0.5]; return [x[0] - x[1]];'],
    ['with the border on the other side', 'if (x[0] + x[1] < 0.5) return [x[0] - x[1]]; return [2 * x[0] - 0.5];'],
    ['by a condition of another scale', 'return [6 * x[0] >= 3 - 6 * x[1] ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
    ['by nested conditions', 'return [x[0] > 0.25 ? (x[0] > 0.5 - x[1] ? 2 * x[0] - 0.5 : x[0] - x[1]) : x[1] > 0.5 - x[0] ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
    ['by writes under conditions', 'let y = x[0] - x[1]; if (!(x[0] + x[1] <= 0.5)) { y = x[0]; y += x[0] - 0.5; } return [y];'],
    ['with a border where nothing bends', 'if (x[1] > 0.1 * x[0]) return [x[0] - x[1] + Math.max(0, x[0] + x[1] - 0.5)]; return [x[0] - x[1] + Math.max(x[0] + x[1] - 0.5, 0)];'],
    ['with a test of equality', 'if (x[0] + x[1] === 0.5) return [2 * x[0] - 0.5]; return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
  ])('are proved %s', async (_, statements) => {
    const verdict = await judge(BEND, `${CORNER} ${statements}`);
    expect(verdict).toMatchObject({ status: 'proved', method: REGIONS });
    expect(verdict.maxError).toBeLessThan(1e-12);
  }); // prettier-ignore

  it.each([
    ['a border is moved by a thousandth', 'return [x[0] + x[1] > 0.501 ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
    ['a border is turned by a thousandth', 'return [1.001 * x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
    ['a strip of 1e-7 is wrong', 'if (x[0] > 0.3 && x[0] < 0.3000001) return [x[1]]; return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
    ['a corner is wrong', 'if (x[0] + x[1] < -1.999999) return [2]; return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 : x[0] - x[1]];'],
    ['one side jumps', 'return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.50001 : x[0] - x[1]];'],
  ])('are refuted where %s', async (_, statements) => {
    expect(await judge(BEND, `${CORNER} ${statements}`)).toMatchObject({ status: 'refuted' });
  }); // prettier-ignore

  const right = `${CORNER} return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 : x[0] - x[1]];`;
  it.each([
    ['a face', 'if (x[0] >= 1) return [7];'],
    ['a plane', 'if (x[0] + x[1] === 0.4375) return [7];'],
    ['a strip of a few floats', 'if (x[0] > 0.3 && x[0] < 0.30000000000000016) return [7];'],
    ['the strip that rounding opens', 'if (x[0] / 3 + x[1] > 0.1 && 3 * (x[0] / 3 + x[1]) <= 0.3) return [7];'],
    ['a strip with no answer', 'if (x[0] > 0.3 && x[0] < 0.3000001) return [];'],
    ['a strip with two answers', 'if (x[0] > 0.3 && x[0] < 0.3000001) return [0, 0];'],
    ['a strip with no number', "if (x[0] > 0.3 && x[0] < 0.3000001) return [Number('a')];"],
    ['a strip that divides by 0', 'if (x[0] > 0.3 && x[0] < 0.3000001) return [x[0] / 0];'],
    ['a strip that throws', "if (x[0] > 0.3 && x[0] < 0.3000001) throw new RangeError('no');"],
  ])('are not proved where %s is wrong', async (_, statements) => {
    expect(await judge(BEND, right)).toMatchObject({ status: 'proved', method: REGIONS });
    expect((await judge(BEND, statements + right)).status).not.toBe('proved');
  }); // prettier-ignore

  it('answer for the rounding of their conditions and of their answers', async () => {
    const hinge = networkOf([
      { rows: [[0, 1]], bias: [0], activation: 'relu' },
      { rows: [[1]], bias: [0], activation: 'identity' },
    ]);
    const rounded = (big: number): string => `const s = ${big} * x[0] + x[1] - ${big} * x[0];`;
    const answer = 'return [s > 0 ? x[1] : 0];';
    // A sum that is off by 1e-8 bends as much too late.
    const close = await judge(hinge, rounded(3e7) + answer);
    expect(close).toMatchObject({ status: 'proved' });
    expect(close.maxError).toBeGreaterThan(1e-9);
    const { scores } = await loadModule(moduleOf(hinge, rounded(3e7) + answer));
    const random = createRandom(1);
    let worst = 0;
    for (let k = 0; k < 20_000; k++) {
      const x = [2 * random.unit() - 1, 1e-8 * random.normal()];
      worst = Math.max(worst, Math.abs((scores(x) as number[])[0] - Math.max(0, x[1])));
    }
    expect(worst).toBeGreaterThan(1e-9);
    expect(worst).toBeLessThanOrEqual(close.maxError);
    expect((await judge(hinge, rounded(3e13) + answer)).status).not.toBe('proved');
    expect((await judge(hinge, `${rounded(3e13)} return [x[1] > 0 ? s : 0];`)).status).not.toBe('proved'); // prettier-ignore
  });

  it('count what rounds in an answer, where its conditions are exact', async () => {
    const off = '+ (30000000 * x[0] + x[1] - 30000000 * x[0] - x[1])';
    const statements = `${CORNER} return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 ${off} : x[0] - x[1]];`;
    const verdict = await judge(BEND, statements);
    expect(verdict).toMatchObject({ status: 'proved', method: REGIONS });
    const { scores } = await loadModule(moduleOf(BEND, statements));
    const random = createRandom(1);
    let worst = 0;
    for (let k = 0; k < 5000; k++) {
      const x = [2 * random.unit() - 1, 2 * random.unit() - 1];
      const expected = Math.max(0, x[0] + x[1] - 0.5) + x[0] - x[1];
      worst = Math.max(worst, Math.abs((scores(x) as number[])[0] - expected));
    }
    expect(worst).toBeGreaterThan(1e-9);
    expect(worst).toBeLessThanOrEqual(verdict.maxError);
  });

  it('count what a unit does that bends by next to nothing', async () => {
    const withUnit = (weight: number): Network =>
      networkOf([
        { rows: [[1, 1], [1, -1], [-1, 1], [1, 0]], bias: [-0.5, 0, 0, 1e-10 - 1], activation: 'relu' },
        { rows: [[1, 1, -1, weight]], bias: [0], activation: 'identity' },
      ]); // prettier-ignore
    const statements = `${CORNER} return [x[0] + x[1] > 0.5 ? 2 * x[0] - 0.5 : x[0] - x[1]];`;
    const verdict = await judge(withUnit(3000), statements);
    expect(verdict).toMatchObject({ status: 'proved', method: REGIONS });
    const [[atCorner]] = createTeacher(withUnit(3000)).forward([Float64Array.of(1, 1)]);
    expect(atCorner - 1.5).toBeGreaterThan(2.9e-7);
    expect(verdict.maxError).toBeGreaterThanOrEqual(atCorner - 1.5);
    expect(await judge(withUnit(3e5), statements)).toMatchObject({ status: 'refuted' });
  });

  it('are proved for units of other kinds', async () => {
    const kinds = ['abs', 'leaky-relu', 'max'] as const;
    const rows = [[1, -1], [0.5, 0.25]]; // prettier-ignore
    const texts = [
      'const a = x[0] - x[1] > 0 ? x[0] - x[1] : x[1] - x[0]; const s = 0.5 * x[0] + 0.25 * x[1]; return [a - (s > 0 ? s : -s)];',
      'const d = x[0] - x[1]; const s = 0.5 * x[0] + 0.25 * x[1]; return [(d > 0 ? d : 0.01 * d) - (s > 0 ? s : 0.01 * s)];',
      'return [(x[0] > -x[1] ? x[0] : -x[1]) - (2 * x[0] > x[1] ? 0.5 * x[0] : 0.25 * x[1])];',
    ];
    for (const [k, activation] of kinds.entries()) {
      const bias = activation === 'max' ? [-Infinity, -Infinity] : [0, 0];
      const last: LayerSpec = { rows: [[1, -1]], bias: [0], activation: 'identity' };
      const network = networkOf([{ rows, bias, activation }, last]);
      expect(await judge(network, texts[k]), activation).toMatchObject({ status: 'proved' });
      const wrong = texts[k].replace('0.25', '0.2501');
      expect(await judge(network, wrong), activation).toMatchObject({ status: 'refuted' });
    }
  });

  it('are proved with as many regions as the networks of the benchmark have', async () => {
    const layers = randomReluLayers([2, 8, 8, 1], 1, { kind: 'none' });
    const box = { low: new Float64Array(2).fill(-1), high: new Float64Array(2).fill(1) };
    const { tree, regions } = buildRegionTree(layers, box);
    if (tree === undefined) throw new Error('no tree');
    const network = reluNetwork('regions', layers);
    const verdict = await verify(network, regionModule(tree, layers), OPTIONS);
    expect(verdict).toMatchObject({
      status: 'proved',
      method: `symbolic: linear on each of ${regions} regions of the inputs`,
      checked: regions,
    });
    const { scores } = await loadModule(regionModule(tree, layers));
    const teacher = createTeacher(network);
    const random = createRandom(2);
    for (let k = 0; k < 5000; k++) {
      const x = Float64Array.from({ length: 2 }, () => 2 * random.unit() - 1);
      const [[expected]] = teacher.forward([x]);
      expect(Math.abs((scores([...x]) as number[])[0] - expected)).toBeLessThanOrEqual(
        verdict.maxError,
      );
    }
  });

  it('are given up when they are told to stop', async () => {
    const layers = randomReluLayers([2, 8, 8, 1], 1, { kind: 'none' });
    const box = { low: new Float64Array(2).fill(-1), high: new Float64Array(2).fill(1) };
    const { tree } = buildRegionTree(layers, box);
    if (tree === undefined) throw new Error('no tree');
    let asked = 0;
    const shouldStop = (): boolean => ++asked > 60;
    const verdict = await verify(reluNetwork('long', layers), regionModule(tree, layers), { ...OPTIONS, shouldStop }); // prettier-ignore
    expect(verdict).toMatchObject({ status: 'unknown', reason: expect.stringContaining('stopped') as string }); // prettier-ignore
  });
});

describe('the bound by regions', () => {
  function setup(cells: number): { context: Context; x: readonly Num[]; cells: readonly number[] } {
    const context = new Context();
    const x = Array.from({ length: cells }, () => context.addCell({ kind: 'interval', min: -1, max: 1 })); // prettier-ignore
    return { context, x, cells: x.map((cell) => cell.atom) };
  }
  const minus = (a: Num, b: Num): Num => combine(a, 1, b, -1, 0, false);

  it('is that of the worst region, and says where that is', () => {
    const { context, x, cells } = setup(2);
    const expected = reluOf(context, minus(x[0], x[1]));
    // The text takes 0.9 · (x − y) where x > y.
    const run = (): Num[] => {
      const difference = minus(x[0], x[1]);
      const isGreater = context.flatten(compareGreater(context, x[0], x[1], true)).constant === 1;
      return [isGreater ? combine(difference, 0.9, undefined, 0, 0, false) : context.constant(0)];
    };
    let regions = 0;
    const onRegion = (): void => {
      regions++;
    };
    const budget = new Budget(2 ** 30, () => undefined);
    const close = boundByRegions(context, cells, run, [expected], 0.25, budget, onRegion);
    expect(close?.maxError).toBeCloseTo(0.2, 9);
    expect(close?.maxError).toBeGreaterThanOrEqual(0.2);
    expect(regions).toBe(2);
    const far = boundByRegions(context, cells, run, [expected], 0.1, budget, onRegion);
    expect(far?.maxError).toBe(Infinity);
    const [corner] = far?.witnesses ?? [];
    const [a, b] = cells.map((cell) => corner.get(cell) ?? NaN);
    expect(a - b).toBeCloseTo(2, 4);
  });

  it('is none without comparisons, without bounds, and for other functions', () => {
    const { context, x, cells } = setup(2);
    const budget = new Budget(2 ** 30, () => undefined);
    const none = (run: () => Num[], expected: Num, own = cells) => boundByRegions(context, own, run, [expected], 1, budget, () => undefined); // prettier-ignore
    expect(none(() => [x[0]], x[0])).toBeUndefined();
    const asked = (): Num[] => [maximum(context, [x[0], x[1]])];
    const expected = maximum(context, x);
    expect(none(asked, expected)?.maxError).toBeLessThan(1e-12);
    expect(none(asked, applied(context, 'tanh', [x[0]]))).toBeUndefined();
    const real = context.addCell({ kind: 'real' });
    expect(none(asked, expected, [...cells, real.atom])).toBeUndefined();
  });

  it('ends with its budget', () => {
    const { context, x, cells } = setup(6);
    const units = Array.from({ length: 12 }, (_, k) => combine(x[k % 6], 1 + k, x[(k + 1) % 6], 3 - k, 0.1 * k - 0.5, false)); // prettier-ignore
    const sum = (values: readonly Num[]): Num => values.reduce((a, b) => combine(a, 1, b, 1, 0, false)); // prettier-ignore
    const expected = sum(units.map((unit) => reluOf(context, unit)));
    const run = (): Num[] => [sum(units.map((unit) => maximum(context, [unit, context.constant(0)])))]; // prettier-ignore
    const bound = (steps: number) => boundByRegions(context, cells, run, [expected], 1e-6, new Budget(steps, () => undefined), () => undefined); // prettier-ignore
    expect(() => bound(2 ** 20)).toThrow(Undecided);
  });
});
