/** The table of opaque functions: ranges hold every value, values move no more than is said. */
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { HELPERS } from '../../../../src/emit/helpers.js';
import { erf } from '../../../../src/ir/stage-values.js';
import { createRandom } from '../../../../src/numeric/random.js';
import type { Random } from '../../../../src/numeric/random.js';
import type { Operation } from '../../../../src/verify/checker/functions.js';
import { FUNCTIONS, movedBy, rangeOver, roundingAt } from '../../../../src/verify/checker/functions.js'; // prettier-ignore
import { runModule } from '../../../../src/verify/checker/interpreter/index.js';
import type { ArrayValue } from '../../../../src/verify/checker/interpreter/values.js';
import { readText } from '../../../../src/verify/checker/read-text.js';

const NAMES = Object.keys(FUNCTIONS) as Operation[];

/** Number of parts of a function; those of any number are tried with three. */
const PARTS: Partial<Record<Operation, number>> = { product: 2, quotient: 2, power: 2, modulo: 2, max: 3, softmax: 3, logSumExp: 3 }; // prettier-ignore

/** An interval within a function's domain, now and then a point or one from 0. */
function intervalFor(name: Operation, part: number, random: Random): { lo: number; hi: number } {
  if (name === 'modulo' && part === 1) return { lo: 3, hi: 3 };
  const base = FUNCTIONS[name].least ?? (name === 'power' && part === 0 ? 0 : -4);
  const isOpen = name === 'log' || name === 'log1p' || name === 'power' || (name === 'quotient' && part === 1); // prettier-ignore
  const least = name === 'quotient' && part === 1 ? 0 : base;
  const gap = isOpen ? 0.01 : 0;
  const lo = least + gap + (random.below(4) === 0 ? 0 : 4 * random.unit());
  return { lo, hi: lo + (random.below(4) === 0 ? 0 : 3 * random.unit()) };
}

/** Sines and cosines of angles reach from −1 to 1 only. */
function intervalOf(name: Operation, part: number, random: Random): { lo: number; hi: number } {
  const { lo, hi } = intervalFor(name, part, random);
  if (FUNCTIONS[name].most === undefined) return { lo, hi };
  return { lo: Math.min(1, lo / 2), hi: Math.min(1, hi / 2) };
}

function within({ lo, hi }: { lo: number; hi: number }, random: Random): number {
  const side = random.below(4);
  return side === 0 ? lo : side === 1 ? hi : lo + (hi - lo) * random.unit();
}

describe.each(NAMES)('%s', (name) => {
  const { value } = FUNCTIONS[name];
  const count = PARTS[name] ?? 1;

  it('stays within its range, and moves no more than is said', () => {
    const random = createRandom(7);
    const wrong: unknown[] = [];
    for (let run = 0; run < 400; run++) {
      const parts = Array.from({ length: count }, (_, part) => intervalOf(name, part, random));
      const range = rangeOver(name, parts);
      const by = parts.map(() => (random.below(3) === 0 ? 0 : 10 ** (-1 - random.below(12))));
      const moved = movedBy(name, parts, by);
      for (let sample = 0; sample < 20; sample++) {
        const at = parts.map((part) => within(part, random));
        const own = value(at);
        if (!(own >= range.lo && own <= range.hi)) wrong.push({ at, own, range });
        const { least = -Infinity, most = Infinity } = FUNCTIONS[name];
        const moveTo = (x: number, k: number) => x + (2 * random.unit() - 1) * by[k];
        const other = value(at.map((x, k) => Math.min(most, Math.max(least, moveTo(x, k)))));
        const rounding = 2 * roundingAt(name, Math.max(Math.abs(own), Math.abs(other)));
        const isBound = moved === Infinity || Math.abs(own - other) <= moved + rounding;
        if (!isBound) wrong.push({ at, by, own, other, moved });
      }
      if (by.every((one) => one === 0) && moved !== 0) wrong.push({ by, moved });
    }
    expect(wrong).toEqual([]);
  });

  it('holds the values of unbounded intervals', () => {
    const part = { lo: FUNCTIONS[name].least ?? (name === 'power' ? 0 : -Infinity), hi: Infinity };
    const { lo, hi } = rangeOver(name, new Array<typeof part>(count).fill(part));
    const random = createRandom(8);
    for (let run = 0; run < 100; run++) {
      const at = Array.from({ length: count }, (_, k) => within(intervalOf(name, k, random), random)); // prettier-ignore
      expect(value(at)).toBeGreaterThanOrEqual(lo);
      expect(value(at)).toBeLessThanOrEqual(hi);
    }
  });
});

