/**
 * ClusterGraphs built by hand, as clustering should give them: the two benchmark networks at any size
 * and small structures, with short builders for accesses and terms.
 */
import type {
  AxisAccess, Bias, Cluster, ClusterAxis, ClusterGraph, IndexExpression, RegionTerm, Source, Term,
} from '../../../src/ir/cluster.js'; // prettier-ignore
import type { InputTensor, ModelInterface, OutputTensor } from '../../../src/ir/model-interface.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import { interfaceOf } from '../../../src/ir/network.js';
import { BINARY, maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';
import type { ActivationKind } from '../../helpers/networks.js';

export const ALL: AxisAccess = { kind: 'all' };
export const INPUT: Source = { kind: 'input', index: 0 };

/** constant + Σ coefficients · iterators. */
export function affine(
  constant: number,
  coefficients: readonly number[],
  modulus?: number,
): IndexExpression {
  return { kind: 'affine', constant, coefficients, ...(modulus === undefined ? {} : { modulus }) };
}

export function at(constant: number, ...coefficients: number[]): AxisAccess {
  return { kind: 'at', index: affine(constant, coefficients) };
}

export function atModulo(modulus: number, constant: number, ...coefficients: number[]): AxisAccess {
  return { kind: 'at', index: affine(constant, coefficients, modulus) };
}

export function range(from: IndexExpression, to: IndexExpression, step = 1): AxisAccess {
  return { kind: 'range', from, to, step };
}

export function term(
  source: Source,
  coefficient: number,
  ...accesses: readonly AxisAccess[]
): RegionTerm {
  return { kind: 'region', source, coefficient, spread: 0, region: { kind: 'box', accesses } };
}

export function clusterSource(id: number): Source {
  return { kind: 'cluster', id };
}

export interface ClusterSpec {
  readonly axes?: readonly ClusterAxis[];
  readonly terms: readonly Term[];
  readonly bias?: number | Bias;
  readonly activation: ActivationKind;
  readonly holes?: readonly number[];
  /** Default: the cluster's number. Members of one softmax share a layer. */
  readonly layer?: number;
}

/** A graph whose clusters stand in the given order. */
export function graphOf(
  model: ModelInterface,
  clusters: readonly ClusterSpec[],
  outputs: ClusterGraph['outputs'],
): ClusterGraph {
  return {
    interface: model,
    clusters: clusters.map((spec, id): Cluster => {
      const axes = spec.axes ?? [];
      const { bias = 0 } = spec;
      const size = sizeOf(axes.map((axis) => axis.extent));
      return {
        id,
        layer: spec.layer ?? id,
        axes,
        members: Int32Array.from({ length: size }, (_, rank) =>
          spec.holes?.includes(rank) === true ? -1 : rank,
        ),
        terms: spec.terms,
        bias: typeof bias === 'number' ? { kind: 'constant', value: bias } : bias,
        activation:
          spec.activation === 'leaky-relu'
            ? { kind: 'leaky-relu', slope: 0.01 }
            : { kind: spec.activation },
        unexplained: spec.terms.some((own) => own.kind === 'table'),
      };
    }),
    outputs,
    changes: [],
  };
}

/** Every index point of one cluster, in order. */
export function wholeCluster(cluster: number, size: number): ClusterGraph['outputs'][number] {
  return Array.from({ length: size }, (_, rank) => ({ cluster, rank }));
}

/** A model with one input of this shape and one output; {0, 1} cells unless told. */
export function modelOf(
  input: Omit<InputTensor, 'domain' | 'name'> & Partial<InputTensor>,
  output: Omit<OutputTensor, 'name'> & Partial<OutputTensor>,
): ModelInterface {
  return {
    name: 'test',
    source: 'sha256:test',
    inputs: [{ name: 'cells', domain: BINARY, ...input }],
    outputs: [{ name: 'scores', ...output }],
    decision: { kind: 'none' },
  };
}

/** The orientation network of an n × n image as five clusters. */
export function orientationGraph(n: number): ClusterGraph {
  const [column, row] = [
    { extent: n, name: 'column' },
    { extent: n, name: 'row' },
  ];
  const differentiae = clusterSource(0);
  const rest = n - 1;
  const concept = (sign: number): ClusterSpec => ({
    terms: [
      term(clusterSource(1), sign * 0.20565, ALL),
      term(clusterSource(2), -sign * 0.20565, ALL),
    ],
    activation: 'identity',
  });
  return graphOf(
    interfaceOf(orientationNetwork(n)),
    [
      {
        axes: [column, row],
        terms: [term(INPUT, 1, ALL, at(0, 1, 0)), term(INPUT, -1, at(0, 0, 1), ALL)],
        activation: 'sign',
      },
      {
        axes: [column],
        terms: [term(differentiae, n, at(0, 1), ALL), term(differentiae, -rest, ALL, ALL)],
        bias: -n * rest,
        activation: 'sign',
      },
      {
        axes: [row],
        terms: [term(differentiae, -n, ALL, at(0, 1)), term(differentiae, rest, ALL, ALL)],
        bias: -n * rest,
        activation: 'sign',
      },
      concept(1),
      concept(-1),
    ],
    [[{ cluster: 3, rank: 0 }, { cluster: 4, rank: 0 }]], // prettier-ignore
  );
}

/** The MAXSAT network as twelve clusters, its odd terms on clause 0 included. */
export function maxsatGraph(literals: number, clauses: number): ClusterGraph {
  const clause = { extent: clauses, name: 'clause' };
  const big = 2 * (literals - 2);
  const positive = (weight: number) => term(INPUT, weight, at(0, 0), at(0, 1));
  const negative = (weight: number) => term(INPUT, weight, at(1, 0), at(0, 1));
  const others = (weight: number) =>
    term(INPUT, weight, range(affine(2, [0]), affine(literals, [0])), at(0, 1));
  const first: readonly (readonly [number, readonly Term[]])[] = [
    [1, [others(-2)]],
    [0, [negative(2), term(INPUT, -1, at(0, 0), at(0, 0))]],
    [-1, [others(2)]],
    [-1, [negative(big), positive(-big), others(2)]],
    [0, [positive(2), term(INPUT, -1, at(1, 0), at(0, 0))]],
    [-1, [positive(big), negative(-big), others(2)]],
  ];
  const gate = (a: number, b: number, weight: number, bias: number): ClusterSpec => ({
    axes: [clause],
    terms: [term(clusterSource(a), 1, at(0, 1)), term(clusterSource(b), weight, at(0, 1))],
    bias,
    activation: 'sign',
  });
  const output = (weights: readonly number[]): ClusterSpec => ({
    terms: weights.map((weight, index) => term(clusterSource(6 + index), weight, ALL)),
    activation: 'softmax',
    layer: 10,
  });
  return graphOf(
    interfaceOf(maxsatNetwork(literals, clauses)),
    [
      ...first.map(([bias, terms]): ClusterSpec => ({
        axes: [clause],
        terms,
        bias,
        activation: 'sign',
      })),
      gate(0, 1, 2, -2),
      gate(2, 3, 1, -1),
      gate(0, 4, 2, -2),
      gate(2, 5, 1, -1),
      output([-5, -1.1487799625336474, 4.999999991027168, 1.1487799625336474]),
      output([4.999999991027168, 1.1487799625336474, -5, -1.1487799625336474]),
    ],
    [[{ cluster: 10, rank: 0 }, { cluster: 11, rank: 0 }]], // prettier-ignore
  );
}
