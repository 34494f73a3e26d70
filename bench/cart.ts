/**
 * How faithful the student's trees are at 4, 8, 16 and 32 leaves, beside a plain CART fitted to as many uniform
 * points as the student asked its network in all. `npm run evaluate:cart` starts this as a bundle.
 *
 *   npm run evaluate:cart [-- --set held-out|tuning] [--seed 1] [--leaves 4,8,16,32]
 *
 * Both are measured on 100,000 fresh points. Of CART the best of its trees is taken, by these very points.
 */
import { parseArgs } from 'node:util';
import { readWhole } from '../examples/common/script.js';
import { JUDGED_PROBES } from '../src/distil/judged-rows.js';
import { chooseRules } from '../src/distil/logic-choose.js';
import { answersOf } from '../src/distil/logic-measure.js';
import { logicSubjectOf } from '../src/distil/logic-subject.js';
import { createRandom } from '../src/numeric/random.js';
import { DEFAULT_LOGIC_SETTINGS } from '../src/students/logic/problem.js';
import { leavesOf } from '../src/students/logic/tree.js';
import { drawPoints, isSetName, makeNetworks } from './cart/networks.js';
import type { ComparedNetwork } from './cart/networks.js';
import { growPlainTrees } from './cart/plain-cart.js';

/** Points at which both are measured. */
const MEASURED = 100_000;

/** Questions before a tree grows, as the command line asks them. */
const PROBES = 40_000;

/** Points are drawn with other seeds than the networks. */
const POINTS_SEED = 1_000_003;

/** Standard errors up to which a difference is chance. */
const NOISE = 2;

interface Compared {
  /** Leaves of our tree. */
  readonly told: number;
  /** Percent of the points. */
  readonly ours: number;
  readonly cart: number;
  readonly difference: number;
  /** Standard error of the difference. */
  readonly error: number;
  readonly asked: number;
  readonly seconds: number;
}

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'held-out' },
    seed: { type: 'string', default: '1' },
    leaves: { type: 'string', default: '4,8,16,32' },
  },
});
await run(values.set, readWhole('seed', values.seed, 0), values.leaves.split(',').map(Number));

async function run(set: string, seed: number, sizes: readonly number[]): Promise<void> {
  if (!isSetName(set)) throw new RangeError('--set is held-out or tuning');
  const networks = await makeNetworks(set, seed);
  console.log(
    `${set}, seed ${seed}: percent of ${MEASURED} points, ours − CART ± standard error\n`,
  );
  console.log(rowOf(['network', ...sizes.map((leaves) => `${leaves} leaves`)]));
  console.log(rowOf(['---', ...sizes.map(() => '--:')]));
  const columns = sizes.map((): Compared[] => []);
  for (const network of networks) {
    const cells = sizes.map((leaves, k) => {
      const found = compare(network, leaves, seed);
      columns[k].push(found);
      return cellOf(found);
    });
    console.log(rowOf([network.name, ...cells]));
  }
  console.log(rowOf(['**mean**', ...columns.map(meanOf)]));
  console.log(rowOf(['better, within noise, worse', ...columns.map(countsOf)]));
  console.log(rowOf(['leaves of ours, mean', ...columns.map((all) => averageOf(all, 'told').toFixed(1))])); // prettier-ignore
  console.log(rowOf(['points asked, mean', ...columns.map((all) => averageOf(all, 'asked').toFixed(0))])); // prettier-ignore
  console.log(rowOf(['seconds, mean', ...columns.map((all) => averageOf(all, 'seconds').toFixed(1))])); // prettier-ignore
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cellOf({ ours, cart, difference, error }: Compared): string {
  return `${ours.toFixed(2)} − ${cart.toFixed(2)} = ${signed(difference)} ± ${error.toFixed(2)}`;
}

function meanOf(all: readonly Compared[]): string {
  const [ours, cart] = [averageOf(all, 'ours'), averageOf(all, 'cart')];
  return `${ours.toFixed(2)} − ${cart.toFixed(2)} = ${signed(ours - cart)}`;
}

function countsOf(all: readonly Compared[]): string {
  const count = (isCounted: (share: number) => boolean): number =>
    all.filter(({ difference, error }) => isCounted(error > 0 ? difference / error : 0)).length;
  const [better, worse] = [count((share) => share > NOISE), count((share) => share < -NOISE)];
  return `${better}, ${all.length - better - worse}, ${worse}`;
}

function averageOf(all: readonly Compared[], key: keyof Compared): number {
  return all.reduce((sum, one) => sum + one[key], 0) / all.length;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** Our module's tree, rounded as it leaves, and the best of CART's trees of at most as many leaves. */
function compare(network: ComparedNetwork, leaves: number, seed: number): Compared {
  const started = performance.now();
  const settings = { ...DEFAULT_LOGIC_SETTINGS, maxLeaves: leaves, seed };
  const asking = { rows: PROBES, strategy: 'uniform' } as const;
  const subject = logicSubjectOf(network.network, undefined, settings, asking);
  const choice = chooseRules(subject, { selection: { kind: 'leaves', most: leaves } });
  const seconds = (performance.now() - started) / 1000;
  // Those that the module's fidelity is stated on, in range and out of range, are counted as well.
  const asked = PROBES + choice.asked + 2 * JUDGED_PROBES;
  const random = createRandom(POINTS_SEED + seed);
  const points = drawPoints(network, MEASURED, random);
  const target = network.decide(points);
  const rightOf = (answers: Float64Array): Uint8Array =>
    Uint8Array.from(answers, (answer, row) => (answer === target[row] ? 1 : 0));
  const learned = drawPoints(network, asked, random);
  const trees = growPlainTrees(learned, network.decide(learned), leaves);
  const right = rightOf(answersOf(choice.tree, { names: [], columns: points, target }));
  const cart = trees
    .map((tree) => rightOf(tree.predict(points)))
    .reduce((a, b) => (sumOf(b) > sumOf(a) ? b : a));
  const differences = Float64Array.from(right, (one, row) => one - cart[row]);
  const mean = sumOf(differences) / MEASURED;
  const variance = sumOf(differences.map((one) => (one - mean) ** 2)) / MEASURED;
  return {
    told: leavesOf(choice.tree).length,
    ours: (100 * sumOf(right)) / MEASURED,
    cart: (100 * sumOf(cart)) / MEASURED,
    difference: 100 * mean,
    error: 100 * Math.sqrt(variance / MEASURED),
    asked,
    seconds,
  };
}

function sumOf(values: Uint8Array | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
