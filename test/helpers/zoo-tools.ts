/**
 * Building blocks for the zoo of symbolic networks: weights as functions of coordinates, so that each
 * network reads like the program it hides.
 */
import type { Decision, Domain } from '../../src/ir/model-interface.js';
import { sizeOf } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { BINARY, chainNetwork } from './networks.js';
import type { LayerSpec } from './networks.js';

export type Point = readonly number[];

/** A network that a stranger might try, under a name that says what it computes. */
export interface Exhibit {
  readonly name: string;
  readonly network: Network;
}

export interface ZooOptions {
  readonly name: string;
  readonly input: string;
  readonly shape: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly axes?: readonly string[];
  readonly features?: readonly string[];
  readonly domain?: Domain;
  readonly labels?: readonly string[];
  /** Default `none`. */
  readonly decision?: Decision;
  /** Shape of the output; flat unless given. */
  readonly output?: readonly number[];
}

/** 0 .. length − 1. */
export function indices(length: number): readonly number[] {
  return Array.from({ length }, (_, k) => k);
}

/** The index points of a shape, row-major. */
export function points(shape: readonly number[]): readonly Point[] {
  return indices(sizeOf(shape)).map((index) => {
    const point: number[] = [];
    let rest = index;
    for (const extent of [...shape].reverse()) {
      point.unshift(rest % extent);
      rest = Math.floor(rest / extent);
    }
    return point;
  });
}

/** One neuron for each member, reading the source's cells with `weight(cell, member)`. */
export function layerOver<Member>(
  activation: LayerSpec['activation'],
  source: readonly Point[],
  members: readonly Member[],
  weight: (cell: Point, member: Member) => number,
  bias: number | ((member: Member) => number),
): LayerSpec {
  return {
    rows: members.map((member) => Float64Array.from(source, (cell) => weight(cell, member))),
    bias: members.map((member) => (typeof bias === 'number' ? bias : bias(member))),
    activation,
  };
}

/** Layers side by side, reading the same source. */
export function beside(...layers: readonly LayerSpec[]): LayerSpec {
  return {
    rows: layers.flatMap(({ rows }) => rows),
    bias: layers.flatMap(({ bias }) => Array.from(bias)),
    activation: layers[0].activation,
  };
}

/** A lone neuron that reads `width` cells with `weight(index)`. */
export function neuron(
  activation: LayerSpec['activation'],
  width: number,
  weight: (index: number) => number,
  bias: number,
): LayerSpec {
  return { rows: [Float64Array.from(indices(width), weight)], bias: [bias], activation };
}

/** A chain of layers over one input; domain {0, 1} and no decision unless given. */
export function zooNetwork(options: ZooOptions): Network {
  const { name, input, shape, axes, features, labels, output } = options;
  const made = chainNetwork({
    name,
    input: {
      name: input,
      shape,
      domain: options.domain ?? BINARY,
      ...(axes === undefined ? {} : { axes }),
      ...(features === undefined ? {} : { features }),
    },
    layers: options.layers,
    decision: options.decision ?? { kind: 'none' },
    ...(labels === undefined ? {} : { labels }),
  });
  if (output === undefined) return made;
  const [{ name: outputName }] = made.outputs;
  const shaped = { name: outputName, shape: output, ...(labels === undefined ? {} : { labels }) };
  return { ...made, outputs: [shaped] };
}
