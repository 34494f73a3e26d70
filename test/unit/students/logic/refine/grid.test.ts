/** Rows as parts of axes: every threshold lies between the rows of its parts. */
import { describe, expect, it } from 'vitest';
import { gridOf, gridOfRows, PARTS } from '../../../../../src/students/logic/refine/grid.js';
import type { CellDomain } from '../../../../../src/ir/model-interface.js';
import { drawProblem, TEN } from '../problems.js';

const FEW: CellDomain = { kind: 'values', values: [0, 1, 5] };

describe('gridOf', () => {
  const problem = drawProblem([TEN, FEW], ([x, y]) => (x > 4 && y > 1 ? 1 : 0), 5000);
  const grid = gridOf(problem);

  it('cuts features where their rows part, into about equal parts', () => {
    const [x, few] = grid.thresholds;
    expect(Array.from(few)).toEqual([0.5, 3]);
    expect(x.length).toBeGreaterThan(PARTS / 2);
    expect(x.length).toBeLessThan(PARTS);
    problem.data.columns.forEach((column, axis) => {
      column.forEach((value, row) => {
        const part = grid.parts[2 * row + axis];
        if (part > 0) expect(value).toBeGreaterThan(grid.thresholds[axis][part - 1]);
        if (part < grid.thresholds[axis].length) {
          expect(value).toBeLessThanOrEqual(grid.thresholds[axis][part]);
        }
      });
    });
  });

  it('copies some of the rows', () => {
    const some = gridOfRows(grid, Uint32Array.of(7, 3));
    expect(Array.from(some.parts)).toEqual([...grid.parts.subarray(14, 16), ...grid.parts.subarray(6, 8)]); // prettier-ignore
    expect(Array.from(some.target)).toEqual([problem.data.target[7], problem.data.target[3]]);
  });
});
