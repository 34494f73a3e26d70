/**
 * Writes small ONNX models for tests, field by field with protobufjs' writer and nothing of the
 * importer's descriptor, so that a wrong field number on either side shows.
 */
import protobuf from 'protobufjs/minimal.js';

type Writer = protobuf.Writer;

export type TensorType = 'float' | 'double' | 'int32' | 'int64';

export interface TensorSpec {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
  /** Default `double`. */
  readonly type?: TensorType;
  /** Raw bytes (default) or the typed list of the element type. */
  readonly encoding?: 'raw' | 'typed';
}

/** Integers become int attributes, `{ float }` float ones, lists int lists, tensors tensors. */
export type AttributeSpec =
  number | { readonly float: number } | readonly number[] | { readonly tensor: TensorSpec };

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
}

export interface ModelSpec {
  readonly nodes: readonly NodeSpec[];
  readonly initializers?: readonly TensorSpec[];
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
  readonly irVersion?: number;
  readonly opset?: number;
}

const TYPE_NUMBERS: Readonly<Record<TensorType, number>> = {
  float: 1,
  int32: 6,
  int64: 7,
  double: 11,
};

const ELEMENT_BYTES: Readonly<Record<TensorType, number>> = {
  float: 4,
  int32: 4,
  int64: 8,
  double: 8,
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
    for (const value of model.inputs) nested(writer, 11, () => writeValueInfo(writer, value));
    for (const value of model.outputs) nested(writer, 12, () => writeValueInfo(writer, value));
  });
  nested(writer, 8, () => {
    writeText(writer, 1, '');
    writer.uint32(16).int64(model.opset ?? 15);
  });
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
  const typeTag = 20 << 3;
  if (typeof value === 'number') {
    writer.uint32(3 << 3).int64(value);
    writer.uint32(typeTag).int32(2);
  } else if ('float' in value) {
    writer.uint32((2 << 3) | 5).float(value.float);
    writer.uint32(typeTag).int32(1);
  } else if ('tensor' in value) {
    nested(writer, 5, () => writeTensor(writer, value.tensor));
    writer.uint32(typeTag).int32(4);
  } else {
    for (const item of value) writer.uint32(8 << 3).int64(item);
    writer.uint32(typeTag).int32(7);
  }
}

function writeTensor(writer: Writer, tensor: TensorSpec): void {
  const type = tensor.type ?? 'double';
  for (const extent of tensor.dims) writer.uint32(1 << 3).int64(extent);
  writer.uint32(2 << 3).int32(TYPE_NUMBERS[type]);
  if (tensor.encoding === 'typed') writeTypedData(writer, type, tensor.data);
  writeText(writer, 8, tensor.name);
  if (tensor.encoding !== 'typed') {
    writer.uint32((9 << 3) | 2).bytes(rawBytes(type, tensor.data));
  }
}

/** The lists of the specification are packed, except that of int32 here: both must be read. */
function writeTypedData(writer: Writer, type: TensorType, data: ArrayLike<number>): void {
  const values = Array.from(data);
  if (type === 'int32') {
    for (const value of values) writer.uint32(5 << 3).int32(value);
    return;
  }
  const field = type === 'float' ? 4 : type === 'double' ? 10 : 7;
  nested(writer, field, () => {
    for (const value of values) {
      if (type === 'float') writer.float(value);
      else if (type === 'double') writer.double(value);
      else writer.int64(value);
    }
  });
}

function rawBytes(type: TensorType, data: ArrayLike<number>): Uint8Array {
  const bytes = ELEMENT_BYTES[type];
  const view = new DataView(new ArrayBuffer(data.length * bytes));
  for (let index = 0; index < data.length; index++) {
    const offset = index * bytes;
    if (type === 'float') view.setFloat32(offset, data[index], true);
    else if (type === 'double') view.setFloat64(offset, data[index], true);
    else if (type === 'int32') view.setInt32(offset, data[index], true);
    else view.setBigInt64(offset, BigInt(data[index]), true);
  }
  return new Uint8Array(view.buffer);
}

function writeValueInfo(writer: Writer, value: ValueSpec): void {
  writeText(writer, 1, value.name);
  nested(writer, 2, () =>
    nested(writer, 1, () => {
      writer.uint32(1 << 3).int32(TYPE_NUMBERS.double);
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
