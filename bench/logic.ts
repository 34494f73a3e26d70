/**
 * How fast decision trees grow: presorted orders that splits only divide, against a plain CART that sorts
 * every column at every node. Both see the same rows and grow to the same depth. bench/run.ts starts this
 * as a bundle in a process of its own.
 */
import { createRandom } from '../src/numeric/random.js';
import { growTree } from '../src/students/logic/grow/grow.js';
import { DEFAULT_LOGIC_SETTINGS } from '../src/students/logic/problem.js';
import type { LogicProblem } from '../src/students/logic/problem.js';
import { leavesOf } from '../src/students/logic/tree.js';
import { median } from './median.js';

const FEATURES = 30;
const DEPTH = 8;
const RUNS = 5;

for (const rows of [25_000, 50_000, 100_000]) {
  const problem = makeProblem(rows);
  const times = Array.from({ length: RUNS }, () => millisecondsOf(() => growTree(problem)));
  const leaves = leavesOf(growTree(problem)).length;
  console.log(
    `  ${rows} rows x ${FEATURES} features, depth ${DEPTH}: ${median(times).toFixed(0)} ms, ${leaves} leaves`,
  );
}
const problem = makeProblem(100_000);
const ours = median(Array.from({ length: RUNS }, () => millisecondsOf(() => growTree(problem))));
const plain = millisecondsOf(() => growPlainly(problem));
console.log(`  plain CART, sorted at every node: ${plain.toFixed(0)} ms`);
console.log(`  plain CART / growTree: ${(plain / ours).toFixed(1)}`);

function millisecondsOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Two classes with a smooth border that no tree of this depth is done with. */
function makeProblem(rows: number): LogicProblem {
  const random = createRandom(1);
  const columns = Array.from({ length: FEATURES }, () =>
    Float64Array.from({ length: rows }, () => random.unit()),
  );
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const sum = columns.slice(0, 6).reduce((total, column) => total + column[row], 0);
    return sum + Math.sin(7 * columns[6][row]) + random.normal() / 4 > 3 ? 1 : 0;
  });
  return {
    data: { names: columns.map((_, k) => `x${k}`), columns, target },
    classes: 2,
    domains: columns.map(() => ({ kind: 'interval', min: 0, max: 1 })),
    settings: { ...DEFAULT_LOGIC_SETTINGS, maxDepth: DEPTH, maxLeaves: 2 ** DEPTH, minProbes: 0 },
  };
}

/** The usual recursion: at every node every column is sorted, then scanned for the best Gini gain. */
function growPlainly({ data }: LogicProblem): number {
  const { columns, target } = data;
  const grow = (rows: readonly number[], depth: number): number => {
    const ones = rows.reduce((sum, row) => sum + target[row], 0);
    if (depth === DEPTH || ones === 0 || ones === rows.length) return 1;
    let best = { score: (ones * ones) / rows.length, feature: -1, threshold: 0 };
    columns.forEach((column, feature) => {
      const sorted = [...rows].sort((left, right) => column[left] - column[right]);
      let below = 0;
      for (let k = 1; k < sorted.length; k++) {
        below += target[sorted[k - 1]];
        if (column[sorted[k - 1]] === column[sorted[k]]) continue;
        const score = below ** 2 / k + (ones - below) ** 2 / (sorted.length - k);
        if (score > best.score) best = { score, feature, threshold: column[sorted[k - 1]] };
      }
    });
    if (best.feature < 0) return 1;
    const column = columns[best.feature];
    const upper = rows.filter((row) => column[row] > best.threshold);
    const lower = rows.filter((row) => column[row] <= best.threshold);
    return grow(lower, depth + 1) + grow(upper, depth + 1);
  };
  return grow(
    Array.from(target, (_, row) => row),
    0,
  );
}
