/**
 * Writes small ONNX models for tests, field by field with protobufjs' writer and nothing of the
 * importer's descriptor, so that a wrong field number on either side shows.
 */
import protobuf from 'protobufjs/minimal.js';

type Writer = protobuf.Writer;

export type TensorType = keyof typeof TYPE_NUMBERS;

export interface TensorSpec {
  readonly name: string;
  readonly dims: readonly number[];
  /** Of float16 and bfloat16 the bits; beyond 2^53 bigints; texts of strings. */
  readonly data: ArrayLike<number | bigint | string>;
  /** Default `double`. */
  readonly type?: TensorType;
  /**
   * Raw bytes (default), the typed list of the element type, or bytes in another file, which
   * `rawTensor` gives.
   */
  readonly encoding?: 'raw' | 'typed' | ExternalSpec;
}

/** Where external data stand; numbers are written as digits. */
export interface ExternalSpec {
  readonly location?: string;
  readonly offset?: number | string;
  readonly length?: number | string;
}

export interface SparseTensorSpec {
  readonly values: TensorSpec;
  readonly indices: TensorSpec;
  readonly dims: readonly number[];
}

/**
 * Integers become int attributes, `{ float }` float ones, lists int lists, tensors tensors; `graph` is
 * an empty graph, `reference` the name of an attribute of a function.
 */
export type AttributeSpec =
  | number
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | readonly number[]
  | { readonly tensor: TensorSpec }
  | { readonly sparse: SparseTensorSpec }
  | { readonly graph: true }
  | { readonly reference: string };

export interface NodeSpec {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
}

export interface ValueSpec {
  readonly name: string;
  /** A string is a symbolic extent. */
  readonly shape: readonly (number | string)[];
  /** Default `double`; `undefined` says neither type nor shape. */
  readonly type?: TensorType | 'undefined';
}

export interface ModelSpec {
  readonly nodes: readonly NodeSpec[];
  readonly initializers?: readonly TensorSpec[];
  readonly sparseInitializers?: readonly SparseTensorSpec[];
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
  readonly irVersion?: number;
  readonly opset?: number;
  /** Further operator sets, by domain. */
  readonly opsets?: Readonly<Record<string, number>>;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Functions without a body, by domain. */
  readonly functions?: Readonly<Record<string, string>>;
}

const TYPE_NUMBERS = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  uint64: 13,
  complex64: 14,
  bfloat16: 16,
} as const;

const ELEMENT_BYTES: Readonly<Record<TensorType, number>> = {
  float: 4,
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  int32: 4,
  int64: 8,
  string: 1,
  bool: 1,
  float16: 2,
  double: 8,
  uint32: 4,
  uint64: 8,
  complex64: 8,
  bfloat16: 2,
};

/** The bytes of a model; IR version 8 and operator set 15 unless given. */
export function writeOnnx(model: ModelSpec): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(8).int64(model.irVersion ?? 8);
  nested(writer, 7, () => {
    for (const node of model.nodes) nested(writer, 1, () => writeNode(writer, node));
    writeText(writer, 2, 'graph');
    for (const tensor of model.initializers ?? []) {
      nested(writer, 5, () => writeTensor(writer, tensor));
    }
    for (const sparse of model.sparseInitializers ?? []) {
      nested(writer, 15, () => writeSparseTensor(writer, sparse));
    }
    for (const value of model.inputs) nested(writer, 11, () => writeValueInfo(writer, value));
    for (const value of model.outputs) nested(writer, 12, () => writeValueInfo(writer, value));
  });
  nested(writer, 8, () => {
    writeText(writer, 1, '');
    writer.uint32(16).int64(model.opset ?? 15);
  });
  for (const [domain, version] of Object.entries(model.opsets ?? {})) {
    nested(writer, 8, () => {
      writeText(writer, 1, domain);
      writer.uint32(16).int64(version);
    });
  }
  for (const [key, value] of Object.entries(model.metadata ?? {})) {
    nested(writer, 14, () => writeEntry(writer, key, value));
  }
  for (const [domain, name] of Object.entries(model.functions ?? {})) {
    nested(writer, 25, () => {
      writeText(writer, 1, name);
      writeText(writer, 10, domain);
    });
  }
  return Uint8Array.from(writer.finish());
}

function nested(writer: Writer, field: number, write: () => void): void {
  writer.uint32((field << 3) | 2).fork();
  write();
  writer.ldelim();
}

function writeText(writer: Writer, field: number, value: string): void {
  writer.uint32((field << 3) | 2).string(value);
}

function writeEntry(writer: Writer, key: string, value: string): void {
  writeText(writer, 1, key);
  writeText(writer, 2, value);
}

function writeNode(writer: Writer, node: NodeSpec): void {
  for (const input of node.inputs) writeText(writer, 1, input);
  for (const output of node.outputs) writeText(writer, 2, output);
  writeText(writer, 3, node.name ?? '');
  writeText(writer, 4, node.op);
  for (const [name, value] of Object.entries(node.attributes ?? {})) {
    nested(writer, 5, () => {
      writeText(writer, 1, name);
      writeAttribute(writer, value);
    });
  }
  writeText(writer, 7, node.domain ?? '');
}

