/**
 * Names as sentences tell them: in comments, reports and pictures. Names come out of files, and may hold
 * line ends, characters that turn the direction of text, or whole novels; what code does with a name (a
 * label that is returned, a key of an object) uses the name itself.
 */
import { printable } from '../diagnostics/printable.js';
import type { ClusterGraph } from './cluster.js';
import type { ModelInterface } from './model-interface.js';

/** Characters of a name in a sentence. */
const LONGEST_NAME = 60;

/** The name on one line, cut where it is long. */
export function toldName(name: string): string {
  return printable(name.replace(/\s+/g, ' '), LONGEST_NAME);
}

/** The interface with every name as it is told. */
export function toldInterface(model: ModelInterface): ModelInterface {
  return {
    ...model,
    name: toldName(model.name),
    inputs: model.inputs.map(({ axes, features, ...input }) => ({
      ...input,
      name: toldName(input.name),
      ...(axes === undefined ? {} : { axes: axes.map(toldName) }),
      ...(features === undefined ? {} : { features: features.map(toldName) }),
    })),
    outputs: model.outputs.map(({ labels, ...output }) => ({
      ...output,
      name: toldName(output.name),
      ...(labels === undefined ? {} : { labels: labels.map(toldName) }),
    })),
  };
}

/** The graph with every name as it is told. */
export function toldGraph(graph: ClusterGraph): ClusterGraph {
  return {
    ...graph,
    interface: toldInterface(graph.interface),
    clusters: graph.clusters.map((cluster) => ({
      ...cluster,
      axes: cluster.axes.map(({ name, ...axis }) =>
        name === undefined ? axis : { ...axis, name: toldName(name) },
      ),
    })),
  };
}
