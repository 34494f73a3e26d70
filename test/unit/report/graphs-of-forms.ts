/** A cluster graph with every form of access, factor and bias, for the account and the pictures. */
import type {
  AxisAccess, Bias, Cluster, ClusterAxis, ClusterGraph, Factor, Source, Term,
} from '../../../src/ir/cluster.js'; // prettier-ignore
import { sizeOf } from '../../../src/ir/model-interface.js';
import { ALL, affine, at, range } from './graphs.js';
import type { ActivationKind } from '../../helpers/networks.js';

const SQUARE: Source = { kind: 'input', index: 0 };
const SIGNAL: Source = { kind: 'input', index: 1 };
const VOLUME: Source = { kind: 'input', index: 2 };
const DOWN = { axis: 0, slope: 1 } as const;

function term(
  source: Source,
  coefficient: number,
  accesses: readonly AxisAccess[],
  factors?: readonly Factor[],
): Term {
  return {
    kind: 'region',
    source,
    coefficient,
    spread: 0,
    region: { kind: 'box', accesses },
    ...(factors === undefined ? {} : { factors }),
  };
}

interface Parts {
  readonly axes: readonly ClusterAxis[];
  readonly terms: readonly Term[];
  readonly bias?: Bias;
  readonly activation?: ActivationKind;
  readonly holes?: readonly number[];
  readonly unexplained?: boolean;
}

function cluster(id: number, layer: number, parts: Parts): Cluster {
  const { axes, terms, bias, activation = 'step', holes = [], unexplained = false } = parts;
  let neuron = 0;
  const members = Int32Array.from(
    { length: sizeOf(axes.map(({ extent }) => extent)) },
    (_, rank) => (holes.includes(rank) ? -1 : neuron++),
  );
  return {
    id,
    layer,
    axes,
    members,
    terms,
    bias: bias ?? { kind: 'constant', value: 0 },
    activation:
      activation === 'leaky-relu' ? { kind: activation, slope: 0.1 } : { kind: activation },
    unexplained,
  };
}

/** A 4 × 4 square, a signal of 8 and a 2 × 3 × 4 volume, read in every way that the IR knows. */
export function graphOfForms(): ClusterGraph {
  const inputs = [
    { name: 'square', shape: [4, 4], axes: ['row', 'column'], domain: { kind: 'real' } },
    { name: 'signal', shape: [8], domain: { kind: 'interval', min: -1, max: 1 } },
    { name: 'volume', shape: [2, 3, 4], axes: ['x', 'y', 'z'], domain: { kind: 'values', values: [0, 1] } },
  ] as const; // prettier-ignore
  const clusters = [
    // A window with a zero border, minus its centre.
    cluster(0, 0, {
      axes: [{ extent: 4, name: 'row' }, { extent: 4, name: 'column' }],
      terms: [
        term(SQUARE, 2, [range(affine(-1, [1, 0]), affine(2, [1, 0])), range(affine(-1, [0, 1]), affine(2, [0, 1]))]),
        term(SQUARE, -1, [at(affine(0, [1, 0])), at(affine(0, [0, 1]))]),
      ],
      bias: { kind: 'constant', value: -4.5 },
    }), // prettier-ignore
    // Wrap-around, forwards and as a window.
    cluster(1, 0, {
      axes: [{ extent: 8 }],
      terms: [
        term(SIGNAL, 1, [{ ...range(affine(-1, [1]), affine(2, [1])), modulus: 8 }]),
        term(SIGNAL, -3, [at(affine(4, [1], 8))]),
      ],
      activation: 'leaky-relu',
    }),
    // Diagonals and a triangle of pairs.
    cluster(2, 0, {
      axes: [{ extent: 3 }, { extent: 3 }],
      holes: [3, 6, 7],
      terms: [
        term(SQUARE, 1, [ALL, { ...at(affine(0, [1, -1])), follow: DOWN }]),
        term(SQUARE, -1, [ALL, { ...range(affine(2, [0, 0]), affine(4, [0, 0])), follow: DOWN }]),
      ],
      bias: { kind: 'index', value: affine(1, [-2, 0]) },
      activation: 'sign',
    }),
    // Weights by formula, a list, a volume.
    cluster(3, 0, {
      axes: [{ extent: 2, name: 'x' }],
      terms: [
        term(SIGNAL, 1, [ALL], [{ kind: 'power', axis: 0, base: 2, slope: -1, offset: 7 }]),
        term(VOLUME, -0.125, [at(affine(0, [1])), ALL, { kind: 'list', indices: [0, 1, 3] }]),
      ],
      bias: { kind: 'power', axis: 0, base: 2, slope: 1, offset: 1, scale: -1, constant: 3 },
      activation: 'identity',
    }),
    // No pattern, over another cluster with holes and an input.
    cluster(4, 1, {
      axes: [{ extent: 2 }],
      terms: [
        { kind: 'table', source: { kind: 'cluster', id: 2 }, weights: Float64Array.from({ length: 18 }, (_, k) => Math.sin(k)) },
        { kind: 'table', source: SQUARE, weights: Float64Array.from({ length: 32 }, (_, k) => (k % 3) - 1) },
      ],
      bias: { kind: 'table', values: Float64Array.of(-0.25, 0.75) },
      activation: 'softmax',
      unexplained: true,
    }), // prettier-ignore
  ];
  return {
    interface: {
      name: 'forms',
      source: 'sha256:test',
      inputs,
      outputs: [{ name: 'scores', shape: [3], labels: ['a', 'b', 'c'] }],
      decision: { kind: 'argmax' },
    },
    clusters,
    outputs: [
      [{ cluster: 4, rank: 0 }, { cluster: 4, rank: 1 }, { cluster: 3, rank: 1 }],
    ],
    changes: [],
  }; // prettier-ignore
}
