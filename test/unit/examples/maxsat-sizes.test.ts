/** The table of larger sizes is the protocol of `protocol.ts`, told without what is over. */
import { describe, expect, it } from 'vitest';
import { createClauseTable } from '../../../examples/maxsat/clause-table.js';
import { assignFirst, drawFormula, gridOf } from '../../../examples/maxsat/formula.js';
import { playGreedy, playThreeQuarters } from '../../../examples/maxsat/players.js';
import { playSize } from '../../../examples/maxsat/sizes.js';
import { createRandom } from '../../../src/numeric/random.js';

/** What a clause-wise module sees: the sorted columns that are not empty, without rows of zeros. */
function columnsOf(rows: readonly ArrayLike<number>[]): readonly string[] {
  const width = rows.length === 0 ? 0 : rows[0].length;
  return Array.from({ length: width }, (_, column) =>
    rows.map((row) => row[column]).join('').replace(/0+$/, ''),
  )
    .filter((column) => column !== '')
    .sort(); // prettier-ignore
}

describe('createClauseTable', () => {
  it('shows the same clauses as the grid, and counts as the baselines do', () => {
    const random = createRandom(7);
    for (let round = 0; round < 20; round++) {
      const formula = drawFormula(8, 40, random);
      const grid = gridOf(formula);
      const table = createClauseTable(formula);
      for (let variable = 0; variable < 8; variable++) {
        const rows = Array.from({ length: 16 }, (_, row) => grid.slice(row * 40, (row + 1) * 40));
        expect(columnsOf(table.rows())).toEqual(columnsOf(rows));
        const { positive, negative } = table.votes();
        expect(positive >= negative).toBe(playGreedy(grid, 40, random));
        const value = playThreeQuarters(grid, 40, random);
        expect(table.assign(value)).toBe(assignFirst(grid, 40, value));
      }
    }
  });
});

describe('playSize', () => {
  it('gives the same figures for the same seed, and no lead of the module over itself', () => {
    const scores = (rows: readonly ArrayLike<number>[]): readonly number[] =>
      Array.from(rows[0]).some((cell) => cell === 1) ? [0.9, 0.1] : [0.2, 0.8];
    const run = { variables: 6, clauses: 30, formulas: 5, trials: 2 };
    const results = playSize(scores, run, 3);
    expect(playSize(scores, run, 3)).toEqual(results);
    expect(results.map(({ player }) => player)).toEqual([
      'module',
      'greedy majority',
      '3/4-approximation',
    ]);
    expect(results[0].lead).toBe(0);
    expect(results[1].mean).toBeGreaterThan(20);
  });
});
