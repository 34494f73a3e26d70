/**
 * ClusterGraphs that use every form of region: wrap-around, zero borders, followed axes, weights by
 * formula, biases that double, and sources with holes. Built by hand, one small structure each.
 */
import type {
  AxisAccess, ClusterGraph, Factor, Follow, IndexExpression, RegionTerm,
} from '../../../src/ir/cluster.js'; // prettier-ignore
import type { Domain } from '../../../src/ir/model-interface.js';
import { sizeOf } from '../../../src/ir/model-interface.js';
import type { ClusterSpec } from './graphs.js';
import {
  ALL, INPUT, affine, at, atModulo, clusterSource, graphOf, modelOf, range, term, wholeCluster,
} from './graphs.js'; // prettier-ignore

const TERNARY: Domain = { kind: 'values', values: [0, 1, 2] };
const INTERVAL: Domain = { kind: 'interval', min: -1, max: 1 };

type RangeOrAt = Extract<AxisAccess, { readonly kind: 'at' | 'range' }>;

function follow(access: AxisAccess, axis: number, slope: 1 | -1): AxisAccess {
  return { ...(access as RangeOrAt), follow: { axis, slope } };
}

function wrap(
  from: IndexExpression,
  to: IndexExpression,
  modulus: number,
  own?: Follow,
): AxisAccess {
  const following = own === undefined ? {} : { follow: own };
  return { kind: 'range', from, to, step: 1, modulus, ...following };
}

function weigh(own: RegionTerm, ...factors: readonly Factor[]): RegionTerm {
  return { ...own, factors };
}

const power = (axis: number, base: number, slope: 1 | -1, offset: number): Factor => ({
  kind: 'power',
  axis,
  base,
  slope,
  offset,
});

/** One cluster over an input; every member is an output. */
function single(
  shape: readonly number[],
  output: readonly number[],
  spec: ClusterSpec,
  domain?: Domain,
): ClusterGraph {
  return graphOf(
    modelOf({ shape, ...(domain === undefined ? {} : { domain }) }, { shape: output }),
    [spec],
    [wholeCluster(0, sizeOf(output))],
  );
}

/** One cluster of `step` neurons for each true pattern of an elementary automaton, and their sum. */
export function automatonGraph(rule: number, width: number, border: 'wrap' | 'zero'): ClusterGraph {
  const axes = [{ extent: width }];
  const cell = (shift: number): AxisAccess =>
    border === 'wrap' ? atModulo(width, shift, 1) : at(shift, 1);
  const patterns = [0, 1, 2, 3, 4, 5, 6, 7].filter((pattern) => ((rule >> pattern) & 1) === 1);
  const clusters = patterns.map((pattern): ClusterSpec => {
    const bits = [4, 2, 1].map((place) => ((pattern & place) !== 0 ? 1 : -1));
    return {
      axes,
      terms: bits.map((weight, k) => term(INPUT, weight, cell(k - 1))),
      bias: 0.5 - bits.filter((weight) => weight === 1).length,
      activation: 'step',
    };
  });
  const sum: ClusterSpec = {
    axes,
    terms: patterns.map((_, id) => term(clusterSource(id), 1, at(0, 1))),
    activation: 'identity',
  };
  return graphOf(
    modelOf({ shape: [width] }, { shape: [width] }),
    [...clusters, sum],
    [wholeCluster(patterns.length, width)],
  );
}

/** Life as two thresholds of 2 · window − cell. */
export function lifeGraph(rows: number, columns: number, border: 'wrap' | 'zero'): ClusterGraph {
  const axes = [
    { extent: rows, name: 'row' },
    { extent: columns, name: 'column' },
  ];
  const along = (extent: number, coefficients: readonly number[]): AxisAccess => {
    const [from, to] = [affine(-1, coefficients), affine(2, coefficients)];
    return border === 'wrap' ? wrap(from, to, extent) : range(from, to);
  };
  const terms = [
    term(INPUT, 2, along(rows, [1, 0]), along(columns, [0, 1])),
    term(INPUT, -1, at(0, 1, 0), at(0, 0, 1)),
  ];
  const own = (id: number, weight: number): RegionTerm =>
    term(clusterSource(id), weight, at(0, 1, 0), at(0, 0, 1));
  return graphOf(
    modelOf({ shape: [rows, columns], axes: ['row', 'column'] }, { shape: [rows, columns] }),
    [
      { axes, terms, bias: -4.5, activation: 'step' },
      { axes, terms, bias: -7.5, activation: 'step' },
      { axes, terms: [own(0, 1), own(1, -1)], activation: 'identity' },
    ],
    [wholeCluster(2, rows * columns)],
  );
}

