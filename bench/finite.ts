/**
 * Exact trees and DNFs of Boolean functions: how long they take, how many leaves they have, and whether
 * they are known to be minimal.
 *
 *   npx tsx bench/finite.ts [most features]
 */
import { createRandom } from '../src/numeric/random.js';
import { minimalDnf } from '../src/students/logic/exact/finite-dnf.js';
import { minimalTree } from '../src/students/logic/exact/finite-tree.js';
import { patternTable } from '../test/helpers/finite-tables.js';
import type { FiniteTable } from '../src/students/logic/exact/finite-table.js';

const [most = 20] = process.argv.slice(2).map(Number);

/** A bit of a point, counted from the first feature. */
function bit(features: number, point: number, k: number): number {
  return (point >> (features - 1 - k)) & 1;
}

const FUNCTIONS: Readonly<Record<string, (features: number) => FiniteTable>> = {
  random: (features) => {
    const random = createRandom(features);
    return patternTable(features, () => random.unit() < 0.5);
  },
  parity: (features) =>
    patternTable(features, (point) => {
      let odd = 0;
      for (let k = 0; k < features; k++) odd ^= bit(features, point, k);
      return odd === 1;
    }),
  majority: (features) =>
    patternTable(features, (point) => {
      let count = 0;
      for (let k = 0; k < features; k++) count += bit(features, point, k);
      return 2 * count > features;
    }),
  'random threshold': (features) => {
    const random = createRandom(features);
    const weights = Array.from({ length: features }, () => random.normal());
    return patternTable(
      features,
      (point) =>
        weights.reduce((sum, weight, k) => sum + weight * bit(features, point, k), 0) > 0.3,
    );
  },
  'random terms of 4': (features) => {
    const random = createRandom(features);
    const terms = Array.from({ length: features / 2 }, () =>
      Array.from({ length: 4 }, () => [random.below(features), random.below(2)] as const),
    );
    return patternTable(features, (point) =>
      terms.some((term) => term.every(([k, value]) => bit(features, point, k) === value)),
    );
  },
};

for (const [name, create] of Object.entries(FUNCTIONS)) {
  for (const features of [6, 10, 13, 16, 20].filter((count) => count <= most)) {
    const table = create(features);
    const [tree, treeTime] = timed(() => minimalTree(table));
    const [dnf, dnfTime] = timed(() => minimalDnf(table));
    const words = [
      `${name} of ${features}`,
      `tree ${tree.leaves} leaves${tree.isMinimal ? '' : ' or fewer'} in ${treeTime} ms`,
      `${dnf?.terms.length} terms${dnf?.isMinimal ? '' : ' or fewer'} in ${dnfTime} ms`,
    ];
    if (dnf?.count !== undefined)
      words.push(`counts ${dnf.count.least} of ${dnf.count.literals.length}`);
    process.stdout.write(`${words.join('  ')}\n`);
  }
}

function timed<T>(run: () => T): readonly [T, string] {
  const start = performance.now();
  const result = run();
  return [result, (performance.now() - start).toFixed(0)];
}
