import { describe, expect, it } from 'vitest';
import { findingsOf, membersOf } from '../../../src/distil/findings.js';
import { measureSubject } from '../../../src/distil/measure.js';
import { subjectOfNetwork, subjectOfTable } from '../../../src/distil/subject.js';
import { call, constant, variable } from '../../../src/students/math/formula.js';
import type { Candidate } from '../../../src/students/math/problem.js';
import { DEFAULT_SETTINGS } from '../../../src/students/math/problem.js';
import type { SearchResult } from '../../../src/students/math/search.js';
import { chainNetwork } from '../../helpers/networks.js';

const TWICE = call('*', constant(2), variable(0));

function table() {
  const data = {
    names: ['a', 'b'],
    columns: [Float64Array.of(1, 2, 3, 4), Float64Array.of(4, 1, 3, 2)],
    target: Float64Array.of(2, 4, 6, 8),
  };
  const lineOf = (row: number): number => row + 2;
  const given = { name: 't', target: 'y', data, source: 'sha256:0', place: {}, lineOf };
  return subjectOfTable(given, DEFAULT_SETTINGS);
}

describe('measureSubject', () => {
  it('measures R² on the rows of a table', () => {
    expect(measureSubject(table(), [TWICE], 0)).toEqual({
      fidelity: 1,
      measured: { kind: 'rows', count: 4 },
      ranges: [
        [1, 4],
        [1, 4],
      ],
    });
    expect(measureSubject(table(), [constant(5)], 0).fidelity).toBe(0);
  });

  it('measures decisions of a network, in range and out of range', () => {
    const network = chainNetwork({
      name: 'net',
      input: { name: 'x', shape: [1], domain: { kind: 'interval', min: -1, max: 1 } },
      layers: [{ rows: [[1], [-1]], bias: [0, 0], activation: 'identity' }],
    });
    const subject = subjectOfNetwork(network, undefined, DEFAULT_SETTINGS, { rows: 20 });
    const swapped = [call('neg', variable(0)), variable(0)];
    const scaled = [TWICE, constant(0)];
    expect(measureSubject(subject, scaled, 0)).toMatchObject({
      fidelity: 1,
      fidelityOutOfRange: 1,
    });
    expect(measureSubject(subject, swapped, 0).fidelity).toBeLessThan(0.01);
    expect(measureSubject(subject, swapped, 0)).toEqual(measureSubject(subject, swapped, 0));
  });
});

describe('findingsOf', () => {
  const front: readonly Candidate[] = [
    { formula: constant(5), complexity: 1, loss: 5, origin: 'constant' },
    { formula: TWICE, complexity: 3, loss: 0, origin: 'power law' },
  ];

  it('tells the front, what is read, and why the search ended early', async () => {
    const subject = table();
    const [cell] = subject.cells;
    const result = { front, evaluations: 9, ended: 'stopped' } as unknown as SearchResult;
    const choice = { result, front, selected: 1, selection: 'best' };
    expect(await findingsOf(subject, cell, choice, { seed: 0 })).toMatchObject({
      target: 'y',
      data: 'table',
      rows: 4,
      features: [
        { name: 'a', range: [1, 4], isUsed: true },
        { name: 'b', range: [1, 4], isUsed: false },
      ],
      selected: 1,
      mostAccurate: 1,
      latex: '2 \\, a',
      snapped: [],
      evaluations: 9,
      stopped: 'stopped by the user or by the time limit',
    });
  });

  it('measures every member', () => {
    const members = membersOf(table().cells[0], front);
    expect(members.map(({ fidelity, expression }) => [fidelity, expression])).toEqual([
      [0, '5'],
      [1, '2 * a'],
    ]);
    expect(members[0]).not.toHaveProperty('fidelityOutOfRange');
  });
});
