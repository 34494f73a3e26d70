import { describe, expect, it } from 'vitest';
import { elementaryAutomaton } from '../../helpers/build/local-rules.js';
import { totalistic } from '../../helpers/build/totalistic.js';
import { clusterLines, expectSameFunction, oneLayer, rowOf } from './helpers.js';

const range = (length: number): number[] => Array.from({ length }, (_, k) => k);

describe('windows cut by the border', () => {
  it.each([3, 4, 5, 8])('around each of %i cells', (n) => {
    const rows = range(n).map((i) =>
      rowOf([n], (cell) => (Math.abs(cell - i) > 1 ? 0 : cell === i ? 3 : 1)),
    );
    const network = oneLayer([n], rows, { bias: rows.map(() => -2.5) });
    expect(clusterLines(network)).toHaveLength(1);
    expect(clusterLines(network)[0]).toMatch(new RegExp(`^C0\\[i\\] ${n} =`, 'u'));
    expectSameFunction(network, 2 ** Math.min(n, 6), 1);
  });

  it.each([30, 90, 110, 150, 184])('rule %i has one cluster for each pattern', (rule) => {
    const patterns = range(8).filter((bit) => (rule >> bit) % 2 === 1).length;
    for (const width of [5, 9]) {
      for (const border of ['zero', 'wrap'] as const) {
        const { network } = elementaryAutomaton({ rule, width, border });
        expect(clusterLines(network), `${width} cells, ${border}`).toHaveLength(patterns + 1);
        expectSameFunction(network, 32, rule);
      }
    }
  });

  it('Life has one cluster for each threshold', () => {
    for (const border of ['zero', 'wrap'] as const) {
      const { network } = totalistic({ rows: 5, columns: 6, border });
      const lines = clusterLines(network);
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(line).toMatch(/^C\d+\[row, column\] 5×6 =/u);
      expectSameFunction(network, 100, 1);
    }
  });
});
