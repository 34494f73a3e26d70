/**
 * Modules that were written to fool the checker: each computes the network for a reader that takes
 * JavaScript at its word in one place too many, and something else (or nothing) in the engine, or for a
 * caller who calls twice, hands over one row under two names, or has a row of reals at its luck.
 * None may be proved.
 */
import { describe, expect, it } from 'vitest';
import type { Domain } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { verify } from '../../src/verify/index.js';
import { KNOWN_FUNCTIONS } from '../../src/verify/checker/known-functions.js';
import { loadModule } from '../../src/verify/run-module.js';
import { BINARY, chainNetwork } from '../helpers/networks.js';

const CELLS = 18;

/** Two scores: the sum of all cells, and 3; argmax. */
function sums(domain: Domain): Network {
  return chainNetwork({
    name: 'sums',
    input: { name: 'grid', shape: [2, CELLS / 2], domain },
    layers: [
      {
        rows: [new Float64Array(CELLS).fill(1), new Float64Array(CELLS)],
        bias: [0, 3],
        activation: 'identity',
      },
    ],
  });
}

interface Parts {
  /** Before all else. */
  readonly top?: string;
  /** Between the sum and the return of `scores`. */
  readonly then?: string;
  readonly result?: string;
  readonly decision?: string;
  readonly network?: string;
  readonly end?: string;
  /** Whether `scores` is not exported where it stands. */
  readonly isKept?: boolean;
}

/** The right module, with parts of it replaced. */
function moduleOf({ top = '', then = '', result, decision, network, end, isKept }: Parts): string {
  return `${top}
export const network = {
  name: 'sums',
  source: 'sha256:test',
  ${network ?? `inputShape: [2, ${CELLS / 2}],\n  outputShape: [2],\n  verdict: 'proved',`}
} as const;

${isKept === true ? '' : 'export '}function scores(grid: any): any {
  checkShape(grid);
  let sum = 0;
  for (let i = 0; i < 2; i++) for (let j = 0; j < ${CELLS / 2}; j++) sum += grid[i][j];
  ${then}
  return ${result ?? '[sum, 3]'};
}

export function predict(grid: any): any {
  const [first, second] = scores(grid);
  ${decision ?? 'return first >= second ? 0 : 1;'}
}

${end ?? 'export default predict;'}

function checkShape(grid: any): void {
  const lengths = Array.from(grid).map((row: any) => row.length);
  if (lengths.length === 2 && lengths.every((length) => length === ${CELLS / 2})) return;
  throw new RangeError('another shape');
}
`;
}

/** Where the engine says that something is off, the sum is spoilt. */
const when = (condition: string): Parts => ({ then: `if (${condition}) sum = 99;` });

