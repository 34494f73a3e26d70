import { describe, expect, it } from 'vitest';
import {
  roundAnswers,
  withoutLastDigit,
} from '../../../../../src/students/logic/round/round-answers.js';
import type { Tree } from '../../../../../src/students/logic/tree.js';

const leaf = (offset: number): Tree => ({
  kind: 'leaf',
  prediction: { kind: 'values', cells: [{ offset, terms: [] }] },
  support: 1,
  agreeing: 0,
});
const split = (yes: Tree, no: Tree): Tree => ({
  kind: 'split',
  condition: { kind: 'above', feature: 0, threshold: 0 },
  yes,
  no,
});
const dataOf = (...target: number[]) => ({
  names: ['x'],
  columns: [Float64Array.from(target)],
  target: Float64Array.from(target),
});

describe('roundAnswers', () => {
  it('leaves each answer within a hundredth of the deviation, all with the same places', () => {
    const tree = split(leaf(14.934567), split(leaf(0.012345), leaf(-3.19999)));
    expect(roundAnswers(tree, dataOf(0, 20, 0, 20))).toEqual(
      split(leaf(14.9), split(leaf(0), leaf(-3.2))),
    );
    expect(roundAnswers(leaf(123456), dataOf(0, 2e5))).toEqual(leaf(123000));
    expect(roundAnswers(leaf(1.23456e-7), dataOf(0, 2e-7))).toEqual(leaf(1.23e-7));
  });

  it('shares what is allowed among the parts of a sum', () => {
    const sum = (offset: number, coefficient: number): Tree => ({
      kind: 'leaf',
      prediction: { kind: 'values', cells: [{ offset, terms: [{ feature: 0, coefficient }] }] },
      support: 1,
      agreeing: 0,
    });
    // Deviation 10: 0.1 in all, 0.05 for each part; the feature reaches 20.
    expect(roundAnswers(sum(1.23456, 2.000123), dataOf(0, 20, 0, 20))).toEqual(sum(1.2, 2));
    expect(roundAnswers(sum(0, 1.23456), dataOf(0, 20, 0, 20))).toEqual(sum(0, 1.235));
  });

  it('leaves classes, and answers to rows without variance, as they are', () => {
    const decided: Tree = {
      kind: 'leaf',
      prediction: { kind: 'class', index: 1 },
      support: 1,
      agreeing: 1,
    };
    expect(roundAnswers(decided, dataOf(0, 1))).toEqual(decided);
    expect(roundAnswers(leaf(0), dataOf(0, 0))).toEqual(leaf(0));
  });
});

describe('withoutLastDigit', () => {
  it('takes away what adding left, and nothing that anybody wrote', () => {
    const sum = 0.7 + 0.1;
    expect(sum).not.toBe(0.8);
    expect(withoutLastDigit(split(leaf(sum), leaf(-1.25)))).toEqual(split(leaf(0.8), leaf(-1.25)));
    expect(withoutLastDigit(leaf(123456789.123456))).toEqual(leaf(123456789.123456));
  });
});
