import { describe, expect, it } from 'vitest';
import { renderDiagnostic } from '../../../../src/diagnostics/diagnostic.js';
import type { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { createRandom } from '../../../../src/numeric/random.js';
import { kneeOf, mostAccurateOf, parseSelection, scoresOf, selectFromFront, simplestOf } from '../../../../src/students/math/front.js'; // prettier-ignore
import {
  frontFromJson,
  frontToCsv,
  frontToJson,
} from '../../../../src/students/math/front-text.js';
import type { Candidate } from '../../../../src/students/math/problem.js';
import { parseFormula } from '../../../../src/students/math/text/parse-formula.js';
import { randomFormula } from './random-formula.js';

const NAMES = ['x', 'a, b'];

function member(complexity: number, loss: number, text = 'x'): Candidate {
  return { formula: parseFormula(text, NAMES), complexity, loss, origin: 'bank' };
}

const FRONT = [
  member(1, 10, '1.5'),
  member(3, 9, 'x * `a, b`'),
  member(4, 0.001, 'max(x, 2.25) + 1/3'),
  member(4, 0.002, 'x^2'),
  member(9, 0.0009, 'exp(x)'),
];

function told(act: () => unknown): string {
  try {
    return JSON.stringify(act());
  } catch (error) {
    return renderDiagnostic(error as Diagnostic);
  }
}

describe('front', () => {
  it('scores the gain for each step in complexity', () => {
    const scores = scoresOf(FRONT);
    expect(scores[0]).toBe(0);
    expect(scores[1]).toBeCloseTo(Math.log(10 / 9) / 2, 12);
    expect(scores[2]).toBeCloseTo(Math.log(9000), 12);
    expect(scores[3]).toBeCloseTo(Math.log(4500), 12);
    expect(scores[4]).toBeCloseTo(Math.log(1 / 0.9) / 5, 12);
    expect(scoresOf([member(1, 1), member(2, 0)], 1e-20)[1]).toBeCloseTo(20 * Math.log(10), 9);
  });

  it('finds knee and ends', () => {
    expect(kneeOf(FRONT)).toBe(2);
    expect(kneeOf([member(5, 0)])).toBe(0);
    expect(kneeOf([member(1, 1), member(2, 0.5)])).toBe(0);
    expect(mostAccurateOf(FRONT)).toBe(4);
    expect(mostAccurateOf([member(3, 1), member(2, 1)])).toBe(1);
    expect(simplestOf(FRONT)).toBe(0);
    expect(() => kneeOf([])).toThrow('the front is empty');
  });

  it('selects', () => {
    const select = (text: string) => selectFromFront(FRONT, parseSelection(text), () => 3);
    expect(['best', 'accuracy', 'simplest', '4', '9'].map(select)).toEqual([3, 4, 0, 2, 4]);
    expect(['5', 'acuracy', '-1'].map((text) => told(() => select(text))).join('\n'))
      .toBe(`error FRONT_NO_COMPLEXITY: no formula on the front has complexity 5
  hint: there are formulas of complexity 1, 3, 4, 9
error SELECTION_UNKNOWN: unknown selection "acuracy"
  hint: did you mean "accuracy"?
error SELECTION_UNKNOWN: unknown selection "-1"
  hint: write best, accuracy, simplest, or the complexity of a formula on the front`);
  });
});

describe('a front as text', () => {
  it('is a CSV that quotes what needs it', () => {
    const csv = frontToCsv(FRONT.slice(0, 3), NAMES);
    expect(csv.split('\n').map((line) => line.replace(/^([^,]*,[^,]*,)[^,]*/, '$1*'))).toEqual([
      'complexity,loss,*,equation',
      '1,10,*,1.5',
      '3,9,*,"x * `a, b`"',
      '4,0.001,*,"max(x, 2.25) + 1/3"',
      '',
    ]);
  });

  it('rounds constants where digits are asked for', () => {
    const front = [member(3, 0.5, '1.23456789 * x')];
    expect(frontToCsv(front, NAMES, 3)).toContain('1.23 * x');
  });

  it('is a JSON that gives the same front back, to the last bit', () => {
    const random = createRandom(2);
    const front = Array.from({ length: 200 }, (_, at): Candidate => {
      const formula = randomFormula(random, { variables: 2, depth: 5 });
      return { formula, complexity: at, loss: random.unit() ** 9, origin: 'evolution' };
    });
    expect(frontFromJson(frontToJson(front, NAMES))).toEqual({ names: NAMES, front });
  });

  it.each([
    ['', 'no JSON'],
    ['[]', 'version undefined'],
    ['null', 'no object'],
    ['{"version":1}', 'no list of names'],
    ['{"version":1,"names":[]}', 'no list called front'],
    ['{"version":1,"names":[],"front":[1]}', 'no object'],
    ['{"version":1,"names":[],"front":[{"complexity":1}]}', 'no complexity, loss, origin'],
    [
      '{"version":1,"names":["x"],"front":[{"complexity":1,"loss":1,"origin":"","exact":"y"}]}',
      'unknown name "y"',
    ],
  ])('refuses %s', (text, message) => {
    expect(() => frontFromJson(text, { file: 'front.json' })).toThrow(message);
  });
});
