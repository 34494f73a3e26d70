/**
 * Networks built from known programs, one for each structure that must compile to loops and logic, and
 * dense ones without any. All are chains over {0, 1} cells unless they say otherwise.
 */
import type { Domain } from '../../../src/ir/model-interface.js';
import type { Network } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import type { LayerSpec, ActivationKind } from '../../helpers/networks.js';
import { BINARY, chainNetwork } from '../../helpers/networks.js';

const indices = (length: number): readonly number[] => Array.from({ length }, (_, k) => k);

function row(width: number, weight: (cell: number) => number): Float64Array {
  return Float64Array.from({ length: width }, (_, cell) => weight(cell));
}

function network(
  name: string,
  shape: readonly number[],
  layers: readonly LayerSpec[],
  options: {
    readonly axes?: readonly string[];
    readonly output?: readonly number[];
    readonly domain?: Domain;
  } = {},
): Network {
  const made = chainNetwork({
    name,
    input: {
      name: 'cells',
      shape,
      domain: options.domain ?? BINARY,
      ...(options.axes === undefined ? {} : { axes: options.axes }),
    },
    layers,
    decision: { kind: 'none' },
  });
  if (options.output === undefined) return made;
  return { ...made, outputs: [{ name: 'next', shape: options.output }] };
}

/** One layer of `step` neurons, each true for the 3-cell patterns of a rule; then their sum per cell. */
export function automaton(rule: number, width: number): Network {
  const patterns = indices(8).filter((pattern) => ((rule >> pattern) & 1) === 1);
  const hidden: Float64Array[] = [];
  const bias: number[] = [];
  for (const pattern of patterns) {
    for (const cell of indices(width)) {
      const weights = row(width, () => 0);
      let ones = 0;
      for (const [place, shift] of [[4, -1], [2, 0], [1, 1]] as const) {
        const wanted = (pattern & place) !== 0;
        if (wanted) ones++;
        weights[(cell + shift + width) % width] += wanted ? 1 : -1;
      }
      hidden.push(weights);
      bias.push(0.5 - ones);
    }
  } // prettier-ignore
  const outputs = indices(width).map((cell) =>
    row(hidden.length, (neuron) => (neuron % width === cell ? 1 : 0)),
  );
  return network(`rule${rule}`, [width], [
    { rows: hidden, bias, activation: 'step' },
    { rows: outputs, bias: outputs.map(() => 0), activation: 'identity' },
  ]); // prettier-ignore
}

/** One step of Life on a torus: 2 · block − cell between 4.5 and 7.5. */
export function life(rows: number, columns: number): Network {
  const size = rows * columns;
  const weights = indices(size).map((own) => {
    const weightsOfCell = row(size, () => 0);
    const [r, c] = [Math.floor(own / columns), own % columns];
    for (const dr of [-1, 0, 1]) {
      for (const dc of [-1, 0, 1]) {
        weightsOfCell[((r + dr + rows) % rows) * columns + ((c + dc + columns) % columns)] += 2;
      }
    }
    weightsOfCell[own] -= 1;
    return weightsOfCell;
  });
  const out = indices(size).map((own) =>
    row(2 * size, (n) => (n === own ? 1 : n === own + size ? -1 : 0)),
  );
  return network(
    'life',
    [rows, columns],
    [
      { rows: [...weights, ...weights], bias: [...row(size, () => -4.5), ...row(size, () => -7.5)], activation: 'step' },
      { rows: out, bias: out.map(() => 0), activation: 'identity' },
    ], // prettier-ignore
    { axes: ['row', 'column'], output: [rows, columns] },
  );
}

/** Winner by pairwise comparison: P[i < j] = sign(x_i − x_j); output i is on when it wins all. */
export function argmaxByPairs(n: number, values: readonly number[]): Network {
  const pairs = indices(n).flatMap((i) => indices(n).flatMap((j) => (j > i ? [[i, j]] : [])));
  const winners = indices(n).map((k) =>
    Float64Array.from(pairs, ([i, j]) => (i === k ? 1 : j === k ? -1 : 0)),
  );
  return network(
    'argmax',
    [n],
    [
      {
        rows: pairs.map(([i, j]) => row(n, (cell) => (cell === i ? 1 : cell === j ? -1 : 0))),
        bias: pairs.map(() => 0),
        activation: 'sign',
      },
      { rows: winners, bias: winners.map(() => 1.5 - n), activation: 'step' },
    ],
    { domain: { kind: 'values', values } },
  );
}

