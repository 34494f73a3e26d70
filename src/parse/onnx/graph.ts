/**
 * Walks the graph of an ONNX model: every needed node is handed to the importer of its operator, and
 * what the outputs hold in the end are layers.
 *
 * The first axis of an input is dropped when it is symbolic (the batch). A fixed first axis stays, also
 * a 1: the contract says so, and whoever wants it away exports a symbolic batch.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { DEFAULT_TIE_TOLERANCE } from '../../ir/builders.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { Node, TensorRef } from '../../ir/network.js';
import type { InputDescription, ModelDescription } from '../description.js';
import type { ModelTensors } from '../interface.js';
import { layerWord } from '../layer-words.js';
import { LayerBuilder } from './builder.js';
import { OperatorContext } from './context.js';
import type { Importer, Notes, Readers } from './context.js';
import { inputTensor, inputValue, outputValue, withDeclaredBatch } from './ends.js';
import { importerOf } from './operators/table.js';
import { DEFAULT_DOMAINS } from './model.js';
import { copyOf } from './recipes.js';
import { nameOfNode } from './order.js';
import type { PreparedGraph } from './prepare.js';
import type { NodeMessage } from './schema.js';
import { withoutUnused } from './unused.js';
import { shapeWithoutBatch } from './values.js';
import type { TensorValue, Value } from './values.js';
import type { WorkBudget } from './work.js';

export interface ImportedGraph {
  readonly tensors: ModelTensors;
  readonly layers: readonly Node[];
  readonly results: readonly TensorRef[];
  readonly parameters: number;
  readonly warnings: readonly string[];
}

/**
 * Imports a graph under the given version of the default operator set; the description is that of the
 * manifest beside it.
 *
 * @throws Diagnostic of the ONNX area.
 */
export function importGraph(
  graph: PreparedGraph,
  opset: number,
  description: ModelDescription,
  work: WorkBudget,
  file: string,
  onProgress?: (done: number, total: number) => void,
): ImportedGraph {
  const { inputs, outputs, nodes, initializers } = graph;
  const inputValues = inputs.map((info, index) => inputValue(info, index, file));
  const values = new Map<string, Value>(
    inputs.map(({ name }, index) => [name, inputValues[index]]),
  );
  const builder = new LayerBuilder(
    inputValues.map((value, index) => storedShape(value, description.inputs.at(index))),
    description.tieTolerance ?? DEFAULT_TIE_TOLERANCE,
  );
  const readers = countReaders(graph);
  const cellReaders = countReaders(graph, ({ opType }) => !SHAPE_READERS.includes(opType));
  const notes: Notes = { parameters: new Map(), weights: new Map(), warnings: new Set() };
  const lookUp = (name: string): Value => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const constant = initializers.get(name)?.();
    if (constant === undefined) throw diagnose('ONNX_MISSING_VALUE', { file }, { value: name });
    work.spend(constant, name, { file });
    values.set(name, constant);
    return constant;
  };
  const resultNames = namesOfResults(graph, readers);
  const readersOf = (name: string): Readers => ({
    count: name === '' ? 0 : (readers.get(name) ?? 0),
    isResult: resultNames.has(name),
  });
  const release = (name: string): void => {
    const left = (readers.get(name) ?? 0) - 1;
    readers.set(name, left);
    if (left === 0) values.delete(name);
  };
  for (const [index, node] of nodes.entries()) {
    onProgress?.(index, nodes.length);
    const name = nameOfNode(node);
    const place = { file, node: name };
    const context = new OperatorContext(
      node,
      name,
      place,
      opset,
      builder,
      lookUp,
      readersOf,
      notes,
    );
    const results = importNode(context);
    node.output.forEach((output, index) => {
      if (readersOf(output).count === 0) return;
      const value = results.at(index);
      if (value === undefined) throw context.unsupported(`with output ${index + 1}`);
      const isShared = (cellReaders.get(output) ?? 0) > 1;
      const isStored = value.kind === 'tensor' && isShared && copyOf(value) === undefined;
      values.set(output, isStored ? builder.store(value, name) : value);
      work.spend(value, output, place);
    });
    for (const input of node.input) release(input);
  }
  const results = outputs.map((info) => {
    const value = withDeclaredBatch(lookUp(info.name), info, inputs);
    return outputValue(value, info.name, builder, file);
  });
  const named = (node: Node): Node => {
    if (node.kind !== undefined) return node;
    const word = layerWord(notes.weights.get(node.name) ?? '', node.name);
    return word === undefined ? node : { ...node, word };
  };
  if (results.length === 0) throw diagnose('ONNX_NO_OUTPUT', { file }, {});
  return {
    tensors: {
      inputs: inputs.map(({ name }, index) =>
        inputTensor(name, inputValues[index], builder.indexInputs.get(index)),
      ),
      outputs: outputs.map(({ name }, index) => ({ name, shape: results[index].shape })),
    },
    ...withoutUnused({ layers: builder.layers.map(named), results: results.map(({ ref }) => ref) }),
    parameters: [...notes.parameters.values()].reduce((sum, count) => sum + count, 0),
    warnings: [...notes.warnings],
  };
}

function importNode(context: OperatorContext): readonly (Value | undefined)[] {
  const { node, place } = context;
  const { opType: operator, domain } = node;
  const importer = importerOf(operator, domain);
  if (importer === undefined) {
    const origin = DEFAULT_DOMAINS.includes(domain) ? { opset: context.opset } : { domain };
    throw diagnose('ONNX_UNSUPPORTED_OPERATOR', place, { operator, ...origin });
  }
  for (const { name } of node.attribute) {
    if (!importer.attributes.includes(name)) throw context.unsupportedAttribute(name, '');
  }
  const value = importer.read(context);
  return isList(value) ? value : [value];
}

function isList(value: ReturnType<Importer['read']>): value is readonly (Value | undefined)[] {
  return Array.isArray(value);
}

/** The extents of an input as the module takes it: those of the description, where they fit. */
function storedShape(
  value: TensorValue,
  description: InputDescription | undefined,
): readonly number[] {
  const shape = shapeWithoutBatch(value);
  const described = description?.shape?.value ?? shape;
  return sizeOf(described) === sizeOf(shape) ? described : shape;
}

/** Operators that look at nothing but the shape of their argument. */
const SHAPE_READERS = ['Shape', 'Size'];

/** The outputs, and what does nothing but become one under another name. */
function namesOfResults(
  { nodes, outputs }: PreparedGraph,
  readers: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const names = new Set(outputs.map(({ name }) => name));
  for (const { opType, input, output } of [...nodes].reverse()) {
    if (!RENAMERS.includes(opType) || !names.has(output[0])) continue;
    if (readers.get(output[0]) === 1 && readers.get(input[0]) === 1) names.add(input[0]);
  }
  return names;
}

/** Operators whose output is their argument. */
const RENAMERS = ['Identity', 'ZipMap'];

/** How often each value is read, graph outputs included; `isCounted` says by which nodes. */
function countReaders(
  { nodes, outputs }: PreparedGraph,
  isCounted: (node: NodeMessage) => boolean = () => true,
): Map<string, number> {
  const readers = new Map<string, number>();
  const count = (name: string): void => void readers.set(name, (readers.get(name) ?? 0) + 1);
  for (const node of nodes) if (isCounted(node)) node.input.forEach(count);
  for (const { name } of outputs) count(name);
  return readers;
}
