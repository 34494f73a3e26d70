import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/numeric/random.js';
import type { Ask } from '../../../../src/students/ask.js';
import { borderKindOf, drawBoundary } from '../../../../src/students/probes/boundary.js';
import type { BoundedDomain } from '../../../../src/students/probes/box.js';

const SQUARE: readonly BoundedDomain[] = [
  { kind: 'interval', min: -2, max: 2 },
  { kind: 'interval', min: -2, max: 2 },
];

/** A function of one row as an `Ask`. */
function each(value: (row: readonly number[]) => number): Ask {
  return (columns) => columns[0].map((_, k) => value(columns.map((column) => column[k])));
}

describe('drawBoundary', () => {
  it('comes as near to the edge of a circle as halving brings it, from both sides', () => {
    const ask = each(([x, y]) => (x * x + y * y > 1 ? 1 : 0));
    const probes = drawBoundary(SQUARE, ask, 'steps', 60, createRandom(1));
    const [x, y] = probes;
    const distances = x.map((value, k) => value * value + y[k] * y[k] - 1);
    expect(x.length).toBeGreaterThan(30);
    expect(distances.every((distance) => Math.abs(distance) < 1e-4)).toBe(true);
    expect(distances.filter((distance) => distance > 0)).toHaveLength(x.length / 2);
  });

  it('finds the kinks of |x + y| and of nothing smooth', () => {
    const kinked = drawBoundary(
      SQUARE,
      each(([x, y]) => Math.abs(x + y) + x * x),
      'kinks',
      40,
      createRandom(2),
    );
    expect(kinked[0].length).toBeGreaterThan(20);
    const sums = kinked[0].map((x, k) => Math.abs(x + kinked[1][k]));
    expect(sums.every((sum) => sum < 1e-2)).toBe(true);
    for (const smooth of [
      each(([x, y]) => Math.sin(3 * x) * Math.exp(y)),
      each(([x, y]) => 2 * x - 1.5 * y),
      each(() => 7),
    ]) {
      for (let seed = 0; seed < 10; seed++) {
        const [x] = drawBoundary(SQUARE, smooth, 'kinks', 40, createRandom(seed));
        expect(x).toHaveLength(0);
      }
    }
  });

  it('finds a jump of a function that is no step function', () => {
    const ask = each(([x]) => (x > 0.3 ? Math.exp(x) : x));
    const [x] = drawBoundary(SQUARE, ask, 'kinks', 40, createRandom(2));
    expect(x.length).toBeGreaterThan(20);
    expect(x.every((value) => Math.abs(value - 0.3) < 1e-2)).toBe(true);
  });

  it('stays within finite sets', () => {
    const cells: readonly BoundedDomain[] = [
      { kind: 'values', values: [-1, 0, 4] },
      { kind: 'values', values: [0, 1] },
    ];
    const ask = each(([x, y]) => x + y);
    const [x, y] = drawBoundary(cells, ask, 'steps', 30, createRandom(5));
    expect(x.length).toBeGreaterThan(10);
    expect(x.every((value) => [-1, 0, 4].includes(value))).toBe(true);
    expect(y.every((value) => [0, 1].includes(value))).toBe(true);
    expect(drawBoundary(cells, ask, 'kinks', 30, createRandom(5))[0]).toHaveLength(0);
  });
});

describe('borderKindOf', () => {
  it('tells step functions by their few values', () => {
    expect(borderKindOf(Float64Array.of(0, 1, 1, 0))).toBe('steps');
    expect(borderKindOf(Float64Array.from({ length: 100 }, (_, k) => k))).toBe('kinks');
  });
});