/** Σ of the n cells is odd: thresholds at 0.5, 1.5, … with alternating weights. */
export function parity(n: number): Network {
  return network('parity', [n], [
    { rows: indices(n).map(() => row(n, () => 1)), bias: indices(n).map((k) => -k - 0.5), activation: 'step' },
    { rows: [row(n, (k) => (k % 2 === 0 ? 1 : -1))], bias: [0], activation: 'identity' },
  ]); // prettier-ignore
}

/** At least k of n cells. */
export function atLeast(k: number, n: number): Network {
  return network('atLeast', [n], [
    { rows: [row(n, () => 1)], bias: [0.5 - k], activation: 'step' },
  ]); // prettier-ignore
}

/** Two-bit-vector comparison: sign(A − B) of two n-bit numbers, rows of a 2 × n input. */
export function compareNumbers(n: number): Network {
  const weights = row(2 * n, (cell) => (cell < n ? 1 : -1) * 2 ** (cell % n));
  return network('compare', [2, n], [{ rows: [weights], bias: [0], activation: 'sign' }]);
}

/** Rows 0, 1, 3 and 4 of a 6 × 4 image that hold at least two cells. */
export function rowsWithGaps(): Network {
  const rows = [0, 1, 3, 4].map((r) => row(24, (cell) => (Math.floor(cell / 4) === r ? 1 : 0)));
  return network(
    'gaps',
    [6, 4],
    [
      { rows, bias: rows.map(() => -1.5), activation: 'step' },
      { rows: [row(4, () => 0.5)], bias: [0.25], activation: 'identity' },
    ],
    { axes: ['row', 'column'] },
  );
}

/** Prefix sums above one half, summed up. */
export function prefixes(n: number): Network {
  return network('prefixes', [n], [
    { rows: indices(n).map((i) => row(n, (cell) => (cell <= i ? 1 : 0))), bias: indices(n).map(() => -1.5), activation: 'step' },
    { rows: [row(n, () => 1)], bias: [0], activation: 'identity' },
  ]); // prettier-ignore
}

/** Blocks of 2 × 2, more than half full. */
export function blocks(n: number): Network {
  const half = n / 2;
  const rows = indices(half * half).map((k) =>
    row(n * n, (cell) => {
      const [r, c] = [Math.floor(cell / n), cell % n];
      return Math.floor(r / 2) * half + Math.floor(c / 2) === k ? 1 : 0;
    }),
  );
  return network('blocks', [n, n], [{ rows, bias: rows.map(() => -2.5), activation: 'sign' }], {
    axes: ['row', 'column'],
    output: [half, half],
  });
}

/** A dense network of random real weights; real inputs unless a domain is given. */
export function dense(
  widths: readonly number[],
  activations: readonly ActivationKind[],
  seed: number,
  domain: Domain = { kind: 'interval', min: -1, max: 1 },
): Network {
  const random = createRandom(seed);
  const real = (): number => 2 * random.unit() - 1;
  return network(
    'dense',
    [widths[0]],
    activations.map((activation, layer) => ({
      rows: indices(widths[layer + 1]).map(() => row(widths[layer], real)),
      bias: row(widths[layer + 1], real),
      activation,
    })),
    { domain },
  );
}

/** 0/1 cells with random ±1 weights, which no pattern explains. */
export function randomSigns(inputs: number, hidden: number, seed: number): Network {
  const random = createRandom(seed);
  const sign = (): number => random.below(2) * 2 - 1;
  return network('random', [inputs], [
    { rows: indices(hidden).map(() => row(inputs, sign)), bias: row(hidden, () => 0), activation: 'sign' },
    { rows: [row(hidden, sign), row(hidden, sign)], bias: [0.5, 0], activation: 'identity' },
  ]); // prettier-ignore
}
