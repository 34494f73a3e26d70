/**
 * A network with a block in its middle that learned a product: it adds up groups of cells, multiplies the first
 * two sums, and gives two lines of the product.
 *
 *   [sums] → [tanh units, product] → [lines]   layers block_1, block_2 + block_3, block_4
 */
import { trainNetwork } from '../../examples/common/train-network.js';
import { createRandom } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import { chainNetwork } from './networks.js';

const ROWS = 400;

export interface BlockNetworkOptions {
  readonly groups?: number;
  /** Cells of a group. */
  readonly cells?: number;
  readonly hidden?: number;
}

export function blockNetwork({
  groups = 3,
  cells = 2,
  hidden = 10,
}: BlockNetworkOptions = {}): Network {
  const random = createRandom(5);
  const columns = [0, 1].map(() =>
    Float64Array.from({ length: ROWS }, () => cells * random.unit()),
  );
  const target = columns[0].map((value, row) => value * columns[1][row]);
  const trained = trainNetwork({
    columns,
    target,
    hidden,
    activation: 'tanh',
    seed: 2,
    goal: 1e-3,
  });
  const [units, product] = trained.layers;
  const widened = units.rows.map((row) =>
    Float64Array.from({ length: groups }, (_, group) => (group < 2 ? row[group] : 0)),
  );
  const sums = Array.from({ length: groups }, (_, group) =>
    Float64Array.from({ length: groups * cells }, (_cell, cell) =>
      Math.floor(cell / cells) === group ? 1 : 0,
    ),
  );
  return chainNetwork({
    name: 'block',
    input: { name: 'cells', shape: [groups * cells], domain: { kind: 'interval', min: 0, max: 1 } },
    layers: [
      { rows: sums, bias: sums.map(() => 0), activation: 'identity' },
      { rows: widened, bias: units.bias, activation: 'tanh' },
      { rows: product.rows, bias: product.bias, activation: 'identity' },
      { rows: [[1], [-2]], bias: [0, 3], activation: 'identity' },
    ],
    decision: { kind: 'none' },
  });
}
