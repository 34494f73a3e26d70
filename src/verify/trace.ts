/** The reference forward pass with every layer's values, not the outputs alone. */
import type { StagedNetwork } from '../ir/network.js';
import type { Probe } from './probes.js';
import { createTeacher } from './teacher.js';

/**
 * A function from an input to the values of all layers, one flat array each, in the network's order. The
 * arrays hold until the next call. Of a scan it is the first output; its body is not looked into.
 */
export function createTrace(network: StagedNetwork): (probe: Probe) => readonly Float64Array[] {
  const results = network.layers.map((_, index) => ({ kind: 'layer' as const, index }));
  const teacher = createTeacher({ ...network, results });
  return (probe) => teacher.forward(probe);
}
