/** What simplification did, for the report. */
import type { Change } from '../ir/cluster.js';
import type { Activation, Network } from '../ir/network.js';
import { errorOf } from './error.js';
import type { Reading } from './read.js';

/** The changes between a network and the simpler one that was read from it. */
export function changesOf(before: Network, after: Network, reading: Reading): readonly Change[] {
  const changes: Change[] = [];
  if (reading.off.length > 0) changes.push({ kind: 'always-off', neurons: reading.off });
  if (reading.on.length > 0) changes.push({ kind: 'always-on', neurons: reading.on });
  changes.push({
    kind: 'simplified',
    before: figuresOf(before),
    after: figuresOf(after),
    mergedUnits: reading.mergedUnits,
    linearLayers: reading.linearLayers,
    shapes: SHAPES.flatMap((shape) => {
      const count = countKind(after, shape) - countKind(before, shape);
      return count > 0 ? [{ shape, count }] : [];
    }),
    maxError: errorOf(after),
  });
  return changes;
}

const SHAPES = ['abs', 'clamp', 'max', 'min'] as const satisfies readonly Activation['kind'][];

function figuresOf({ layers }: Network): { layers: number; neurons: number; weights: number } {
  return {
    layers: layers.length,
    neurons: layers.reduce((sum, { size }) => sum + size, 0),
    weights: layers.reduce((sum, { weights }) => sum + weights.values.length, 0),
  };
}

function countKind({ layers }: Network, kind: Activation['kind']): number {
  return layers.reduce(
    (sum, { activation, size }) => sum + (activation.kind === kind ? size : 0),
    0,
  );
}
