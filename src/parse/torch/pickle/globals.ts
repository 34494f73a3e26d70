/**
 * The allow-list: the names of Python that a pickle may mention, and what calling them means. A state
 * dict needs these and no others; every other name ends the reading.
 */
import { ELEMENT_TYPES } from '../../state-dict/element-types.js';
import type { ElementType } from '../../state-dict/element-types.js';
import { describeValue } from './values.js';
import type { PickleGlobal, PickleStorage, PickleTensor, PickleValue } from './values.js';

/** What is wrong with a pickle; whoever runs the machine adds the place. */
export class PickleError extends Error {}

/** A name that is not on the list. */
export class ForeignNameError extends Error {
  constructor(readonly foreign: string) {
    super(foreign);
  }
}

const STORAGES: readonly (readonly [string, ElementType])[] = [
  ['DoubleStorage', ELEMENT_TYPES.float64],
  ['FloatStorage', ELEMENT_TYPES.float32],
  ['HalfStorage', ELEMENT_TYPES.float16],
  ['BFloat16Storage', ELEMENT_TYPES.bfloat16],
  ['LongStorage', ELEMENT_TYPES.int64],
  ['IntStorage', ELEMENT_TYPES.int32],
  ['ShortStorage', ELEMENT_TYPES.int16],
  ['CharStorage', ELEMENT_TYPES.int8],
  ['ByteStorage', ELEMENT_TYPES.uint8],
  ['BoolStorage', ELEMENT_TYPES.bool],
];

const ALLOWED: ReadonlyMap<string, PickleGlobal> = new Map<string, PickleGlobal>([
  ['collections.OrderedDict', { kind: 'global', role: 'dict' }],
  ['torch._utils._rebuild_tensor_v2', { kind: 'global', role: 'tensor' }],
  ...STORAGES.map(([name, type]): [string, PickleGlobal] => [
    `torch.${name}`,
    { kind: 'global', role: 'storage', type },
  ]),
]);

/** The global `name` of `module`. @throws ForeignNameError unless it is on the list. */
export function findGlobal(module: string, name: string): PickleGlobal {
  const full = `${module}.${name}`;
  const known = ALLOWED.get(full);
  if (known === undefined) throw new ForeignNameError(full);
  return known;
}

/**
 * What a call of a global gives: an empty dict, or the description of a tensor.
 *
 * @throws PickleError when it is not called as PyTorch calls it.
 */
export function callGlobal(callee: PickleValue, argument: PickleValue): PickleValue {
  if (!isKind(callee, 'global') || !isKind(argument, 'tuple')) {
    throw new PickleError(`${describeValue(callee)} is called with ${describeValue(argument)}`);
  }
  const { items } = argument;
  if (callee.role === 'tensor') return tensorOf(items);
  if (callee.role === 'dict' && items.length === 0) return { kind: 'dict', entries: new Map() };
  throw new PickleError(`a class is called with ${items.length} arguments`);
}

/** The storage of a persistent id: `('storage', torch.FloatStorage, '0', 'cpu', 12)`. */
export function storageOf(id: PickleValue): PickleStorage {
  if (isKind(id, 'tuple') && id.items.length === 5) {
    const [tag, type, key, , count] = id.items;
    const isStorage = tag === 'storage' && isKind(type, 'global') && type.role === 'storage';
    if (isStorage && typeof key === 'string' && isSize(count)) {
      return { kind: 'storage', type: type.type, key, count };
    }
  }
  throw new PickleError('a persistent id is no storage');
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)`. */
function tensorOf(items: readonly PickleValue[]): PickleTensor {
  const [storage, offset, size, stride, , , metadata] = items;
  const isCall = (items.length === 6 || items.length === 7) && isKind(storage, 'storage');
  if (!isCall || !isSize(offset)) throw new PickleError('a tensor is not described as one');
  const shape = sizesOf(size);
  const strides = sizesOf(stride);
  if (shape.length !== strides.length) {
    throw new PickleError(`a tensor has ${shape.length} axes and ${strides.length} strides`);
  }
  // The bits of a conjugate or negated view, whose numbers are not those of the storage.
  if (isKind(metadata, 'dict') && metadata.entries.size > 0) {
    const [bits] = metadata.entries.keys();
    throw new PickleError(`a tensor is a view with the property "${bits}"`);
  }
  return { kind: 'tensor', storage, offset, shape, strides };
}

function sizesOf(value: PickleValue): readonly number[] {
  if (isKind(value, 'tuple') && value.items.every(isSize)) return value.items;
  throw new PickleError('a tensor has no shape or strides of whole numbers');
}

function isSize(value: PickleValue): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Whether a value is an object of that kind. */
export function isKind<Kind extends Exclude<PickleValue, null | boolean | number | string>['kind']>(
  value: PickleValue | undefined,
  kind: Kind,
): value is Extract<PickleValue, { readonly kind: Kind }> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}
