/**
 * Our descriptor of the ONNX messages, as far as the importer reads them. Field numbers are those of
 * the ONNX specification; they have not changed since IR version 3, later versions only add some.
 */
import {
  bytes,
  doubles,
  float,
  floats,
  int32,
  int32s,
  int64,
  int64s,
  message,
  messages,
  optionalInt64,
  text,
  texts,
} from './fields.js';
import type { Message } from './fields.js';

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
} as const;

const TENSOR = {
  dims: int64s(1),
  dataType: int32(2),
  floatData: floats(4),
  int32Data: int32s(5),
  int64Data: int64s(7),
  name: text(8),
  rawData: bytes(9),
  doubleData: doubles(10),
  dataLocation: int32(14),
};

const ATTRIBUTE = {
  name: text(1),
  f: float(2),
  i: int64(3),
  s: bytes(4),
  t: message(5, TENSOR),
  floats: floats(7),
  ints: int64s(8),
  type: int32(20),
};

const NODE = {
  input: texts(1),
  output: texts(2),
  name: text(3),
  opType: text(4),
  attribute: messages(5, ATTRIBUTE),
  domain: text(7),
};

const DIMENSION = { value: optionalInt64(1), symbol: text(2) };
const SHAPE = { dim: messages(1, DIMENSION) };
const TENSOR_TYPE = { elementType: int32(1), shape: message(2, SHAPE) };
const TYPE = { tensorType: message(1, TENSOR_TYPE) };
const VALUE_INFO = { name: text(1), type: message(2, TYPE) };
const SPARSE_TENSOR = { values: message(1, TENSOR) };

const GRAPH = {
  node: messages(1, NODE),
  name: text(2),
  initializer: messages(5, TENSOR),
  input: messages(11, VALUE_INFO),
  output: messages(12, VALUE_INFO),
  sparseInitializer: messages(15, SPARSE_TENSOR),
};

const OPERATOR_SET = { domain: text(1), version: int64(2) };

export const MODEL = {
  irVersion: int64(1),
  graph: message(7, GRAPH),
  opsetImport: messages(8, OPERATOR_SET),
};

export type ModelMessage = Message<typeof MODEL>;
export type GraphMessage = Message<typeof GRAPH>;
export type NodeMessage = Message<typeof NODE>;
export type AttributeMessage = Message<typeof ATTRIBUTE>;
export type TensorMessage = Message<typeof TENSOR>;
export type ValueInfoMessage = Message<typeof VALUE_INFO>;
