import { describe, expect, it } from 'vitest';
import { rangeOf, subjectOfNetwork, subjectOfTable } from '../../../src/distil/subject.js';
import { DEFAULT_SETTINGS } from '../../../src/students/math/problem.js';
import { chainNetwork } from '../../helpers/networks.js';
import type { NetworkSpec } from '../../helpers/networks.js';

const SPEC: NetworkSpec = {
  name: 'net',
  input: { name: 'x', shape: [2], features: ['u', 'v'], domain: { kind: 'interval', min: -1, max: 1 } },
  layers: [
    { rows: [[1, 0], [0, 1], [1, 1]], bias: [0, 0, 0], activation: 'relu' },
    { rows: [[1, 2, 0], [0, 0, 0]], bias: [0, 3], activation: 'identity' },
  ],
  labels: ['first', 'second'],
}; // prettier-ignore

describe('subjectOfNetwork', () => {
  it('has a cell for each output, and says which target is constant', () => {
    const subject = subjectOfNetwork(chainNetwork(SPEC), undefined, DEFAULT_SETTINGS, { rows: 40 });
    expect(subject).toMatchObject({ kind: 'network', model: { decision: { kind: 'argmax' } } });
    expect(subject.cells.map(({ name }) => name)).toEqual(['first of scores', 'second of scores']);
    expect(subject).not.toHaveProperty('ranges');
    expect(subject).not.toHaveProperty('declared');
    expect(subject.notes.map(({ code, place }) => [code, place])).toEqual([
      ['STUDENT_CONSTANT_TARGET', { key: 'second of scores' }],
    ]);
    const [{ problem }] = subject.cells;
    expect(problem.data.target).toHaveLength(40);
    problem.data.target.forEach((y, row) => {
      const [u, v] = problem.data.columns.map((column) => Math.max(0, column[row]));
      expect(y).toBeCloseTo(u + 2 * v, 12);
    });
  });

  it('is one neuron alone, without a decision', () => {
    const target = { kind: 'neuron', layer: 0, neuron: 2 } as const;
    const subject = subjectOfNetwork(chainNetwork(SPEC), target, DEFAULT_SETTINGS, { rows: 40 });
    expect(subject.declared).toEqual({ layer: 'net_1', neuron: 2 });
    expect(subject.model).toMatchObject({ decision: { kind: 'none' }, outputs: [{ shape: [1] }] });
    expect(subject.cells.map(({ name }) => name)).toEqual(['neuron 2 of net_1']);
  });

  it('assumes ranges where the domain leaves them open, and rests what does not vary', () => {
    const open = { ...SPEC, input: { ...SPEC.input, domain: { kind: 'real' } } } as const;
    const asking = { rows: 40, range: [-3, 4], features: ['v'] } as const;
    const { ranges, cells } = subjectOfNetwork(
      chainNetwork(open),
      undefined,
      DEFAULT_SETTINGS,
      asking,
    );
    expect(ranges).toEqual([[0, 0], [-3, 4]]); // prettier-ignore
    expect(cells[0]).toMatchObject({ inputs: [1], teacher: { varying: { features: [1] } } });
    expect(cells[0].problem.data.names).toEqual(['v']);
  });
});

describe('subjectOfTable', () => {
  it('reads the features in their order; ranges are those of the rows', () => {
    const data = {
      names: ['a', 'b'],
      columns: [Float64Array.of(3, 1, 2), Float64Array.of(5, 5, 5)],
      target: Float64Array.of(1, 2, 3),
    };
    const table = { name: 't', target: 'y', data, source: 'sha256:0', place: { file: 't.csv' } };
    const subject = subjectOfTable({ ...table, lineOf: (row) => row + 2 }, DEFAULT_SETTINGS);
    expect(subject).toMatchObject({
      kind: 'table',
      ranges: [
        [1, 3],
        [5, 5],
      ],
      cells: [{ name: 'y', inputs: [0, 1] }],
    });
    expect(subject.model.inputs[0]).toMatchObject({
      name: 'row',
      shape: [2],
      features: ['a', 'b'],
    });
    expect(subject.notes.map(({ code }) => code)).toEqual(['STUDENT_CONSTANT_FEATURE']);
  });
});

describe('rangeOf', () => {
  it('spans the values of a domain', () => {
    expect(rangeOf({ kind: 'values', values: [-1, 0, 4] })).toEqual([-1, 4]);
    expect(rangeOf({ kind: 'interval', min: 2, max: 3 })).toEqual([2, 3]);
    expect(rangeOf({ kind: 'real' })).toEqual([0, 0]);
  });
});
