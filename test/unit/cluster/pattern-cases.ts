/** Layers of neurons that follow a pattern, and what clustering must say of them, also in disguise. */
import { expect } from 'vitest';
import type { Network } from '../../../src/ir/network.js';
import { chainNetwork } from '../../helpers/networks.js';
import { disguise } from '../../helpers/disguise.js';
import { points } from '../../helpers/zoo-tools.js';
import type { Point } from '../../helpers/zoo-tools.js';
import { clusterLines, expectSameFunction } from './helpers.js';

/** One layer of neurons that follow a pattern. */
export interface Case {
  readonly shape: readonly number[];
  /** One neuron for each member. */
  readonly members: readonly Point[];
  readonly weight: (cell: Point, member: Point) => number | boolean;
  readonly bias?: (member: Point) => number;
  readonly activation?: 'sign' | 'step' | 'identity';
}

/** A lone neuron. */
export const LONE: readonly Point[] = [[]];

/** A layer of neurons that follow a pattern, and one that reads each with a weight of its own. */
export function networkOf({ shape, members, weight, bias, activation }: Case): Network {
  const rows = members.map((member) =>
    Float64Array.from(points(shape), (cell) => Number(weight(cell, member))),
  );
  const reader = members.map((_, k) => 1 + 0.37 * ((k * k) % 7));
  return chainNetwork({
    name: 'pattern',
    input: { name: 'x', shape },
    layers: [
      { rows, bias: members.map(bias ?? (() => -0.5)), activation: activation ?? 'sign' },
      { rows: [reader], bias: [0], activation: 'identity' },
    ],
  });
}

/** The clusters of the first layer are `lines`, also in disguise, and compute the same. */
export function expectClusters(given: Case, lines: readonly string[]): void {
  const network = networkOf(given);
  expect(clusterLines(network).slice(0, lines.length + 1)).toEqual([
    ...lines,
    expect.stringContaining('identity('),
  ]);
  expectSameFunction(network, 40, 1);
  const rescale = given.activation !== 'identity';
  for (const seed of [1, 2]) {
    const disguised = disguise(network, {
      seed,
      permute: true,
      rescale,
      noise: rescale ? 1e-9 : 0,
      dead: 1,
    });
    expect(clusterLines(disguised).slice(0, lines.length)).toEqual(lines);
    expectSameFunction(disguised, 40, seed, 1e-6);
  }
}
