/**
 * Networks built from known programs, for every level's tests: a chain of dense layers, and the two
 * networks of the benchmarks at any size, with weights that follow from the task.
 */
import type { Domain, InputTensor, OutputTensor, Decision } from '../../src/ir/model-interface.js';
import type { Activation, Network } from '../../src/ir/network.js';
import { denseLayer } from '../../src/ir/builders.js';

/** Kinds that a word says; a leaky-relu has the slope 0.01. */
export type ActivationKind = Exclude<Activation['kind'], 'clamp'>;

export interface LayerSpec {
  readonly rows: readonly ArrayLike<number>[];
  readonly bias: ArrayLike<number>;
  readonly activation: ActivationKind | Activation;
}

export interface NetworkSpec {
  readonly name: string;
  readonly input: Omit<InputTensor, 'domain'> & { readonly domain?: Domain };
  readonly layers: readonly LayerSpec[];
  readonly labels?: readonly string[];
  readonly decision?: Decision;
}

export const BINARY: Domain = { kind: 'values', values: [0, 1] };

/** A chain: layer k reads layer k − 1, the first reads the one input. Default domain {0, 1}. */
export function chainNetwork(spec: NetworkSpec): Network {
  const layers = spec.layers.map((layer, index) =>
    denseLayer({
      name: `${spec.name}_${index + 1}`,
      sources: [index === 0 ? { kind: 'input', index: 0 } : { kind: 'layer', index: index - 1 }],
      rows: layer.rows,
      bias: layer.bias,
      activation:
        typeof layer.activation === 'object'
          ? layer.activation
          : layer.activation === 'leaky-relu'
            ? { kind: 'leaky-relu', slope: 0.01 }
            : { kind: layer.activation },
    }),
  );
  const last = layers[layers.length - 1];
  const output: OutputTensor = {
    name: 'scores',
    shape: [last.size],
    ...(spec.labels === undefined ? {} : { labels: spec.labels }),
  };
  return {
    name: spec.name,
    source: 'sha256:test',
    inputs: [{ ...spec.input, domain: spec.input.domain ?? BINARY }],
    outputs: [output],
    decision: spec.decision ?? { kind: 'argmax' },
    layers,
    results: [{ kind: 'layer', index: layers.length - 1 }],
    parameters: spec.layers.reduce(
      (sum, layer) => sum + layer.rows.length * (layer.rows[0].length + 1),
      0,
    ),
    warnings: [],
  };
}

function zeros(length: number): Float64Array {
  return new Float64Array(length);
}

/** The orientation network of an n × n image, as maximum margins give it (see benchmarks). */
export function orientationNetwork(n: number): Network {
  const differentiae: Float64Array[] = [];
  for (let column = 0; column < n; column++) {
    for (let row = 0; row < n; row++) {
      const weights = zeros(n * n);
      for (let k = 0; k < n; k++) weights[k * n + column] += 1;
      for (let k = 0; k < n; k++) weights[row * n + k] -= 1;
      differentiae.push(weights);
    }
  }
  const subconcepts: Float64Array[] = [];
  for (let image = 0; image < 2 * n; image++) {
    const weights = zeros(n * n);
    for (let column = 0; column < n; column++) {
      for (let row = 0; row < n; row++) {
        const own = image < n ? image === column : image - n === row;
        const value = own ? 1 : 1 - n;
        weights[column * n + row] = image < n ? value : -value;
      }
    }
    subconcepts.push(weights);
  }
  const concept = Float64Array.from({ length: 2 * n }, (_, image) =>
    image < n ? 0.20565 : -0.20565,
  );
  return chainNetwork({
    name: 'orientation',
    input: { name: 'image', shape: [n, n], axes: ['row', 'column'] },
    layers: [
      { rows: differentiae, bias: zeros(n * n), activation: 'sign' },
      { rows: subconcepts, bias: zeros(2 * n).fill(-n * (n - 1)), activation: 'sign' },
      { rows: [concept, concept.map((weight) => -weight)], bias: [0, 0], activation: 'identity' },
    ],
    labels: ['vertical', 'horizontal'],
  });
}

/** The MAXSAT network with the published interleaving and its odd terms on clause 0. */
export function maxsatNetwork(literals: number, clauses: number): Network {
  const row = (cells: readonly (readonly [literal: number, clause: number, weight: number])[]) => {
    const weights = zeros(literals * clauses);
    for (const [literal, clause, weight] of cells) weights[literal * clauses + clause] += weight;
    return weights;
  };
  const others = (clause: number, weight: number) =>
    Array.from({ length: literals - 2 }, (_, k) => [k + 2, clause, weight] as const);
  const big = 2 * (literals - 2);
  const first: Float64Array[] = [];
  const firstBias: number[] = [];
  const add = (weights: Float64Array, bias: number) => firstBias.push((first.push(weights), bias));
  for (let c = 0; c < clauses; c++) {
    add(row(others(c, -2)), 1);
    add(row([[1, c, 2], [0, 0, -1]]), 0); // prettier-ignore
  }
  for (let c = 0; c < clauses; c++) {
    add(row(others(c, 2)), -1);
    add(row([[1, c, big], [0, c, -big], ...others(c, 2)]), -1); // prettier-ignore
  }
  for (let c = 0; c < clauses; c++) add(row([[0, c, 2], [1, 0, -1]]), 0); // prettier-ignore
  for (let c = 0; c < clauses; c++) add(row([[0, c, big], [1, c, -big], ...others(c, 2)]), -1); // prettier-ignore
  const second: Float64Array[] = [];
  const secondBias: number[] = [];
  const gate = (a: number, wa: number, b: number, wb: number, bias: number) => {
    const weights = zeros(first.length);
    weights[a] += wa;
    weights[b] += wb;
    second.push(weights);
    secondBias.push(bias);
  };
  for (let c = 0; c < clauses; c++) gate(2 * c, 1, 2 * c + 1, 2, -2);
  for (let c = 0; c < clauses; c++) gate(2 * clauses + 2 * c, 1, 2 * clauses + 2 * c + 1, 1, -1);
  for (let c = 0; c < clauses; c++) gate(2 * c, 1, 4 * clauses + c, 2, -2);
  for (let c = 0; c < clauses; c++) gate(2 * clauses + 2 * c, 1, 5 * clauses + c, 1, -1);
  const grouped = (weights: readonly number[]) =>
    Float64Array.from({ length: 4 * clauses }, (_, k) => weights[Math.floor(k / clauses)]);
  return chainNetwork({
    name: 'maxsat',
    input: { name: 'formula', shape: [literals, clauses], axes: ['literal', 'clause'] },
    layers: [
      { rows: first, bias: firstBias, activation: 'sign' },
      { rows: second, bias: secondBias, activation: 'sign' },
      {
        rows: [
          grouped([-5, -1.1487799625336474, 4.999999991027168, 1.1487799625336474]),
          grouped([4.999999991027168, 1.1487799625336474, -5, -1.1487799625336474]),
        ],
        bias: [0, 0],
        activation: 'softmax',
      },
    ],
    labels: ['assign true', 'assign false'],
  });
}