/** Comparisons of the pairs i < j, summed along rows and columns; told by runs or by whole axes. */
export function triangleGraph(n: number, told: 'runs' | 'axes', domain = TERNARY): ClusterGraph {
  const pairs = clusterSource(0);
  const holes = Array.from({ length: n * n }, (_, rank) => rank).filter(
    (rank) => rank % n <= Math.floor(rank / n),
  );
  const terms =
    told === 'runs'
      ? [
          term(pairs, 1, at(0, 1), range(affine(1, [1]), affine(n, [0]))),
          term(pairs, -1, range(affine(0, [0]), affine(0, [1])), at(0, 1)),
        ]
      : [term(pairs, 1, at(0, 1), ALL), term(pairs, -1, ALL, at(0, 1))];
  const difference = [term(INPUT, 2, at(0, 1, 0)), term(INPUT, -1, at(0, 0, 1))];
  const axes = [{ extent: n }, { extent: n }];
  return graphOf(
    modelOf({ shape: [n], domain }, { shape: [n] }),
    [
      { axes, terms: difference, bias: -0.25, activation: 'sign', holes },
      { axes: [{ extent: n }], terms, bias: 0.5, activation: 'identity' },
    ],
    [wholeCluster(1, n)],
  );
}

/** A value with holes, summed up along its last axis. */
function holed(
  shape: readonly number[],
  holes: readonly number[],
  terms: readonly RegionTerm[],
): ClusterGraph {
  const axes = shape.map((extent) => ({ extent }));
  const sum =
    shape.length === 1 ? term(clusterSource(0), 1, ALL) : term(clusterSource(0), 1, at(0, 1), ALL);
  const outer = axes.slice(0, -1);
  const output = shape.slice(0, -1);
  return graphOf(
    modelOf({ shape: [8] }, { shape: output }),
    [
      { axes, terms, bias: -0.5, activation: 'step', holes },
      { axes: outer, terms: [sum], bias: 0.25, activation: 'identity' },
    ],
    [wholeCluster(1, sizeOf(output))],
  );
}

const pairOf = (distance: number): readonly RegionTerm[] => [
  term(INPUT, 1, at(0, 1, 0)),
  term(INPUT, -1, at(distance, 0, 1)),
];

/** A ladder of thresholds of one total, its members weighted by a formula. */
function ladder(
  steps: number,
  first: number,
  bias: number,
  ...factors: readonly Factor[]
): ClusterGraph {
  const rungs = term(clusterSource(0), 1, ALL);
  return graphOf(
    modelOf({ shape: [8] }, { shape: [] }),
    [
      {
        axes: [{ extent: steps }],
        terms: [term(INPUT, 1, ALL)],
        bias: { kind: 'index', value: affine(-first, [-1]) },
        activation: 'step',
      },
      { terms: [weigh(rungs, ...factors)], bias, activation: bias === 0 ? 'identity' : 'step' },
    ],
    [[{ cluster: 1, rank: 0 }]],
  );
}

const nine = [{ extent: 9 }];
const lower = affine(1, []);