/** What JavaScript computes, and a careless reader would not. */
const TRICKS: Readonly<Record<string, Parts>> = {
  'the holes of a new array are not mapped': { result: 'new Array(2).map((_, k) => (k === 0 ? sum : 3))' },
  'the holes of a new array are not visited': { then: 'let all = 0; new Array(3).forEach(() => { all += 1; }); if (all === 0) sum = 99;' },
  'the holes of a new array are not reduced': when('new Array(3).reduce((n, _) => n + 1, 0) === 0'),
  'the holes of a new array are not asked': when('!new Array(3).some((one) => one === undefined)'),
  'keys() is no array': when('(grid.keys() as any).length === undefined'),
  'values() can be walked once': { then: 'const walk = grid[0].values(); let n = 0; for (const _ of walk) n++; for (const _ of walk) n++; if (n === 9) sum = 99;' },
  'entries() has no elements': when('(grid.entries() as any)[0] === undefined'),
  'Number is a function': when("typeof Number === 'function'"),
  'Number() is 0': when('Number() === 0'),
  'String() is empty': when("String() === ''"),
  'objects inherit': when('({} as any).constructor !== undefined'),
  'objects inherit by brackets': when("({} as any)['constructor'] !== undefined"),
  'numbers inherit': when('(sum as any).toFixed !== undefined'),
  'Math is Math': when('Math === Math'),
  'one row under two names': { then: 'if (grid[0] === grid[1]) sum = 99;' },
  'a chosen array is the array': { then: 'const a = [1]; const b = [2]; const c = sum > 20 ? a : b; if (c === a || c === b) sum = 99;' },
  'typed arrays hold numbers': { then: 'const t: any = new Float64Array(1); t[0] = true; if (t[0] === 1) sum = 99;' },
  'typed arrays hold no undefined': { then: 'const t: any = new Float64Array(1); t[0] = undefined; if (t[0] !== undefined) sum = 99;' },
  'typed arrays are filled with numbers': { then: 'const t: any = new Float64Array(1).fill(true as any); if (t[0] === 1) sum = 99;' },
  'typed arrays map to numbers': { then: 'const t: any = new Float64Array(1).map((x) => (x === 0) as any); if (t[0] === 1) sum = 99;' },
  'typed arrays have no concat': { then: '(new Float64Array(1) as any).concat([1]);' },
  'typed arrays have no flat': { then: '(new Float64Array(1) as any).flat();' },
  'concat keeps typed arrays whole': when('([1] as any).concat(new Float64Array(2)).length === 2'),
  'flatMap keeps typed arrays whole': when('[1, 2].flatMap(() => new Float64Array(2) as any).length === 2'),
  'Array.from reads more than the length': when('(Array.from({ length: 1, "0": 5 } as any) as any)[0] === 5'),
  'NaN | x is x': { then: 'if (((undefined as any) | sum) === sum) sum = 99;' },
  'NaN ** 0 is 1': { then: 'if ((NaN ** (sum * 0)) === 1) sum = 99;' },
  'a name before its declaration': { top: 'const early = peek();\nconst late = 2;\nfunction peek(): number { return late === undefined ? 1 : 2; }' },
  'a name before its declaration, in a function': { then: 'const p = () => q; if (p() === undefined) sum += 0; const q = 1;' },
  'declare declares nothing': { top: 'declare const Infinity: any;', then: 'if (1 / 0 === Infinity) sum = 99;' },
  'this is no parameter': { top: 'function pick(this: any, a: any, b: any): any { return b; }', result: '[pick(sum, 99, sum), 3]' },
  'an export of a type alone': { end: 'export default predict;\nexport type { scores };', isKept: true },
  'two exports of one name': { end: 'export default predict;\nexport { predict as scores };' },
  'two declarations of one name': { then: 'const k = 1; const k = 2;' },
  'two functions of one name': { end: 'export default predict;\nfunction checkShape(grid: any): void {}' },
  'an assignment to a constant is an error': { top: 'const level: any = 3;', then: 'if (sum > 17.5) level = 4;' },
  'the input is written to': { then: 'grid[0][0] = 0;' },
  'the input is written to by fill': { then: 'grid[0].fill(0);' },
  'the input grows': { then: 'grid[1].push(1);' },
  'a counter between calls': { top: 'let calls = 0;', then: 'calls++; if (calls > 1000) sum = 99;' },
  'an array between calls': { top: 'const calls = [0];', then: 'calls[0]++; if (calls[0] > 1000) sum = 99;' },
  'Math is replaced': { top: '(Math as any).max = () => 99;', result: '[Math.max(sum), 3]' },
  'Math.max is called through a name': { top: 'const max = Math.max;', result: '[max(sum, sum), 3]', then: '(Math as any).max = 1;' },
  'an array is cut by its length': { then: 'const a = [1, 2]; a.length = 1; if (a[1] === undefined) sum = 99;' },
  'a getter': { then: 'let n = 0; const o = { get x() { return n++; } }; if (o.x !== o.x) sum = 99;' },
  'a rounded typed array': { then: 'sum = new Float32Array([sum + 0.1])[0] - 0.1;' },
  'Array.isArray of an input': when('!Array.isArray(grid)'),
  'nothing is caught': { then: 'try { throw new Error("x"); } catch { sum = 99; }' },
  'Object.is and −0': when('Object.is(-0 * sum, -0)'),
  // Of one input alone.
  'an exponential that overflows once': when('!Number.isFinite(Math.exp(800 * (sum - 2 * grid[0][0] - 2 * grid[1][3] - 15)))'),
  'an exponential that is Infinity once': when('Math.exp(800 * (sum - 2 * grid[0][0] - 2 * grid[1][3] - 15)) === Infinity'),
  'another scores for predict': { decision: 'const own = (g: any): any => [g[0][0] === 1 && sumOf(g) === 18 ? 0 : 4, 3]; return own(grid)[0] >= 3 ? 0 : 1; function sumOf(g: any): number { return g.flat().reduce((a: number, b: number) => a + b, 0); }' },
}; // prettier-ignore

/** Claims that say nothing, or something else. */
const CLAIMS: Readonly<Record<string, string>> = {
  'a tolerance for everything': "inputShape: [2, 9], outputShape: [2], verdict: 'proved', tolerance: 1000,",
  'an infinite tolerance': "inputShape: [2, 9], outputShape: [2], verdict: 'proved', tolerance: 1e999,",
  'a negative tolerance': "inputShape: [2, 9], outputShape: [2], verdict: 'proved', tolerance: -1,",
  'a tolerance in words': "inputShape: [2, 9], outputShape: [2], verdict: 'proved', tolerance: '1e-6',",
  'another input shape': "inputShape: [9, 2], outputShape: [2], verdict: 'proved',",
  'another output shape': "inputShape: [2, 9], outputShape: [3], verdict: 'proved',",
  'an output shape of more axes': "inputShape: [2, 9], outputShape: [1, 2], verdict: 'proved',",
  'shapes of several inputs': "inputShapes: [[2], [9]], outputShape: [2], verdict: 'proved',",
  'no verdict': 'inputShape: [2, 9], outputShape: [2],',
  'a verdict by another name': "inputShape: [2, 9], outputShape: [2], verdict: 'Proved',",
  'more than is there': "inputShape: [2, 9], outputShape: [2], verdict: 'certain',",
}; // prettier-ignore

