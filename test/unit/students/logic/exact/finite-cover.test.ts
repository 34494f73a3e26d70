import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../src/numeric/random.js';
import { minimumCover } from '../../../../../src/students/logic/exact/finite-cover.js';
import type { CoverProblem } from '../../../../../src/students/logic/exact/finite-cover.js';

/** The cost of the cheapest of all sets of columns. */
function cheapest({ columns, rows, costs }: CoverProblem): number {
  const masks = columns.map((own) => Array.from(own).reduce((mask, row) => mask | (1 << row), 0));
  let best = Infinity;
  for (let set = 0; set < 2 ** columns.length; set++) {
    let [covered, cost] = [0, 0];
    for (let column = 0; column < columns.length; column++) {
      if (((set >> column) & 1) === 0) continue;
      covered |= masks[column];
      cost += costs[column];
    }
    if (covered === 2 ** rows - 1) best = Math.min(best, cost);
  }
  return best;
}

describe('minimumCover', () => {
  it('is as cheap as the cheapest of all sets of columns', () => {
    const random = createRandom(1);
    for (let trial = 0; trial < 150; trial++) {
      const rows = 4 + random.below(7);
      const columns = Array.from({ length: 11 }, (_, column) =>
        Array.from({ length: rows }, (__, row) => row).filter(
          (row) => random.unit() < 0.25 || row === column,
        ),
      );
      const problem = { columns, rows, costs: columns.map(() => 1 + random.below(4)) };
      const { chosen, isMinimal } = minimumCover(problem, 1e6);
      expect(isMinimal).toBe(true);
      expect(chosen.reduce((sum, column) => sum + problem.costs[column], 0)).toBe(
        cheapest(problem),
      );
      expect(new Set(chosen.flatMap((column) => columns[column])).size).toBe(rows);
    }
  });

  it('solves rings, where nothing is essential and nothing is dominated', () => {
    const columns = Array.from({ length: 41 }, (_, k) => [k, (k + 1) % 41]);
    const { chosen, isMinimal } = minimumCover(
      { columns, rows: 41, costs: columns.map(() => 1) },
      1e6,
    );
    expect([chosen.length, isMinimal]).toEqual([21, true]);
  });

  it('gives a cover when the budget is spent, and says so', () => {
    const columns = Array.from({ length: 41 }, (_, k) => [k, (k + 1) % 41]);
    const { chosen, isMinimal } = minimumCover(
      { columns, rows: 41, costs: columns.map(() => 1) },
      1,
    );
    expect(isMinimal).toBe(false);
    expect(new Set(chosen.flatMap((column) => columns[column])).size).toBe(41);
  });

  it('has nothing to cover without rows, and refuses rows without columns', () => {
    expect(minimumCover({ columns: [], rows: 0, costs: [] }, 10)).toEqual({
      chosen: [],
      isMinimal: true,
    });
    expect(() => minimumCover({ columns: [[0]], rows: 2, costs: [1] }, 10)).toThrow('no column');
  });
});