/** Every structure by name. */
export const FORMS: Readonly<Record<string, () => ClusterGraph>> = {
  'window around a ring': () =>
    single([9], [9], { axes: nine, terms: [term(INPUT, 1, wrap(affine(-1, [1]), affine(2, [1]), 9))], bias: -1.5, activation: 'step' }),
  'window cut at borders': () =>
    single([9], [9], { axes: nine, terms: [term(INPUT, 1, range(affine(-1, [1]), affine(2, [1])))], activation: 'relu' }, INTERVAL),
  'neighbours beyond borders': () =>
    single([9], [9], { axes: nine, terms: [term(INPUT, 1, at(-1, 1)), term(INPUT, -1, at(1, 1))], activation: 'identity' }, INTERVAL),
  'stride that starts outside': () =>
    single([9], [9], { axes: nine, terms: [term(INPUT, 1, range(affine(-4, [1]), affine(5, [1]), 3))], activation: 'identity' }),
  'diagonals': () =>
    single([5, 5], [9], { axes: nine, terms: [term(INPUT, 1, ALL, follow(at(-4, 1), 0, 1))], activation: 'identity' }),
  'rising diagonals': () =>
    single([4, 6], [9], { axes: nine, terms: [term(INPUT, 1, ALL, follow(at(0, 1), 0, -1))], bias: -0.5, activation: 'step' }),
  'diagonals around a torus': () =>
    single([5, 5], [5], { axes: [{ extent: 5 }], terms: [term(INPUT, 1, ALL, wrap(affine(0, [1]), affine(1, [1]), 5, { axis: 0, slope: 1 }))], activation: 'identity' }),
  'diagonal windows': () =>
    single([5, 5], [5], { axes: [{ extent: 5 }], terms: [term(INPUT, 1, ALL, wrap(affine(0, [1]), affine(2, [1]), 5, { axis: 0, slope: -1 }))], activation: 'identity' }),
  'both triangles': () =>
    single([5, 5], [], { terms: [term(INPUT, 1, ALL, follow(range(lower, affine(5, [])), 0, 1)), term(INPUT, -1, ALL, follow(range(affine(-5, []), affine(0, [])), 0, 1))], activation: 'sign' }),
  'triangle below a moving row': () =>
    single([5, 5], [5], { axes: [{ extent: 5 }], terms: [term(INPUT, 1, range(affine(0, [1]), affine(5, [0])), follow(range(affine(0, [0]), affine(1, [0])), 0, 1))], activation: 'identity' }),
  'value of bits, lowest first': () =>
    single([8], [], { terms: [weigh(term(INPUT, 1, ALL), power(0, 2, 1, 0))], activation: 'identity' }),
  'value of bits, highest first': () =>
    single([8], [], { terms: [weigh(term(INPUT, 1, ALL), power(0, 2, -1, 7))], activation: 'identity' }),
  'comparison of two numbers': () =>
    single([2, 4], [], { terms: [weigh(term(INPUT, 1, at(0), ALL), power(1, 2, 1, 0)), weigh(term(INPUT, -1, at(1), ALL), power(1, 2, 1, 0))], activation: 'sign' }),
  'alternating signs': () =>
    single([8], [], { terms: [weigh(term(INPUT, 1, ALL), power(0, -1, 1, 1))], activation: 'identity' }, INTERVAL),
  'a ramp': () =>
    single([8], [], { terms: [weigh(term(INPUT, 0.5, ALL), { kind: 'linear', axis: 0, slope: 1, offset: 1 })], activation: 'identity' }, INTERVAL),
  'weighted single cells': () =>
    single([6], [6], { axes: [{ extent: 6 }], terms: [weigh(term(INPUT, 1, at(0, 1)), { kind: 'linear', axis: 0, slope: 2, offset: -3 })], bias: -0.5, activation: 'step' }),
  'bits against a doubling bias': () =>
    single([6], [6], { axes: [{ extent: 6 }], terms: [weigh(term(INPUT, 1, range(affine(0, [0]), affine(1, [1]))), power(0, 2, 1, 0))], bias: { kind: 'power', axis: 0, constant: 0.5, scale: -1, base: 2, slope: 1, offset: 0 }, activation: 'step' }),
  'suffixes against a ramp': () =>
    single([6], [6], { axes: [{ extent: 6 }], terms: [term(INPUT, 1, range(affine(0, [1]), affine(6, [0])))], bias: { kind: 'index', value: affine(-0.5, [-1]) }, activation: 'step' }),
  'parity by a ladder': () => ladder(8, 0.5, 0, power(0, -1, 1, 0)),
  'exactly three by a ladder': () => ladder(2, 2.5, -0.5, power(0, -1, 1, 0)),
  'triangle told by runs': () => triangleGraph(5, 'runs'),
  'triangle told by axes': () => triangleGraph(5, 'axes'),
  'pairs of different cells': () => holed([5, 5], [0, 6, 12, 18, 24], pairOf(1)),
  'a band of pairs': () => holed([5, 5], Array.from({ length: 25 }, (_, rank) => rank).filter((rank) => Math.abs((rank % 5) - Math.floor(rank / 5)) > 1), pairOf(2)),
  'pairs at the far corner': () => holed([5, 5], Array.from({ length: 25 }, (_, rank) => rank).filter((rank) => (rank % 5) + Math.floor(rank / 5) < 4), pairOf(1)),
  'two gaps': () => holed([8], [2, 5], [term(INPUT, 1, at(0, 1))]),
  'many gaps': () => holed([8], [0, 2, 3, 5], [term(INPUT, 1, at(0, 1))]),
  'irregular holes': () => holed([4, 4], [1, 4, 7, 10, 11], pairOf(1)),
  'gaps that neighbours read': () =>
    graphOf(
      modelOf({ shape: [8] }, { shape: [8] }),
      [
        { axes: [{ extent: 8 }], terms: [term(INPUT, 1, at(0, 1)), term(INPUT, 1, at(1, 1))], bias: -1.5, activation: 'step', holes: [2, 5] },
        { axes: [{ extent: 8 }], terms: [term(clusterSource(0), 1, at(0, 1)), term(clusterSource(0), 1, at(-1, 1))], bias: -0.5, activation: 'step' },
      ],
      [wholeCluster(1, 8)],
    ),
  'Life on a torus': () => lifeGraph(3, 4, 'wrap'),
  'Life in a box': () => lifeGraph(3, 4, 'zero'),
  'rule 30 on a ring': () => automatonGraph(30, 8, 'wrap'),
  'rule 110 between zeros': () => automatonGraph(110, 8, 'zero'),
}; // prettier-ignore
