/**
 * One operator in a graph of its own: imported and run by the reference forward pass, and run by
 * onnxruntime, which shares nothing with us. Values are seeded, few and round, so that ties, zeros and
 * ends of ranges occur.
 */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createRandom } from '../../src/numeric/random.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import { parse } from '../../src/parse/index.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { halfOf } from './half.js';
import { writeOnnx } from './onnx-writer.js';
import type { AttributeSpec, NodeSpec, TensorSpec, TensorType } from './onnx-writer.js';

/** An argument: computed (an input of the model), constant, or left out. */
export type Argument =
  | { readonly kind: 'computed'; readonly shape: readonly number[]; readonly type: TensorType; readonly values: readonly number[] }
  | { readonly kind: 'constant'; readonly tensor: Omit<TensorSpec, 'name'> }
  | { readonly kind: 'none' }; // prettier-ignore

export interface OperatorCase {
  readonly op: string;
  readonly opset: number;
  readonly args: readonly Argument[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
  /** Number of outputs; 1 unless given. */
  readonly outputs?: number;
  /** What the result, a constant, is added to: a model computes something. */
  readonly addedTo?: Argument;
}

/** Values that computed arguments take turns of, unless others are given. */
const REALS = [-2, -1.5, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 1.5, 2, 3];

export function x(
  shape: readonly number[],
  type: TensorType = 'float',
  values: readonly number[] = type === 'bool' ? [0, 1] : type === 'float' || type === 'double' ? REALS : [-7, -3, -2, -1, 0, 1, 2, 3, 5, 7],
): Argument {
  return { kind: 'computed', shape, type, values };
} // prettier-ignore

/** A constant of the values, repeated as often as the shape wants. */
export function c(
  dims: readonly number[],
  values: readonly number[] = [0.5, -1, 2, 0.25, -0.75],
  type: TensorType = 'float',
): Argument {
  const size = dims.reduce((product, extent) => product * extent, 1);
  const data = Array.from({ length: size }, (_, k) => values[k % values.length]);
  return { kind: 'constant', tensor: { dims, data, type } };
}

/** A constant list of int64. */
export function i64(...values: readonly number[]): Argument {
  return c([values.length], values, 'int64');
}

export const none: Argument = { kind: 'none' };

/** `Clip-11 (2x3, ., const) min=0`: enough to find a case by. */
export function titleOf({ op, opset, args, attributes = {} }: OperatorCase): string {
  const words = args.map((argument) => {
    if (argument.kind === 'none') return '.';
    const [prefix, { type }, dims] = argument.kind === 'computed' ? ['', argument, argument.shape] : ['const ', argument.tensor, argument.tensor.dims]; // prettier-ignore
    return `${prefix}${dims.join('x')}${type === 'float' ? '' : ` ${type ?? ''}`}`;
  });
  const told = Object.keys(attributes).length === 0 ? '' : ` ${JSON.stringify(attributes)}`;
  return `${op}-${opset} (${words.join(', ')})${told}`;
}

/** The model of a case. */
export function modelOf(given: OperatorCase): Uint8Array {
  const { op, opset, args, attributes = {}, outputs = 1, addedTo } = given;
  const all = addedTo === undefined ? args : [...args, addedTo];
  const inputs = all.flatMap((argument, k) =>
    argument.kind === 'computed'
      ? [{ name: `a${k}`, shape: argument.shape, type: argument.type }]
      : [],
  );
  const initializers = all.flatMap((argument, k) =>
    argument.kind === 'constant' ? [{ name: `a${k}`, ...argument.tensor }] : [],
  );
  const names = args.map(({ kind }, k) => (kind === 'none' ? '' : `a${k}`));
  const results = Array.from({ length: outputs }, (_, k) => `y${k}`);
  const nodes: NodeSpec[] = [{ op, name: 'node', inputs: names, outputs: results, attributes }];
  if (addedTo !== undefined) {
    nodes.push({ op: 'Add', inputs: [`a${args.length}`, 'y0'], outputs: ['sum'] });
  }
  const ends = addedTo === undefined ? results : ['sum'];
  return writeOnnx({
    // The newest fields of the format are no matter here, and older runtimes refuse newer ones.
    irVersion: 8,
    opset,
    inputs,
    initializers,
    nodes,
    outputs: ends.map((name) => ({ name, shape: [], type: 'undefined' as const })),
  });
}

/** Seeded values for every computed argument. */
export function valuesOf(given: OperatorCase, seed: number): readonly Float64Array[] {
  const random = createRandom(seed);
  const all = [...given.args, ...(given.addedTo === undefined ? [] : [given.addedTo])];
  return all.flatMap((argument) => {
    if (argument.kind !== 'computed') return [];
    const { shape, values } = argument;
    const size = shape.reduce((product, extent) => product * extent, 1);
    return [Float64Array.from({ length: size }, () => values[random.below(values.length)])];
  });
}

/** What our reference forward pass answers, flat. */
export function runTeacher(
  network: StagedNetwork,
  values: readonly Float64Array[],
): readonly (readonly number[])[] {
  return createTeacher(network)
    .forward(values)
    .map((flat) => Array.from(flat));
}

export async function networkOf(given: OperatorCase): Promise<StagedNetwork> {
  return parse({ 'model.onnx': modelOf(given) });
}

/** What onnxruntime answers, flat; one run for each list of values. */
export async function runRuntime(
  given: OperatorCase,
  runs: readonly (readonly Float64Array[])[],
): Promise<readonly (readonly (readonly number[])[])[]> {
  const session = await InferenceSession.create(modelOf(given), { logSeverityLevel: 4 });
  const all = [...given.args, ...(given.addedTo === undefined ? [] : [given.addedTo])];
  const computed = all.filter((argument) => argument.kind === 'computed');
  const answers: (readonly (readonly number[])[])[] = [];
  for (const values of runs) {
    const feeds = Object.fromEntries(
      session.inputNames.map((name, k) => [name, tensorOf(computed[k], values[k])]),
    );
    const results = await session.run(feeds);
    answers.push(session.outputNames.map((name) => numbersOf(results[name])));
  }
  await session.release();
  return answers;
}

function numbersOf({ type, data }: Tensor): readonly number[] {
  const numbers = Array.from(data as ArrayLike<number | bigint>, Number);
  return type === 'float16' ? numbers.map(halfOf) : numbers;
}

function tensorOf(
  { type, shape }: Extract<Argument, { kind: 'computed' }>,
  values: Float64Array,
): Tensor {
  switch (type) {
    case 'float':
      return new Tensor('float32', Float32Array.from(values), [...shape]);
    case 'double':
      return new Tensor('float64', Float64Array.from(values), [...shape]);
    case 'int32':
      return new Tensor('int32', Int32Array.from(values), [...shape]);
    case 'int64':
      return new Tensor('int64', BigInt64Array.from(Array.from(values, BigInt)), [...shape]);
    case 'bool':
      return new Tensor('bool', Uint8Array.from(values), [...shape]);
    case 'uint8':
      return new Tensor('uint8', Uint8Array.from(values), [...shape]);
    case 'int8':
      return new Tensor('int8', Int8Array.from(values), [...shape]);
    default:
      throw new RangeError(`no inputs of type ${type}`);
  }
}
