import { describe, expect, it } from 'vitest';
import { findCounterfactual } from '../../../../src/students/logic/counterfactual.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../../../src/students/logic/problem.js';
import type { LogicProblem } from '../../../../src/students/logic/problem.js';
import type { Tree } from '../../../../src/students/logic/tree.js';

const leaf = (index: number): Tree => ({
  kind: 'leaf',
  prediction: { kind: 'class', index },
  support: 1,
  agreeing: 1,
});
const approve: Tree = {
  kind: 'split',
  condition: { kind: 'above', feature: 0, threshold: 6 },
  yes: {
    kind: 'split',
    condition: { kind: 'above', feature: 1, threshold: 3 },
    yes: leaf(0),
    no: leaf(1),
  },
  no: leaf(0),
};

function problemOf(answer: (row: readonly number[]) => number): LogicProblem {
  const domain = { kind: 'interval', min: 0, max: 10 } as const;
  return {
    data: { names: ['income', 'debt'], columns: [], target: new Float64Array() },
    classes: 2,
    domains: [domain, domain],
    settings: DEFAULT_LOGIC_SETTINGS,
    ask: (columns) => columns[0].map((_, row) => answer(columns.map((column) => column[row]))),
  };
}

describe('findCounterfactual', () => {
  it('moves the one feature that is needed, just over the border of the network', () => {
    const network = problemOf(([income, debt]) => Number(income > 6.2 && debt < 2.9));
    const found = findCounterfactual(approve, network, [5, 1]);
    expect(found).toMatchObject({ changed: [0], answer: 1 });
    expect(found?.point[0]).toBeCloseTo(6.2, 4);
    expect(found?.point[1]).toBe(1);
    expect(found?.distance).toBeCloseTo(0.12, 4);
  });

  it('takes the nearer of two ways', () => {
    const network = problemOf(([income, debt]) => Number(income > 6 && debt <= 3));
    expect(findCounterfactual(approve, network, [6.5, 1])?.changed).toEqual([0]);
    expect(findCounterfactual(approve, network, [9, 2.5])?.changed).toEqual([1]);
    expect(findCounterfactual(approve, network, [5, 4])?.changed).toEqual([0, 1]);
  });

  it('finds none where the network never answers otherwise', () => {
    expect(
      findCounterfactual(
        approve,
        problemOf(() => 0),
        [5, 4],
      ),
    ).toBeUndefined();
  });

  it('meets conditions on sums', () => {
    const tree: Tree = {
      kind: 'split',
      condition: {
        kind: 'linear',
        terms: [
          { feature: 0, coefficient: 1 },
          { feature: 1, coefficient: -2 },
        ],
        threshold: 1,
      },
      yes: leaf(1),
      no: leaf(0),
    };
    const network = problemOf(([income, debt]) => Number(income - 2 * debt > 1));
    const found = findCounterfactual(tree, network, [3, 3]);
    expect(found?.answer).toBe(1);
    const [income, debt] = found?.point ?? [];
    expect(income - 2 * debt).toBeGreaterThan(1);
    expect(income - 2 * debt).toBeLessThan(1.01);
  });
});