/** Far out, between neighbouring floats of multiples of π/2, and where slopes have no bound. */
const ANGLES = [1, 2, 3, 7, 1000, 12345, 300000].flatMap((k) => [-1e-9, -1e-16, 0, 1e-12, 1e-7].map((off) => (k * Math.PI) / 2 + off)); // prettier-ignore

describe.each(['sin', 'cos', 'tan'] as const)('%s around its extrema, zeros and poles', (name) => {
  it.each([1e-15, 1e-9, 1e-4, 1, 3, 7])('stays within its range over %f', (width) => {
    const random = createRandom(5);
    const wrong: unknown[] = [];
    for (const angle of ANGLES) {
      for (const lo of [angle - width, angle, -angle - width / 2]) {
        const part = { lo, hi: lo + width };
        const range = rangeOver(name, [part]);
        const by = width * random.unit();
        for (let run = 0; run < 20; run++) {
          const x = within(part, random);
          const y = x + (2 * random.unit() - 1) * by;
          // The difference of neighbours is exact.
          const moved = movedBy(name, [part], [Math.abs(x - y)]);
          const [own, other] = [Math[name](x), Math[name](y)];
          if (!(own >= range.lo && own <= range.hi)) wrong.push({ x, own, range });
          const rounding = 2 * roundingAt(name, Math.max(Math.abs(own), Math.abs(other)));
          if (!(Math.abs(own - other) <= moved + rounding)) wrong.push({ x, y, own, other, moved });
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is told exactly between its extrema', () => {
    const { lo, hi } = rangeOver(name, [{ lo: 0.1, hi: 0.2 }]);
    const ends = [Math[name](0.1), Math[name](0.2)];
    expect(Math.abs(lo - Math.min(...ends)) + Math.abs(hi - Math.max(...ends))).toBeLessThan(1e-14);
  });

  it('is bounded over any angles, but for the tangent', () => {
    const most = name === 'tan' ? Infinity : 1;
    for (const part of [
      { lo: 1, hi: 8 },
      { lo: 1e9, hi: 1e9 },
      { lo: -Infinity, hi: Infinity },
    ]) {
      expect(rangeOver(name, [part])).toEqual({ lo: -most, hi: most });
    }
  });
});

describe.each(['asin', 'acos', 'cbrt', 'sinh', 'cosh'] as const)('%s where it is steep', (name) => {
  it.each([1e-15, 1e-9, 1e-4, 0.3])('moves no more than is said over %f', (width) => {
    const random = createRandom(6);
    const isBounded = FUNCTIONS[name].most !== undefined;
    const places = isBounded ? [1, 1 - 1e-6, 1 - width, 0] : [0, width / 2, 1e-3, 300];
    const wrong: unknown[] = [];
    for (const place of places.flatMap((at) => [at, -at])) {
      const keep = (x: number) => (isBounded ? Math.min(1, Math.max(-1, x)) : x);
      const part = { lo: keep(place - width), hi: keep(place + width) };
      const by = width * (0.5 + random.unit());
      const { lo, hi } = rangeOver(name, [part]);
      for (let run = 0; run < 200; run++) {
        const x = within(part, random);
        const y = keep(x + within({ lo: -by, hi: by }, random));
        const moved = movedBy(name, [part], [Math.abs(x - y)]);
        const [own, other] = [Math[name](x), Math[name](y)];
        if (!(own >= lo && own <= hi)) wrong.push({ x, own, lo, hi });
        const rounding = 2 * roundingAt(name, Math.max(Math.abs(own), Math.abs(other)));
        if (!(Math.abs(own - other) <= moved + rounding)) wrong.push({ x, y, own, other, moved });
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the floats of Math', () => {
  const library = create(all, { number: 'BigNumber', precision: 80 });
  const bignumber = (value: string | number) => library.bignumber(value);
  /** All digits of a float, which its shortest text has not. */
  const exactly = (x: number) => bignumber(String(BigInt(x * 2 ** 200))).div(bignumber(2).pow(200));
  const BOUNDED = new Set(['asin', 'acos']);
  const TURNING = new Set(['sin', 'cos', 'tan']);

  it.each(['exp', 'log', 'sqrt', 'cbrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'] as const)('%s is as near as the table says, with twice to spare', (name) => {
    const random = createRandom(9);
    let worst = 0;
    for (let run = 0; run < 100; run++) {
      const size = BOUNDED.has(name) ? 1 : 10 ** (random.below(4) - (name.endsWith('h') || name === 'exp' ? 2 : 1));
      const sign = name === 'log' || name === 'sqrt' ? 1 : 2 * random.below(2) - 1;
      const near = TURNING.has(name) && run % 3 === 0 ? (Math.PI / 2) * (1 + random.below(1000)) : 0;
      const x = BOUNDED.has(name) || near === 0 ? sign * size * random.unit() : near;
      const value = Math[name](x);
      const exact = exactly(x)[name === 'log' ? 'ln' : name]();
      const off = exact.minus(exactly(value)).abs().toNumber();
      worst = Math.max(worst, off / (Math.abs(value) * FUNCTIONS[name].accuracy));
    }
    expect(worst).toBeLessThan(name === 'sqrt' ? 1 : 0.5);
  }); // prettier-ignore
});

describe('the series for erf', () => {
  it('is as near to the error function as the table says', async () => {
    const text = `export const printed = (value) => {${HELPERS.erf.body}};`;
    const { printed } = (await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`
    )) as { readonly printed: (value: number) => number };
    const places = Array.from({ length: 14001 }, (_, k) => (k - 7000) / 1000);
    const off = (x: number) => Math.abs(printed(x) - erf(x)) / roundingAt('erf', Math.abs(erf(x)));
    const worst = Math.max(...places.filter((x) => x !== 0).map(off));
    expect(worst).toBeLessThan(1 / 50);
    expect(printed(0)).toBe(0);
  });
});

describe('functions known by their text', () => {
  const text = (name: string, body: string) => `function ${name}(value: number): number {${body}}`;

  it.each(['erf', 'roundHalfEven'] as const)('%s is known as it is printed, under any name', async (name) => {
    const { known } = await readText(text('other', HELPERS[name].body));
    expect(known.size).toBe(1);
  }); // prettier-ignore

  it.each([
    ['1e-17', '1e-7'],
    ['36', '35'],
    ['n = 1', 'n = 0'],
    ['2 * n + 1', '2 * n - 1'],
    ['Math.exp(-square)', 'Math.exp(square)'],
  ])('%s → %s makes erf another function', async (from, to) => {
    const body = HELPERS.erf.body.replace(from, to);
    expect(body).not.toBe(HELPERS.erf.body);
    expect((await readText(text('erf', body))).known.size).toBe(0);
  });

  it.each([[1, 1], [4, 4], [5, 7], [11, 3], [8, 0], [9, 10]])('dense is known as it is printed: of %i rows and %i columns it gives what its body gives, to the last bit', async (rows, columns) => {
    const { parameters, body } = HELPERS.dense;
    const signature = parameters.map(({ name, type }) => `${name}: ${type}`).join(', ');
    const random = createRandom(3 + rows);
    const row = (length: number) => Array.from({ length }, () => random.normal());
    const [input, biases] = [row(columns), row(rows)];
    const weights = biases.map(() => row(columns));
    const given = [input, weights, biases].map((one) => JSON.stringify(one)).join(', ');
    const module = await readText(`export const sums = dense(${given});
      function dense(${signature}): number[] {${body}}`);
    expect(module.known.size).toBe(1);
    const [own, interpreted] = [module, { ...module, known: new Map<never, never>() }].map(
      (one) => (runModule(one, {}).exports.get('sums') as ArrayValue).items,
    );
    expect(own).toEqual(interpreted);
    expect(own).toHaveLength(rows);
  }); // prettier-ignore

  it('functions of the interpreter are not taken for them', async () => {
    const { known } = await readText(text('sigmoid', HELPERS.sigmoid.body));
    expect(known.size).toBe(0);
  });
});
