import { describe, expect, it } from 'vitest';
import type { AxisAccess, Factor, IndexExpression } from '../../../src/ir/cluster.js';
import { factorText, indexText, patternOf, regionText } from '../../../src/report/regions.js';
import { ALL, affine, at, range } from './graphs.js';

const NAMES = ['i', 'j'];
const I = affine(0, [1, 0]);
const J = affine(0, [0, 1]);
const DOWN = { axis: 0, slope: 1 } as const;
const UP = { axis: 0, slope: -1 } as const;

describe('regions in words', () => {
  it.each<[string, AxisAccess[], string]>([
    ['all', [ALL, ALL], 'x[:, :]'],
    ['line', [at(I), ALL], 'x[i, :]'],
    ['box', [at(I), ALL, ALL], 'x[i, :, :]'],
    ['single', [at(I), at(J)], 'x[i, j]'],
    ['single', [], 'x'],
    ['diagonal', [at(I), at(affine(1, [1, 0], 8))], 'x[i, (i + 1) mod 8]'],
    ['box', [range(affine(2, [0, 0]), affine(5, [0, 0])), ALL], 'x[2:5, :]'],
    ['window', [range(affine(-1, [1, 0]), affine(2, [1, 0]))], 'x[i − 1:i + 2]'],
    ['triangle', [range(affine(1, [1, 0]), affine(9, [0, 0]))], 'x[i + 1:9]'],
    ['stride', [range(affine(0, [0, 0]), affine(9, [0, 0]), 2)], 'x[0:9:2]'],
    [
      'window',
      [{ ...range(affine(-1, [1, 0]), affine(2, [1, 0])), modulus: 8 }],
      'x[i − 1:i + 2 mod 8]',
    ],
    ['diagonal', [ALL, { ...at(affine(0, [0, 0])), follow: DOWN }], 'x[p, p]'],
    ['diagonal', [ALL, { ...at(affine(-2, [1, 0])), follow: DOWN }], 'x[p, p + i − 2]'],
    [
      'diagonal',
      [range(affine(1, [0, 0]), affine(4, [0, 0])), { ...at(affine(5, [0, 0])), follow: UP }],
      'x[p = 1:4, 5 − p]',
    ],
    [
      'triangle',
      [ALL, { ...range(affine(1, [0, 0]), affine(0, [0, 0])), follow: DOWN }],
      'x[p, p + 1:p]',
    ],
    ['list', [{ kind: 'list', indices: [1, 4, 7] }, at(I)], 'x[{1, 4, 7}, i]'],
  ])('%s', (pattern, accesses, text) => {
    const region = { kind: 'box', accesses } as const;
    expect(patternOf(region)).toBe(pattern);
    expect(regionText('x', region, NAMES)).toBe(text);
  });

  it.each<[Factor, string]>([
    [{ kind: 'power', axis: 0, base: 2, slope: 1, offset: 0 }, '2^p'],
    [{ kind: 'power', axis: 1, base: 2, slope: -1, offset: 7 }, '2^(7 − q)'],
    [{ kind: 'linear', axis: 0, slope: 3, offset: 1 }, '(3·p + 1)'],
    [{ kind: 'linear', axis: 0, slope: 1, offset: 0 }, 'p'],
  ])('factor %#', (factor, text) => {
    expect(factorText(factor)).toBe(text);
  });

  it.each<[IndexExpression, string]>([
    [affine(0, [0, 0]), '0'],
    [affine(-3, [0, 0]), '−3'],
    [affine(7, [-1, 2]), '2·j − i + 7'],
    [affine(0, [-2, 0]), '−2·i'],
    [{ kind: 'lookup', axis: 1, values: [0, 2, 5] }, '{0, 2, 5}[j]'],
    [
      { kind: 'lookup', axis: 0, values: [0, 1, 2, 3, 4, 5, 6, 7, 9] },
      '{0, 1, 2, 3, 4, 5, 6, 7, … 9 in all}[i]',
    ],
  ])('index %#: %s', (index, text) => {
    expect(indexText(index, NAMES)).toBe(text);
  });
});