function writeAttribute(writer: Writer, value: AttributeSpec): void {
  const type = writeAttributeValue(writer, value);
  writer.uint32(20 << 3).int32(type);
}

/** Writes the value and returns the number of its type. */
function writeAttributeValue(writer: Writer, value: AttributeSpec): number {
  if (typeof value === 'number') {
    writer.uint32(3 << 3).int64(value);
    return 2;
  }
  if ('float' in value) {
    writer.uint32((2 << 3) | 5).float(value.float);
    return 1;
  }
  if ('floats' in value) {
    for (const item of value.floats) writer.uint32((7 << 3) | 5).float(item);
    return 6;
  }
  if ('text' in value) {
    writeText(writer, 4, value.text);
    return 3;
  }
  if ('texts' in value) {
    for (const item of value.texts) writeText(writer, 9, item);
    return 8;
  }
  if ('tensor' in value) {
    nested(writer, 5, () => writeTensor(writer, value.tensor));
    return 4;
  }
  if ('sparse' in value) {
    nested(writer, 22, () => writeSparseTensor(writer, value.sparse));
    return 11;
  }
  if ('graph' in value) {
    nested(writer, 6, () => writeText(writer, 2, 'inner'));
    return 5;
  }
  if ('reference' in value) {
    writeText(writer, 21, value.reference);
    return 2;
  }
  for (const item of value) writer.uint32(8 << 3).int64(item);
  return 7;
}

function writeTensor(writer: Writer, tensor: TensorSpec): void {
  const { type = 'double', encoding = 'raw', data } = tensor;
  for (const extent of tensor.dims) writer.uint32(1 << 3).int64(extent);
  writer.uint32(2 << 3).int32(TYPE_NUMBERS[type]);
  if (encoding === 'typed') writeTypedData(writer, type, data);
  writeText(writer, 8, tensor.name);
  if (encoding === 'raw') {
    writer.uint32((9 << 3) | 2).bytes(rawTensor(type, data));
  } else if (encoding !== 'typed') {
    for (const [key, value] of Object.entries(encoding)) {
      nested(writer, 13, () => writeEntry(writer, key, String(value)));
    }
    writer.uint32(14 << 3).int32(1);
  }
}

function writeSparseTensor(writer: Writer, { values, indices, dims }: SparseTensorSpec): void {
  nested(writer, 1, () => writeTensor(writer, values));
  nested(writer, 2, () => writeTensor(writer, indices));
  for (const extent of dims) writer.uint32(3 << 3).int64(extent);
}

/** The lists of the specification are packed, except that of int32 here: both must be read. */
function writeTypedData(writer: Writer, type: TensorType, data: TensorSpec['data']): void {
  const values = Array.from(data);
  if (type === 'float') {
    nested(writer, 4, () => values.forEach((value) => writer.float(Number(value))));
  } else if (type === 'double') {
    nested(writer, 10, () => values.forEach((value) => writer.double(Number(value))));
  } else if (type === 'int64') {
    nested(writer, 7, () => values.forEach((value) => writeVarint(writer, value)));
  } else if (type === 'uint32' || type === 'uint64') {
    nested(writer, 11, () => values.forEach((value) => writeVarint(writer, value)));
  } else if (type === 'string') {
    for (const value of values) writeText(writer, 6, String(value));
  } else {
    for (const value of values) writer.uint32(5 << 3).int32(Number(value));
  }
}

/** 64 bits, seven at a time; negative numbers as their two's complement. */
function writeVarint(writer: Writer, value: number | bigint | string): void {
  const bits = BigInt.asUintN(64, BigInt(value));
  const low = Number(bits & 0xffffffffn);
  const high = Number(bits >> 32n);
  writer.uint64({ low, high, unsigned: true });
}

/** The elements as raw data: little-endian numbers side by side. */
export function rawTensor(type: TensorType, data: TensorSpec['data']): Uint8Array {
  const width = ELEMENT_BYTES[type];
  const view = new DataView(new ArrayBuffer(data.length * width));
  for (let index = 0; index < data.length; index++) {
    const at = index * width;
    const value = data[index];
    if (type === 'float') view.setFloat32(at, Number(value), true);
    else if (type === 'double') view.setFloat64(at, Number(value), true);
    else if (width === 8) view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), true);
    else if (width === 4) view.setUint32(at, Number(value), true);
    else if (width === 2) view.setUint16(at, Number(value), true);
    else view.setUint8(at, Number(value));
  }
  return new Uint8Array(view.buffer);
}

function writeValueInfo(writer: Writer, value: ValueSpec): void {
  const { type = 'double' } = value;
  writeText(writer, 1, value.name);
  if (type === 'undefined') return;
  nested(writer, 2, () =>
    nested(writer, 1, () => {
      writer.uint32(1 << 3).int32(TYPE_NUMBERS[type]);
      nested(writer, 2, () => {
        for (const extent of value.shape) {
          nested(writer, 1, () => {
            if (typeof extent === 'number') writer.uint32(1 << 3).int64(extent);
            else writeText(writer, 2, extent);
          });
        }
      });
    }),
  );
}
