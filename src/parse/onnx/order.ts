/**
 * Which nodes of a graph matter, and in which order they can be read: those that the outputs depend on,
 * in the order of the file as far as it is topological (a sorted file keeps its order).
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { GraphMessage, NodeMessage } from './schema.js';

/** What diagnostics call a node: its name, else its operator and its first output. */
export function nameOfNode(node: NodeMessage): string {
  if (node.name !== '') return node.name;
  // The first output may be one that nobody asks for, which has no name.
  const output = node.output.find((name) => name !== '');
  return output === undefined ? node.opType : `${node.opType} -> ${output}`;
}

/**
 * The needed nodes, every one after those it reads. `given` are the values that no node computes:
 * inputs and initializers.
 *
 * @throws Diagnostic ONNX_DUPLICATE_VALUE, ONNX_MISSING_VALUE, ONNX_CYCLE.
 */
export function orderNodes(
  graph: GraphMessage,
  given: ReadonlySet<string>,
  file: string,
): readonly NodeMessage[] {
  const producers = findProducers(graph, given, file);
  const needed = findNeeded(graph, producers, given, file);
  const order: NodeMessage[] = [];
  const state = new Map<NodeMessage, 'open' | 'done'>();
  for (const root of graph.node) {
    if (!needed.has(root)) continue;
    // A depth-first walk with its own stack: hostile chains are longer than the call stack.
    const stack = [root];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      if (state.get(node) === 'done') {
        stack.pop();
        continue;
      }
      state.set(node, 'open');
      const waiting = node.input
        .map((value) => producers.get(value))
        .filter((producer) => producer !== undefined)
        .filter((producer) => state.get(producer) !== 'done');
      if (waiting.length === 0) {
        state.set(node, 'done');
        order.push(node);
        stack.pop();
        continue;
      }
      const open = waiting.find((producer) => state.get(producer) === 'open');
      if (open !== undefined) {
        const value = open.output[0];
        throw diagnose('ONNX_CYCLE', { file, node: nameOfNode(open) }, { value });
      }
      for (let k = waiting.length - 1; k >= 0; k--) stack.push(waiting[k]);
    }
  }
  return order;
}

/** The node that computes each value; optional outputs have the name ''. */
function findProducers(
  graph: GraphMessage,
  given: ReadonlySet<string>,
  file: string,
): Map<string, NodeMessage> {
  const producers = new Map<string, NodeMessage>();
  for (const node of graph.node) {
    for (const value of node.output) {
      if (value === '') continue;
      if (producers.has(value) || given.has(value)) {
        throw diagnose('ONNX_DUPLICATE_VALUE', { file, node: nameOfNode(node) }, { value });
      }
      producers.set(value, node);
    }
  }
  return producers;
}

/** All nodes that an output depends on. */
function findNeeded(
  graph: GraphMessage,
  producers: ReadonlyMap<string, NodeMessage>,
  given: ReadonlySet<string>,
  file: string,
): Set<NodeMessage> {
  const needed = new Set<NodeMessage>();
  const visit = (value: string, reader: NodeMessage | undefined): void => {
    const producer = producers.get(value);
    if (producer !== undefined) needed.add(producer);
    else if (value !== '' && !given.has(value)) {
      const place = reader === undefined ? { file } : { file, node: nameOfNode(reader) };
      throw diagnose('ONNX_MISSING_VALUE', place, { value });
    }
  };
  for (const output of graph.output) visit(output.name, undefined);
  // A set is walked in insertion order, additions during the walk included.
  for (const node of needed) for (const value of node.input) visit(value, node);
  return needed;
}