const network = sums(BINARY);
/** Finding the sum wrong or not is left to the proof: no input is tried that a trick could show. */
const WRONG = ['proved', 'exhaustive', 'sampled'];

describe('the module without tricks', () => {
  it('is proved', async () => {
    expect(await verify(network, moduleOf({}))).toMatchObject({ status: 'proved' });
  });
});

describe('a trick', () => {
  it.each(Object.entries(TRICKS))('is not taken for the network: %s', async (_, parts) => {
    const verdict = await verify(network, moduleOf(parts));
    expect(WRONG, JSON.stringify(verdict)).not.toContain(verdict.status);
  });

  it.each(Object.entries(CLAIMS))('is refuted: %s', async (_, claim) => {
    const verdict = await verify(network, moduleOf({ network: claim }));
    expect(verdict.status, verdict.reason).toBe('refuted');
  });
});

describe('a function whose text the checker knows', () => {
  const dense = KNOWN_FUNCTIONS.find(({ numeric }) => numeric !== undefined)?.text ?? '';
  const ones = JSON.stringify(new Array(CELLS / 2).fill(1));
  const parts = (top: string): Parts => ({
    top: `${top}\n${dense.replace(/\((input), (weights), (biases)\)/, '($1: any, $2: any, $3: any): any')}`,
    result: `[dense(grid[0], [${ones}], [0])[0] + dense(grid[1], [${ones}], [0])[0], 3]`,
  });
  const options = { ignoreVerdictString: true };

  it('means that', async () => {
    expect(await verify(network, moduleOf(parts('')), options)).toMatchObject({ status: 'proved' });
  });

  it('means something else with another Array', async () => {
    const top = 'const Array: any = function () { return { fill: () => [9] }; };';
    const { status } = await verify(network, moduleOf(parts(top)), options);
    expect(WRONG).not.toContain(status);
  });
});

describe('a trick over reals', () => {
  const real = sums({ kind: 'interval', min: 0, max: 1 });
  const cases: Readonly<Record<string, Parts>> = {
    'whole numbers decide otherwise': { decision: 'if (Number.isInteger(grid[0][0])) return 1; return first >= second ? 0 : 1;' },
    'whole numbers score otherwise': when('Number.isInteger(grid[0][0])'),
    'one number scores otherwise': when('grid[0][0] === 0.123456789'),
    'a text counts as the number that it spells': { decision: "return first >= second ? Number('0') - 0 + (-'x' >= 0 ? 1 : 0) : 3 - '1';" },
    'a cell decides by its kind': { decision: "if (typeof grid[0][0] !== 'number') return 1; return Number.isFinite(grid[0][1] / 0) ? 0 : first >= second ? 0 : 1;" },
  }; // prettier-ignore

  it.each(Object.entries(cases))('is not taken for the network: %s', async (_, parts) => {
    const verdict = await verify(real, moduleOf(parts), {
      ignoreVerdictString: true,
      sample: false,
    });
    expect(WRONG, JSON.stringify(verdict)).not.toContain(verdict.status);
  });
});

describe('numbers at the end of the range', () => {
  const real = sums({ kind: 'real' });
  const options = { ignoreVerdictString: true, sample: false };
  const cases: Readonly<Record<string, Parts>> = {
    'above nearly the largest number': when('Math.exp(grid[0][0] * 354.9) > 1.7e308'),
    'from infinity on': when('Math.exp(grid[0][0] * 354.9) >= Infinity'),
    'a product that overflows': when('grid[0][0] * 1.7e308 * 10 === Infinity'),
    'a power that overflows': when('grid[0][0] ** 2000 > 1.7e308'),
    'the largest integers': when('grid[0][0] === 9007199254740993'),
    'the smallest fractions': when('grid[0][0] === 5e-324'),
    'roots of what may be negative': when('!(Math.sqrt(grid[0][0] + 1e6) >= 0)'),
    'an angle outside of its domain': when('!(Math.acos(grid[0][0] / 1e6) >= 0)'),
  };

  it.each(Object.entries(cases))('are followed to an end, and prove nothing: %s', async (_, parts) => {
    const { status } = await verify(real, moduleOf(parts), options);
    expect(WRONG).not.toContain(status);
  }); // prettier-ignore
});

describe('what the engine makes of the tricks', () => {
  it.each(Object.entries(TRICKS).filter(([, parts]) => parts.then?.endsWith('sum = 99;') === true && !/calls|sum >|=== grid|isArray|own\(|exp\(/.test(parts.then)))(
    'is not the network: %s', async (_, parts) => {
      const input = [1, 2].map(() => new Array<number>(CELLS / 2).fill(0));
      const answer = await loadModule(moduleOf(parts)).then(
        ({ scores }) => scores(input),
        (error: unknown) => String(error),
      );
      expect(answer).not.toEqual([0, 3]);
    },
  ); // prettier-ignore
});
