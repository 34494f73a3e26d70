/** Where formulas are off, by origin of the inputs: of networks and of tables. */
import { describe, expect, it } from 'vitest';
import { analyseErrors } from '../../../src/distil/errors/analyse.js';
import { subjectOfNetwork, subjectOfTable } from '../../../src/distil/subject.js';
import { parseFormula } from '../../../src/students/math/text/parse-formula.js';
import { DEFAULT_SETTINGS } from '../../../src/students/math/problem.js';
import { chainNetwork } from '../../helpers/networks.js';
import type { NetworkSpec } from '../../helpers/networks.js';

/** Scores u and r(v), of which the larger decides. */
const SPEC: NetworkSpec = {
  name: 'net',
  input: { name: 'x', shape: [2], features: ['u', 'v'], domain: { kind: 'interval', min: -1, max: 1 } },
  layers: [
    { rows: [[1, 0], [-1, 0], [0, 1]], bias: [0, 0, 0], activation: 'relu' },
    { rows: [[1, -1, 0], [0, 0, 1]], bias: [0, 0], activation: 'identity' },
  ],
  labels: ['first', 'second'],
}; // prettier-ignore

const subject = subjectOfNetwork(chainNetwork(SPEC), undefined, DEFAULT_SETTINGS, { rows: 40 });
const formulasOf = (...texts: string[]) => texts.map((text) => parseFormula(text, ['u', 'v']));

describe('analyseErrors of a network', () => {
  it('tells errors and decisions apart by where inputs come from', () => {
    const [first, second] = analyseErrors(subject, formulasOf('u', 'v'));
    expect(first.analysis.figures.map(({ name, inputs }) => [name, inputs])).toEqual([
      ['training range', 1000],
      ['wider', 1000],
      ['boundary of the decision', 500],
      ['corners', 4],
      ['u shifted', 500],
      ['v shifted', 500],
    ]);
    for (const { name, rms, worst, fidelity } of first.analysis.figures) {
      expect([name, rms, worst, fidelity]).toEqual([name, 0, 0, name === 'corners' ? NaN : 1]);
    }
    // v stands for r(v): off by −v where that is negative, further out of range.
    const [training, wider, border, corners, , shifted] = second.analysis.figures;
    expect(training.worst).toBeGreaterThan(0.95);
    expect(training.worst).toBeLessThanOrEqual(1);
    expect(training.rms).toBeCloseTo(Math.sqrt(1 / 6), 1);
    expect(wider.worst).toBeGreaterThan(1.5);
    expect(corners.worst).toBe(1);
    expect(shifted.worst).toBeGreaterThan(1.9);
    expect(shifted.worst).toBeLessThanOrEqual(2);
    // u against r(v) and u against v differ where v is below 0 and u between them.
    expect(training.decisions).toBeCloseTo(7 / 8, 1);
    expect(border.decisions).toBeLessThan(0.9);
    expect(first.analysis.figures[0].decisions).toBe(training.decisions);
  });

  it('lists the worst inputs, five of the range and one of each other origin', () => {
    const [, { analysis }] = analyseErrors(subject, formulasOf('u', 'v'));
    expect(analysis.worst.map(({ from }) => from)).toEqual([
      ...Array.from({ length: 5 }, () => 'training range'),
      ...['wider', 'boundary of the decision', 'corners', 'u shifted', 'v shifted'],
    ]);
    const errors = analysis.worst.slice(0, 5).map(({ error }) => error);
    expect(errors).toEqual([...errors].sort((one, other) => other - one));
    for (const { input, expected, actual, error } of analysis.worst) {
      expect([expected, actual, error]).toEqual([
        Math.max(0, input['v']),
        input['v'],
        Math.abs(actual - expected),
      ]);
    }
  });

  it('counts a formula that is no number somewhere as infinitely far off', () => {
    const [{ analysis, residuals }] = analyseErrors(subject, formulasOf('log(u)', 'v'));
    expect(analysis.figures[0]).toMatchObject({ fidelity: -Infinity, worst: Infinity, rms: Infinity });
    expect(analysis.worst[0].actual).toBeNaN();
    expect(residuals.actual).toHaveLength(1000);
  }); // prettier-ignore

  it('leaves features of few values where they are, and rests those that do not vary', () => {
    const network = chainNetwork({
      ...SPEC,
      input: {
        ...SPEC.input,
        domain: { kind: 'per-cell', cells: [{ kind: 'values', values: [0, 1] }, { kind: 'interval', min: 0, max: 2 }] },
      },
      decision: { kind: 'none' },
    }); // prettier-ignore
    const [{ analysis }] = analyseErrors(
      subjectOfNetwork(network, undefined, DEFAULT_SETTINGS, { rows: 40 }),
      formulasOf('u', 'v'),
    );
    expect(analysis.figures.map(({ name }) => name)).toEqual([
      'training range',
      'wider',
      'corners',
      'v shifted',
    ]);
    expect(analysis.figures[0]).not.toHaveProperty('decisions');
    const resting = subjectOfNetwork(network, undefined, DEFAULT_SETTINGS, { rows: 40, features: ['v'] }); // prettier-ignore
    const [, second] = analyseErrors(resting, formulasOf('0', 'v'));
    expect(second.analysis.figures.map(({ name, worst }) => [name, worst > 0])).toEqual([
      ['training range', false],
      ['wider', true],
      ['corners', false],
      ['v shifted', true],
    ]);
    expect(Object.keys(second.analysis.worst[0].input)).toEqual(['v']);
  });

  it('is the same for the same seed', () => {
    const formulas = formulasOf('u^2', 'v^3');
    expect(analyseErrors(subject, formulas)).toEqual(analyseErrors(subject, formulas));
  });
});

describe('analyseErrors of a table', () => {
  it('has the rows alone, the worst ones with their lines', () => {
    const columns = [Float64Array.of(1, 2, 3, 4)];
    const table = subjectOfTable(
      {
        name: 'table',
        target: 'y',
        data: { names: ['x'], columns, target: Float64Array.of(2, 4, 9, 8) },
        source: 'sha256:0',
        place: { file: 't.csv' },
        lineOf: (row) => row + 2,
      },
      DEFAULT_SETTINGS,
    );
    const [{ analysis }] = analyseErrors(table, [parseFormula('2 * x', ['x'])]);
    expect(analysis.figures).toMatchObject([{ name: 'rows', inputs: 4, rms: 1.5, worst: 3 }]);
    expect(analysis.worst[0]).toEqual({
      from: 'rows',
      line: 4,
      input: { x: 3 },
      expected: 9,
      actual: 6,
      error: 3,
    });
    expect(analysis.worst.map(({ line }) => line)).toEqual([4, 2, 3, 5]);
  });
});
