/** Shared by the tests of clustering: dumps without noise, and agreement with the teacher. */
import { expect } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { checkClusterGraph } from '../../../src/ir/cluster-check.js';
import { dumpClusterGraph } from '../../../src/ir/cluster-dump.js';
import type { ClusterGraph } from '../../../src/ir/cluster.js';
import { cellDomain, sizeOf } from '../../../src/ir/model-interface.js';
import type { Network } from '../../../src/ir/network.js';
import type { Random } from '../../../src/numeric/random.js';
import { createRandom } from '../../../src/numeric/random.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { createClusterEvaluator } from '../../helpers/evaluate-cluster-graph.js';
import { chainNetwork } from '../../helpers/networks.js';
import type { ActivationKind } from '../../helpers/networks.js';

/** Clusters a network; the graph must be legal. */
export function clusterLegally(network: Network): ClusterGraph {
  const graph = clusterNetwork(network);
  expect(checkClusterGraph(graph)).toEqual([]);
  return graph;
}

/** The dump, real constants cut to eight digits: noise of 1e-9 must not show. */
export function roundedDump(network: Network): string {
  return dumpClusterGraph(clusterLegally(network)).replace(/\d+\.\d{6,}/gu, (text) =>
    String(Number(Number(text).toPrecision(8))),
  );
}

function randomInput(network: Network, random: Random): number[][] {
  return network.inputs.map((input) => {
    const share = random.unit();
    return Array.from({ length: sizeOf(input.shape) }, (_, cell) => {
      const domain = cellDomain(input.domain, cell);
      if (domain.kind === 'values') {
        if (random.unit() < share) return domain.values[0];
        return domain.values[random.below(domain.values.length)];
      }
      const [min, max] = domain.kind === 'interval' ? [domain.min, domain.max] : [-3, 3];
      return min + (max - min) * random.unit();
    });
  });
}

/** Compares graph and network on `count` random inputs, within `tolerance` on every output. */
export function expectSameFunction(
  network: Network,
  count: number,
  seed: number,
  tolerance = 1e-9,
): void {
  const evaluate = createClusterEvaluator(clusterLegally(network));
  const teacher = createTeacher(network);
  const random = createRandom(seed);
  for (let k = 0; k < count; k++) {
    const inputs = randomInput(network, random);
    const expected = teacher.forward(inputs).map((values) => [...values]);
    const actual = evaluate(inputs);
    actual.forEach((values, output) => {
      values.forEach((value, cell) => {
        const error = Math.abs(value - expected[output][cell]);
        const scale = 1 + Math.abs(expected[output][cell]);
        expect(error, `input ${JSON.stringify(inputs)}`).toBeLessThanOrEqual(tolerance * scale);
      });
    });
  }
}

/** A sum over some cells of a tensor, as a weight row. */
export function rowOf(
  shape: readonly number[],
  weight: (...index: number[]) => number,
): Float64Array {
  const row = new Float64Array(sizeOf(shape));
  for (let cell = 0; cell < row.length; cell++) {
    const index: number[] = [];
    let rest = cell;
    for (const extent of [...shape].reverse()) {
      index.unshift(rest % extent);
      rest = Math.floor(rest / extent);
    }
    row[cell] = weight(...index);
  }
  return row;
}

/** One layer of `activation` neurons over one binary tensor. */
export function oneLayer(
  shape: readonly number[],
  rows: readonly ArrayLike<number>[],
  options: {
    readonly bias?: readonly number[];
    readonly activation?: ActivationKind;
    readonly axes?: readonly string[];
  } = {},
): Network {
  return chainNetwork({
    name: 'test',
    input: {
      name: 'x',
      shape,
      ...(options.axes === undefined ? {} : { axes: options.axes }),
    },
    layers: [
      {
        rows,
        bias: options.bias ?? rows.map(() => 0),
        activation: options.activation ?? 'sign',
      },
    ],
  });
}

/** The lines of the dump that tell clusters, without the outputs. */
export function clusterLines(network: Network): string[] {
  return dumpClusterGraph(clusterLegally(network))
    .split('\n')
    .filter((line) => /^C\d+/u.test(line));
}
