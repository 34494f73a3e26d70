/**
 * What the importer needs of a graph, and nothing else: its needed nodes in an order in which they can
 * be read, its constants by name, whatever their encoding. Refuses what no operator could make sense of.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { ExternalData } from './external.js';
import type { Files } from '../files.js';
import { DEFAULT_DOMAINS, ML_DOMAIN, functionKey } from './model.js';
import type { OnnxModel } from './model.js';
import { nameOfNode, orderNodes } from './order.js';
import type { GraphMessage, NodeMessage, ValueInfoMessage } from './schema.js';
import { sparseConstantOf } from './sparse.js';
import { constantOf, countCells } from './tensor.js';
import type { ConstantValue } from './values.js';

export interface PreparedGraph {
  /** Without those that are initializers too, as up to IR version 3 all of them are. */
  readonly inputs: readonly ValueInfoMessage[];
  readonly outputs: readonly ValueInfoMessage[];
  /** Those that an output depends on, every one after those it reads. */
  readonly nodes: readonly NodeMessage[];
  /** Decode the initializers, by name. @throws Diagnostic of tensors. */
  readonly initializers: ReadonlyMap<string, () => ConstantValue>;
}

/**
 * Prepares the graph of the model in `file`; `files` holds the external data.
 *
 * @throws Diagnostic of the ONNX area, FILE_NOT_FOUND for external data.
 */
export function prepareGraph(
  { graph, functions }: OnnxModel,
  files: Files,
  file: string,
): PreparedGraph {
  const external = new ExternalData(files, file);
  const initializers = findInitializers(graph, external, file);
  const inputs = graph.input.filter(({ name }) => !initializers.has(name));
  checkNames(inputs, graph.output, file);
  const given = new Set([...inputs.map(({ name }) => name), ...initializers.keys()]);
  const nodes = orderNodes(graph, given, file);
  for (const node of nodes) checkNode(node, functions, file);
  return {
    inputs,
    outputs: graph.output,
    nodes: nodes.map((node) => external.joinNode(node)),
    initializers,
  };
}

function findInitializers(
  graph: GraphMessage,
  external: ExternalData,
  file: string,
): Map<string, () => ConstantValue> {
  const initializers = new Map<string, () => ConstantValue>();
  const add = (name: string, read: () => ConstantValue): void => {
    if (initializers.has(name)) throw diagnose('ONNX_DUPLICATE_VALUE', { file }, { value: name });
    initializers.set(name, read);
  };
  for (const tensor of graph.initializer) {
    add(tensor.name, () => constantOf(external.join(tensor), tensor.name, { file }));
  }
  for (const sparse of graph.sparseInitializer) {
    const name = sparse.values?.name ?? '';
    add(name, () => sparseConstantOf(external.joinSparse(sparse), name, { file }));
  }
  return initializers;
}

function checkNames(
  inputs: readonly ValueInfoMessage[],
  outputs: readonly ValueInfoMessage[],
  file: string,
): void {
  const names = new Set<string>();
  for (const { name, type } of inputs) {
    if (names.has(name)) throw diagnose('ONNX_DUPLICATE_VALUE', { file }, { value: name });
    names.add(name);
    countCells(type?.tensorType?.shape?.dim.map(() => 1) ?? [], name, { file });
  }
  const results = new Set<string>();
  for (const { name } of outputs) {
    if (results.has(name)) throw diagnose('ONNX_DUPLICATE_OUTPUT', { file }, { value: name });
    results.add(name);
  }
}

/** Refuses operators that are not ONNX's own, and attributes that have no value or two. */
function checkNode(node: NodeMessage, functions: ReadonlySet<string>, file: string): void {
  const place = { file, node: nameOfNode(node) };
  const { opType: operator, domain } = node;
  const isFunction = functions.has(functionKey(domain, operator));
  const isForeign = ![...DEFAULT_DOMAINS, ML_DOMAIN].includes(domain);
  if (isFunction || isForeign) {
    const values = { operator, isFunction };
    throw diagnose('ONNX_UNSUPPORTED_OPERATOR', place, {
      ...values,
      ...(isForeign ? { domain } : {}),
    });
  }
  const names = new Set<string>();
  for (const { name: attribute, reference } of node.attribute) {
    if (names.has(attribute)) {
      throw diagnose('ONNX_DUPLICATE_ATTRIBUTE', place, { operator, attribute });
    }
    names.add(attribute);
    if (reference !== '') {
      const value = `attribute ${reference} of a function`;
      throw diagnose('ONNX_UNSUPPORTED_ATTRIBUTE', place, { operator, attribute, value });
    }
  }
}
