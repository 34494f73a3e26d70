/**
 * Damage to what an ONNX model says, not to its bytes: another operator, a wrong attribute, a shape or
 * a constant that does not fit. Every such file decodes, so that all of it reaches the importers.
 */
import type { Random } from '../../../src/numeric/random.js';
import { between, chance, pick } from '../fuzz/choose.js';
import type { AttributeSpec, ModelSpec, NodeSpec, TensorSpec, TensorType } from '../onnx-writer.js';

const EXTENTS = [0, 1, 2, 3, 5, 64, 1000, 2 ** 16, 2 ** 31, 2 ** 40, 2 ** 53, -1, -2];

const NUMBERS = [
  0,
  1,
  -1,
  2,
  -2,
  3,
  7,
  64,
  255,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 53,
  0.5,
  -1.5,
  1e-40,
];

const REALS = [...NUMBERS, 1e300, -1e300, 5e-324, NaN, Infinity, -Infinity];

const TYPES: readonly TensorType[] = [
  'float',
  'double',
  'float16',
  'bfloat16',
  'int8',
  'uint8',
  'int32',
  'int64',
  'uint64',
  'bool',
  'string',
];

const WORDS = ['', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID', 'reflect', 'edge', 'wrap', 'tanh', 'none', '\n', '__proto__']; // prettier-ignore

/** Attributes of many operators: where one does not know the name, it has to say so. */
const NAMES = ['axis', 'axes', 'keepdims', 'alpha', 'beta', 'perm', 'pads', 'strides', 'dilations', 'group', 'kernel_shape', 'auto_pad', 'mode', 'to', 'split', 'num_outputs', 'ceil_mode', 'training_mode', 'value']; // prettier-ignore

/** The model with one to four changes; `others` gives operators to exchange. */
export function damageModel(
  model: ModelSpec,
  others: readonly ModelSpec[],
  random: Random,
): ModelSpec {
  let damaged = model;
  for (let k = between(random, 1, 4); k > 0; k--) damaged = changed(damaged, others, random);
  return damaged;
}

function changed(model: ModelSpec, others: readonly ModelSpec[], random: Random): ModelSpec {
  const { nodes, initializers = [], inputs } = model;
  switch (random.below(8)) {
    case 0:
      return { ...model, opset: pick(random, [1, 6, 7, 8, 9, 10, 11, 12, 13, 17, 18, 20, 22, 25]) };
    case 1: {
      const shape = changedList(inputs[0].shape, pick(random, ['N', ...EXTENTS.slice(0, 6)]), random); // prettier-ignore
      const type = chance(random, 0.3) ? pick(random, TYPES) : inputs[0].type;
      return { ...model, inputs: [{ ...inputs[0], shape, ...(type === undefined ? {} : { type }) }, ...inputs.slice(1)] }; // prettier-ignore
    }
    case 2:
    case 3:
      if (initializers.length > 0) {
        const at = random.below(initializers.length);
        return { ...model, initializers: initializers.with(at, changedTensor(initializers[at], random)) }; // prettier-ignore
      }
      return { ...model, initializers: [{ name: 'c0', dims: [1], data: [Math.trunc(pick(random, NUMBERS))], type: 'int64' }] }; // prettier-ignore
    default: {
      const at = random.below(nodes.length);
      return { ...model, nodes: nodes.with(at, changedNode(nodes[at], model, others, random)) };
    }
  }
}

function changedNode(
  node: NodeSpec,
  { initializers = [], nodes }: ModelSpec,
  others: readonly ModelSpec[],
  random: Random,
): NodeSpec {
  const { inputs, outputs, attributes = {} } = node;
  const values = ['', 'x', ...initializers.map(({ name }) => name), ...nodes.flatMap((one) => one.outputs)]; // prettier-ignore
  switch (random.below(8)) {
    case 0: {
      const other = pick(random, others).nodes[0];
      return { ...node, op: other.op, ...(chance(random, 0.5) ? { attributes: { ...attributes, ...other.attributes } } : {}) }; // prettier-ignore
    }
    case 1:
    case 2:
      return { ...node, inputs: changedList(inputs, pick(random, values), random) };
    case 3:
      return { ...node, outputs: changedList(outputs, pick(random, ['', 'w', ...values]), random) };
    default: {
      const known = Object.keys(attributes);
      const name = known.length > 0 && chance(random, 0.75) ? pick(random, known) : pick(random, NAMES); // prettier-ignore
      return { ...node, attributes: { ...attributes, [name]: changedAttribute(attributes[name], random) } }; // prettier-ignore
    }
  }
}

function changedAttribute(value: AttributeSpec | undefined, random: Random): AttributeSpec {
  if (value !== undefined && chance(random, 0.8)) {
    if (typeof value === 'number') return Math.trunc(pick(random, NUMBERS));
    if ('float' in value) return { float: pick(random, REALS) };
    if ('text' in value) return { text: pick(random, WORDS) };
    if ('tensor' in value) return { tensor: changedTensor(value.tensor, random) };
    if (isList(value)) return changedList(value, Math.trunc(pick(random, NUMBERS)), random);
  }
  const tensor = { name: 't', dims: [1], data: [pick(random, REALS)] };
  return pick<AttributeSpec>(random, [
    Math.trunc(pick(random, NUMBERS)),
    { float: pick(random, REALS) },
    { text: pick(random, WORDS) },
    { tensor },
    [0, 1],
    [],
    { floats: [pick(random, REALS)] },
    { graph: true },
    { reference: 'outer' },
  ]);
}

function isList(value: AttributeSpec): value is readonly number[] {
  return Array.isArray(value);
}

function changedTensor(tensor: TensorSpec, random: Random): TensorSpec {
  const data = Array.from(tensor.data);
  const { type = 'double' } = tensor;
  const isReal = ['float', 'double'].includes(type);
  const number = isReal ? pick(random, REALS) : Math.trunc(pick(random, NUMBERS));
  switch (random.below(6)) {
    case 0:
      return { ...tensor, dims: changedList(tensor.dims, pick(random, EXTENTS), random) };
    case 1: {
      const whole = isReal ? { data: data.map((value) => wholeOf(value)) } : {};
      return { ...tensor, ...whole, type: pick(random, TYPES) };
    }
    case 2:
      return { ...tensor, dims: [], data: [number] };
    case 3:
      return { ...tensor, dims: [0], data: [] };
    default:
      return data.length === 0 ? tensor : { ...tensor, data: data.with(random.below(data.length), number) }; // prettier-ignore
  }
}

/** A number that every type can hold. */
function wholeOf(value: number | bigint | string): number {
  const number = Number(value);
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** The list with the item in the place of another, added, or with another left out. */
function changedList<Item>(list: readonly Item[], item: Item, random: Random): readonly Item[] {
  const at = random.below(list.length + 1);
  const kind = random.below(5);
  if (kind === 0) return list.toSpliced(at, 1);
  if (kind === 1) return list.toSpliced(at, 0, item);
  if (kind === 2 && list.length > 0) return list.toSpliced(at, 0, list[random.below(list.length)]);
  return at < list.length ? list.with(at, item) : list;
}
