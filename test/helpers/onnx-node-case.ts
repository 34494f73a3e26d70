/**
 * One test case of the ONNX project through the compiler. Models and tensors are read with onnx-proto, which
 * shares nothing with the importer. Inputs that only shapes may depend on (a Reshape's target, a Slice's
 * ends) become constants of the case: their graphs have no fixed shapes otherwise.
 */
import onnxProto from 'onnx-proto';
import { compile } from '../../src/compile.js';
import { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { parse } from '../../src/parse/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { halfOf } from './half.js';

const { onnx } = onnxProto;

export interface NodeCase {
  readonly name: string;
  readonly model: Uint8Array;
  /** Encoded tensors, in the order of the graph. */
  readonly sets: readonly {
    readonly inputs: readonly Uint8Array[];
    readonly outputs: readonly Uint8Array[];
  }[];
}

export interface NodeCaseResult {
  readonly name: string;
  /** `refused`: with a diagnostic, whose code is `code`. */
  readonly outcome: 'passed' | 'failed' | 'refused';
  readonly code?: string;
  readonly detail: string;
  /** The operators of the graph, without repeats. */
  readonly operators: readonly string[];
}

const RELATIVE = 1e-3;
/** Networks compute in real arithmetic, and warn where a graph rounds; here the data are cut after 8 bits. */
const RELATIVE_OF_BFLOAT16 = 2 ** -7;
const ABSOLUTE = 1e-7;

/** Arguments that shapes depend on, or how far loops run, by operator. */
const SHAPE_ARGUMENTS: Readonly<Record<string, readonly number[]>> = {
  Reshape: [1],
  Expand: [1],
  Tile: [1],
  Slice: [1, 2, 3, 4],
  Pad: [1, 3],
  Split: [1],
  Squeeze: [1],
  Unsqueeze: [1],
  ConstantOfShape: [0],
  ReduceSum: [1],
  ReduceMean: [1],
  ReduceMax: [1],
  ReduceMin: [1],
  ReduceL1: [1],
  ReduceL2: [1],
  ReduceProd: [1],
  ReduceSumSquare: [1],
  ReduceLogSum: [1],
  ReduceLogSumExp: [1],
  Range: [0, 1, 2],
  Dropout: [1, 2],
  RNN: [4],
  GRU: [4],
  LSTM: [4],
};

/** Compiles the case's model and compares the module's outputs on all its data. */
export async function runNodeCase(given: NodeCase): Promise<NodeCaseResult> {
  const { name } = given;
  const graph = onnx.ModelProto.decode(given.model).graph;
  const operators = [...new Set((graph?.node ?? []).map(({ opType }) => opType ?? ''))];
  try {
    for (const set of given.sets) {
      const problem = await problemOf(given.model, set);
      if (problem !== undefined) return { name, operators, outcome: 'failed', detail: problem };
    }
    return { name, operators, outcome: 'passed', detail: '' };
  } catch (error) {
    if (error instanceof Diagnostic) {
      return { name, operators, outcome: 'refused', code: error.code, detail: error.message };
    }
    return {
      name,
      operators,
      outcome: 'failed',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}

async function problemOf(
  bytes: Uint8Array,
  { inputs, outputs }: NodeCase['sets'][number],
): Promise<string | undefined> {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph as onnxProto.onnx.GraphProto;
  const tensors = inputs.map((input) => onnx.TensorProto.decode(input));
  const constants = new Set<string>();
  for (const node of graph.node) {
    for (const position of SHAPE_ARGUMENTS[node.opType ?? ''] ?? []) {
      const argument = node.input?.at(position);
      if (argument !== undefined) constants.add(argument);
    }
  }
  const values: number[][] = [];
  graph.input = graph.input.filter((info, index) => {
    const tensor = tensors[index];
    const { name } = info;
    if (!constants.has(name ?? '')) {
      values.push(valuesOfInput(tensor, info));
      return true;
    }
    tensor.name = name ?? '';
    graph.initializer.push(tensor);
    return false;
  });
  if (graph.input.length === 0) {
    // A model computes something of something.
    graph.input.push(onnx.ValueInfoProto.create({ name: 'unused', type: { tensorType: { elemType: 1, shape: { dim: [{ dimValue: 1 }] } } } })); // prettier-ignore
    values.push([0]);
  }
  const network = await parse({ 'model.onnx': onnx.ModelProto.encode(model).finish() });
  // What is compared is the module; its proof is other tests' business, and takes longer.
  const { code, weights } = await compile(network, { shouldStop: () => true });
  const { scores } = createRunner(await loadModule(code, weights), network)(values);
  for (const [index, output] of outputs.entries()) {
    const expected = numbersOf(onnx.TensorProto.decode(output), typeOf(graph.output[index]));
    const actual = scores[index];
    if (actual.length !== expected.length) {
      return `output ${index}: ${actual.length} values instead of ${expected.length}`;
    }
    const relative = typeOf(graph.output[index]) === BFLOAT16 ? RELATIVE_OF_BFLOAT16 : RELATIVE;
    const wrong = expected.findIndex((value, k) => !isNear(actual[k], value, relative));
    if (wrong >= 0)
      return `output ${index}, value ${wrong}: ${actual[wrong]} instead of ${expected[wrong]}`;
  }
  return undefined;
}

function isNear(actual: number, expected: number, relative: number): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  return Math.abs(actual - expected) <= ABSOLUTE + relative * Math.abs(expected);
}

/** The element type that the graph declares. */
function typeOf(info: onnxProto.onnx.IValueInfoProto): number | undefined {
  return info.type?.tensorType?.elemType ?? undefined;
}

/** An input's values; of `CastLike`, whose second argument is read for its type, some cases give one. */
function valuesOfInput(
  tensor: onnxProto.onnx.ITensorProto,
  info: onnxProto.onnx.IValueInfoProto,
): number[] {
  const values = numbersOf(tensor, typeOf(info));
  const extents = info.type?.tensorType?.shape?.dim ?? [];
  const size = extents.reduce((product, { dimValue }) => product * Number(dimValue ?? 1), 1);
  return values.length === 1 ? new Array<number>(size).fill(values[0]) : values;
}

/**
 * The elements of a tensor as numbers; `declared` is the type in the graph, since data of bfloat16 say
 * that they were uint16. @throws Error for types without numbers.
 */
function numbersOf(tensor: onnxProto.onnx.ITensorProto, declared?: number): number[] {
  const { rawData } = tensor;
  const dataType = declared === BFLOAT16 ? BFLOAT16 : tensor.dataType;
  const size = (tensor.dims ?? []).reduce<number>((product, extent) => product * Number(extent), 1);
  if (rawData === undefined || rawData === null || rawData.length === 0) {
    const list = tensor.floatData?.length
      ? tensor.floatData
      : tensor.doubleData?.length
        ? tensor.doubleData
        : tensor.int32Data?.length
          ? tensor.int32Data
          : (tensor.int64Data ?? []);
    return Array.from(list as ArrayLike<unknown>, Number);
  }
  const view = new DataView(Uint8Array.from(rawData).buffer);
  const reader = READERS.get(dataType ?? 0);
  if (reader === undefined)
    throw new Error(`tensors of type ${dataType ?? 0} have no numbers here`);
  return Array.from({ length: size }, (_, k) => reader(view, k));
}

const BFLOAT16 = 16;

/** Reads of one element, by TensorProto.DataType. */
const READERS: ReadonlyMap<number, (view: DataView, index: number) => number> = new Map([
  [1, (view, k) => view.getFloat32(4 * k, true)],
  [2, (view, k) => view.getUint8(k)],
  [3, (view, k) => view.getInt8(k)],
  [4, (view, k) => view.getUint16(2 * k, true)],
  [5, (view, k) => view.getInt16(2 * k, true)],
  [6, (view, k) => view.getInt32(4 * k, true)],
  [7, (view, k) => Number(view.getBigInt64(8 * k, true))],
  [9, (view, k) => view.getUint8(k)],
  [10, (view, k) => halfOf(view.getUint16(2 * k, true))],
  [11, (view, k) => view.getFloat64(8 * k, true)],
  [12, (view, k) => view.getUint32(4 * k, true)],
  [13, (view, k) => Number(view.getBigUint64(8 * k, true))],
  [BFLOAT16, (view, k) => upperHalf(view.getUint16(2 * k, true))],
]);

/** The float32 whose upper half has these bits. */
function upperHalf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits * 2 ** 16);
  return view.getFloat32(0);
}
