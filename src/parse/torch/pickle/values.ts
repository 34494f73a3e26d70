/**
 * What a pickle can hold here: plain values, and the three kinds of objects that a state dict consists
 * of, as descriptions. Nothing of Python is rebuilt, and no key becomes a property of an object.
 */
import type { ElementType } from '../../state-dict/element-types.js';

export type PickleValue =
  | null
  | boolean
  | number
  | string
  | PickleTuple
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleStorage
  | PickleTensor;

export interface PickleTuple {
  readonly kind: 'tuple';
  readonly items: readonly PickleValue[];
}

export interface PickleList {
  readonly kind: 'list';
  readonly items: PickleValue[];
}

/** `dict` and `OrderedDict`; entries whose key is no string are dropped, since no tensor is named so. */
export interface PickleDict {
  readonly kind: 'dict';
  readonly entries: Map<string, PickleValue>;
}

/** A name of Python that the allow-list knows. */
export type PickleGlobal =
  | { readonly kind: 'global'; readonly role: 'dict' }
  | { readonly kind: 'global'; readonly role: 'tensor' }
  | { readonly kind: 'global'; readonly role: 'storage'; readonly type: ElementType };

/** The numbers of one or more tensors, in an entry of the archive. */
export interface PickleStorage {
  readonly kind: 'storage';
  readonly type: ElementType;
  /** Name of the entry below `data/`. */
  readonly key: string;
  /** Number of elements. */
  readonly count: number;
}

/** A view of a storage; as the pickle says it, not checked against the storage. */
export interface PickleTensor {
  readonly kind: 'tensor';
  readonly storage: PickleStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** What a value is, for messages: `a dict`, `None`. */
export function describeValue(value: PickleValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'None';
  if (typeof value === 'object') return value.kind === 'global' ? 'a class' : `a ${value.kind}`;
  return typeof value === 'boolean' ? 'a boolean' : `a ${typeof value}`;
}
