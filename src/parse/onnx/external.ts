/**
 * External data: a tensor may name a file beside the model, and a part of it, as the place of its raw
 * data. Models come from strangers, so a name that could leave the model's folder is refused, whatever
 * the system it would be opened on makes of it.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { bytesOf } from '../files.js';
import type { Files } from '../files.js';
import { resolveBeside } from '../paths.js';
import { EXTERNAL_LOCATION } from './schema.js';
import type { GraphMessage, NodeMessage, SparseTensorMessage, TensorMessage } from './schema.js';

/** Root, drive letter, backslash, or a character that no file name needs. */
const UNSAFE_PATH = /^\/|^[A-Za-z]:|[\\\p{Cc}]/u;

const DIGITS = /^\d+$/;

/**
 * The files that the tensors of a graph name, as keys beside `file`, without repeats.
 *
 * @throws Diagnostic ONNX_EXTERNAL_DATA, ONNX_EXTERNAL_PATH.
 */
export function externalFiles(graph: GraphMessage, file: string): string[] {
  const keys = new Set<string>();
  for (const tensor of tensorsOf(graph)) {
    if (tensor.dataLocation === EXTERNAL_LOCATION) keys.add(keyOf(tensor, file));
  }
  return [...keys];
}

/** Gives tensors of the model in `file` with external data the bytes that `files` hold for them. */
export class ExternalData {
  constructor(
    private readonly files: Files,
    private readonly file: string,
  ) {}

  /** The tensor with its data as raw data, still a view of their file. */
  readonly join = (tensor: TensorMessage): TensorMessage => {
    if (tensor.dataLocation !== EXTERNAL_LOCATION) return tensor;
    return { ...tensor, rawData: this.read(tensor), dataLocation: 0 };
  };

  /** `join` for the two tensors of a sparse one. */
  joinSparse(sparse: SparseTensorMessage): SparseTensorMessage {
    const { values, indices } = sparse;
    return {
      ...sparse,
      values: values === undefined ? undefined : this.join(values),
      indices: indices === undefined ? undefined : this.join(indices),
    };
  }

  /** `join` for the tensors in a node's attributes. */
  joinNode(node: NodeMessage): NodeMessage {
    if (node.attribute.every(({ t, sparseTensor }) => (t ?? sparseTensor) === undefined)) {
      return node;
    }
    const attribute = node.attribute.map(({ t, sparseTensor, ...rest }) => ({
      ...rest,
      t: t === undefined ? undefined : this.join(t),
      sparseTensor: sparseTensor === undefined ? undefined : this.joinSparse(sparseTensor),
    }));
    return { ...node, attribute };
  }

  private read(tensor: TensorMessage): Uint8Array {
    const key = keyOf(tensor, this.file);
    const bytes = bytesOf(this.files, key, { file: this.file, key: `tensor ${tensor.name}` });
    const offset = numberOf(tensor, 'offset', this.file) ?? 0;
    const end = offset + (numberOf(tensor, 'length', this.file) ?? Math.max(0, bytes.length - offset)); // prettier-ignore
    if (end > bytes.length) {
      const values = { tensor: tensor.name, end, size: bytes.length, data: key };
      throw diagnose('ONNX_EXTERNAL_SIZE', { file: this.file }, values);
    }
    return bytes.subarray(offset, end);
  }
}

/** All tensors with data. */
function* tensorsOf(graph: GraphMessage): Iterable<TensorMessage> {
  yield* graph.initializer;
  for (const sparse of graph.sparseInitializer) yield* partsOf(sparse);
  for (const { attribute } of graph.node) {
    for (const { t, sparseTensor } of attribute) {
      if (t !== undefined) yield t;
      if (sparseTensor !== undefined) yield* partsOf(sparseTensor);
    }
  }
}

function partsOf({ values, indices }: SparseTensorMessage): readonly TensorMessage[] {
  return [values, indices].filter((tensor) => tensor !== undefined);
}

/** The key of the file that holds the tensor's data. */
function keyOf(tensor: TensorMessage, file: string): string {
  const location = entryOf(tensor, 'location');
  if (location === undefined || location === '') {
    const problem = 'no file is named';
    throw diagnose('ONNX_EXTERNAL_DATA', { file }, { tensor: tensor.name, problem });
  }
  if (UNSAFE_PATH.test(location) || location.split('/').includes('..')) {
    throw diagnose('ONNX_EXTERNAL_PATH', { file }, { tensor: tensor.name, location });
  }
  return resolveBeside(file, location);
}

/** A number of bytes. */
function numberOf(
  tensor: TensorMessage,
  key: 'offset' | 'length',
  file: string,
): number | undefined {
  const text = entryOf(tensor, key);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (DIGITS.test(text) && Number.isSafeInteger(value)) return value;
  const problem = `their ${key} is ${JSON.stringify(text)}, no number of bytes`;
  throw diagnose('ONNX_EXTERNAL_DATA', { file }, { tensor: tensor.name, problem });
}

function entryOf(tensor: TensorMessage, key: string): string | undefined {
  return tensor.externalData.find((entry) => entry.key === key)?.value;
}
