/**
 * Our descriptors of the ONNX messages, as far as the importer reads them. Field numbers are those of
 * the ONNX specification; they have not changed since IR version 3, later versions only add some. The
 * numbers at the end are of fields that say nothing about what a model computes, such as comments, or
 * that other messages of the same model repeat.
 */
import {
  bytes,
  describe,
  float,
  floats,
  int32,
  int64,
  int64s,
  message,
  messages,
  optionalInt64,
  text,
  texts,
  wireNumbers,
} from './fields.js';
import type { Message } from './fields.js';
import { WIRE } from './wire.js';

/** The newest version of the representation whose fields are known here. */
export const NEWEST_IR_VERSION = 14;

/** The newest version of the default operator set whose operators are known here. */
export const NEWEST_OPSET = 25;

/** `TensorProto.DataLocation`: the data stand in another file. */
export const EXTERNAL_LOCATION = 1;

/** `AttributeProto.AttributeType`. */
export const ATTRIBUTE_TYPE = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;

const ENTRY = describe('StringStringEntryProto', { key: text(1), value: text(2) });

const TENSOR = describe(
  'TensorProto',
  {
    dims: int64s(1),
    dataType: int32(2),
    /** Of a tensor in several pieces, which nothing writes. */
    segment: bytes(3),
    floatData: wireNumbers(4, WIRE.fixed32),
    int32Data: wireNumbers(5, WIRE.varint),
    stringData: texts(6),
    int64Data: wireNumbers(7, WIRE.varint),
    name: text(8),
    rawData: bytes(9),
    doubleData: wireNumbers(10, WIRE.fixed64),
    uint64Data: wireNumbers(11, WIRE.varint),
    externalData: messages(13, ENTRY),
    dataLocation: int32(14),
  },
  [12, 16],
);

const SPARSE_TENSOR = describe('SparseTensorProto', {
  values: message(1, TENSOR),
  indices: message(2, TENSOR),
  dims: int64s(3),
});

const ATTRIBUTE = describe(
  'AttributeProto',
  {
    name: text(1),
    f: float(2),
    i: int64(3),
    s: bytes(4),
    t: message(5, TENSOR),
    floats: floats(7),
    ints: int64s(8),
    strings: texts(9),
    type: int32(20),
    /** Name of the attribute of a function that stands for the value. */
    reference: text(21),
    sparseTensor: message(22, SPARSE_TENSOR),
  },
  // Graphs, types and lists of tensors: no operator that is supported has any.
  [6, 10, 11, 13, 14, 15, 23],
);

const NODE = describe(
  'NodeProto',
  {
    input: texts(1),
    output: texts(2),
    name: text(3),
    opType: text(4),
    attribute: messages(5, ATTRIBUTE),
    domain: text(7),
  },
  [6, 8, 9, 10],
);

const DIMENSION = describe('TensorShapeProto.Dimension', { value: optionalInt64(1), symbol: text(2) }, [3]); // prettier-ignore
const SHAPE = describe('TensorShapeProto', { dim: messages(1, DIMENSION) });
const TENSOR_TYPE = describe('TypeProto.Tensor', { elementType: int32(1), shape: message(2, SHAPE) }, [3]); // prettier-ignore
const TYPE = describe('TypeProto', { tensorType: message(1, TENSOR_TYPE) }, [4, 5, 6, 7, 8, 9]);
const VALUE_INFO = describe('ValueInfoProto', { name: text(1), type: message(2, TYPE) }, [3, 4]);

const GRAPH = describe(
  'GraphProto',
  {
    node: messages(1, NODE),
    name: text(2),
    initializer: messages(5, TENSOR),
    input: messages(11, VALUE_INFO),
    output: messages(12, VALUE_INFO),
    sparseInitializer: messages(15, SPARSE_TENSOR),
  },
  [10, 13, 14, 16],
);

const OPERATOR_SET = describe('OperatorSetIdProto', { domain: text(1), version: int64(2) });

/** Functions are known by name only: a model that needs one is refused. */
const FUNCTION = describe(
  'FunctionProto',
  { name: text(1), domain: text(10) },
  [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14],
);

export const MODEL = describe(
  'ModelProto',
  {
    irVersion: int64(1),
    graph: message(7, GRAPH),
    opsetImport: messages(8, OPERATOR_SET),
    metadata: messages(14, ENTRY),
    functions: messages(25, FUNCTION),
  },
  [2, 3, 4, 5, 6, 20, 26],
);

export type ModelMessage = Message<typeof MODEL>;
export type GraphMessage = Message<typeof GRAPH>;
export type NodeMessage = Message<typeof NODE>;
export type AttributeMessage = Message<typeof ATTRIBUTE>;
export type TensorMessage = Message<typeof TENSOR>;
export type SparseTensorMessage = Message<typeof SPARSE_TENSOR>;
export type ValueInfoMessage = Message<typeof VALUE_INFO>;
