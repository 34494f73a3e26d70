/**
 * Reads a safetensors file: eight bytes of the header's length, the header, which is JSON, and the
 * tensors one after the other. Nothing that the header says is believed before it has been compared
 * with the bytes that are there; the tensors are parts of the file, not copies.
 */
import { diagnose, Diagnostic } from '../../diagnostics/diagnostic.js';
import { parseJson } from '../manifest/json.js';
import type { JsonNode } from '../manifest/json.js';
import { ELEMENT_TYPES } from '../state-dict/element-types.js';
import type { ElementType } from '../state-dict/element-types.js';
import { rowMajorStrides } from '../state-dict/tensor.js';
import type { StateDict, StoredTensor } from '../state-dict/tensor.js';

/** Bytes of the number that says how long the header is. */
const LENGTH_BYTES = 8;

/**
 * Longest header. The format allows 100 MB; this is enough for forty thousand tensors, and small enough
 * that a hostile one is read in a moment.
 */
const LONGEST_HEADER = 2 ** 22;

/** `{`, the first byte of every header. */
const OPENING_BRACE = 123;

/** A key of the header that is no tensor, but free text. */
const METADATA = '__metadata__';

const TYPES: ReadonlyMap<string, ElementType> = new Map([
  ['F64', ELEMENT_TYPES.float64],
  ['F32', ELEMENT_TYPES.float32],
  ['F16', ELEMENT_TYPES.float16],
  ['BF16', ELEMENT_TYPES.bfloat16],
  ['I64', ELEMENT_TYPES.int64],
  ['I32', ELEMENT_TYPES.int32],
  ['I16', ELEMENT_TYPES.int16],
  ['I8', ELEMENT_TYPES.int8],
  ['U8', ELEMENT_TYPES.uint8],
  ['BOOL', ELEMENT_TYPES.bool],
]);

/** A tensor as the header describes it; `begin` and `end` are offsets into the data. */
interface HeaderTensor {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * The tensors of a safetensors file; of other types than are supported only those that are asked for are
 * refused.
 *
 * @throws Diagnostic of the safetensors area.
 */
export function readSafetensors(bytes: Uint8Array, file: string): StateDict {
  const dataStart = findData(bytes, file);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart), file);
  const data = bytes.subarray(dataStart);
  checkLayout(header, data.length, bytes.length, file);
  const tensors = new Map(header.map((tensor) => [tensor.name, tensor]));
  return {
    file,
    names: header.map(({ name }) => name),
    tensor: (name) => {
      const tensor = tensors.get(name);
      return tensor === undefined ? undefined : storedTensor(tensor, data, file);
    },
  };
}

/** The offset at which the data begin. */
function findData(bytes: Uint8Array, file: string): number {
  if (bytes.length < LENGTH_BYTES) {
    throw diagnose('SAFETENSORS_TRUNCATED', { file }, { size: bytes.length, needed: LENGTH_BYTES });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (bytes.length > LENGTH_BYTES && bytes[LENGTH_BYTES] !== OPENING_BRACE) {
    throw diagnose('SAFETENSORS_HEADER', { file }, { problem: 'it has no header in JSON' });
  }
  if (length > LONGEST_HEADER) {
    throw diagnose('SAFETENSORS_HEADER_SIZE', { file }, { size: length, limit: LONGEST_HEADER });
  }
  const end = LENGTH_BYTES + length;
  if (end > bytes.length) {
    throw diagnose('SAFETENSORS_TRUNCATED', { file }, { size: bytes.length, needed: end });
  }
  return end;
}

function parseHeader(bytes: Uint8Array, file: string): HeaderTensor[] {
  const root = parseHeaderText(bytes, file);
  if (root.kind !== 'object') {
    throw diagnose('SAFETENSORS_HEADER', { file }, { problem: 'its header is no object' });
  }
  return [...root.entries]
    .filter(([name]) => name !== METADATA)
    .map(([name, node]) => readTensor(name, node, file));
}

function parseHeaderText(bytes: Uint8Array, file: string): JsonNode {
  const problem = (text: string): Diagnostic =>
    diagnose('SAFETENSORS_HEADER', { file }, { problem: text });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw problem('its header is not UTF-8 text');
  }
  try {
    return parseJson(text, file);
  } catch (error) {
    if (!(error instanceof Diagnostic)) throw error;
    const { row, column } = error.place;
    throw problem(`in its header, row ${row ?? 1}, column ${column ?? 1}: ${error.message}`);
  }
}

function readTensor(name: string, node: JsonNode, file: string): HeaderTensor {
  const problem = (text: string): Diagnostic =>
    diagnose('SAFETENSORS_TENSOR', { file }, { tensor: name, problem: text });
  if (node.kind !== 'object') throw problem('is not described by an object');
  const type = node.entries.get('dtype');
  const shape = wholeNumbers(node.entries.get('shape'));
  const offsets = wholeNumbers(node.entries.get('data_offsets'));
  if (type?.kind !== 'string') throw problem('has no dtype');
  if (shape === undefined) throw problem('has no shape of whole numbers');
  if (offsets?.length !== 2) throw problem('has no data_offsets of two whole numbers');
  const [begin, end] = offsets;
  if (begin > end) throw problem(`ends at byte ${end} of the data, before it begins at ${begin}`);
  return { name, type: type.value, shape, begin, end };
}

function wholeNumbers(node: JsonNode | undefined): readonly number[] | undefined {
  if (node?.kind !== 'array') return undefined;
  const numbers: number[] = [];
  for (const item of node.items) {
    if (item.kind !== 'number' || !Number.isSafeInteger(item.value) || item.value < 0) {
      return undefined;
    }
    numbers.push(item.value);
  }
  return numbers;
}

/** The tensors must cover the data exactly, as the format demands: no byte twice, none left out. */
function checkLayout(
  tensors: readonly HeaderTensor[],
  dataSize: number,
  size: number,
  file: string,
): void {
  const ends = tensors.reduce((end, tensor) => Math.max(end, tensor.end), 0);
  if (ends > dataSize) {
    throw diagnose('SAFETENSORS_TRUNCATED', { file }, { size, needed: size - dataSize + ends });
  }
  const ordered = [...tensors].sort(
    (left, right) => left.begin - right.begin || left.end - right.end,
  );
  let expected = 0;
  for (const { name, begin, end } of ordered) {
    if (begin !== expected) {
      throw diagnose('SAFETENSORS_LAYOUT', { file }, { tensor: name, begin, expected });
    }
    expected = end;
  }
  if (expected !== dataSize) {
    throw diagnose('SAFETENSORS_SURPLUS', { file }, { end: expected, size: dataSize });
  }
}

function storedTensor(tensor: HeaderTensor, data: Uint8Array, file: string): StoredTensor {
  const { name, shape, begin, end } = tensor;
  const type = TYPES.get(tensor.type);
  if (type === undefined) {
    const known = [...TYPES.keys()];
    throw diagnose('SAFETENSORS_TYPE', { file }, { tensor: name, type: tensor.type, known });
  }
  const needed = shape.reduce((product, extent) => product * extent, type.bytes);
  if (needed !== end - begin) {
    const problem = `of shape [${shape.join(', ')}] needs ${needed} bytes, its data have ${end - begin}`;
    throw diagnose('SAFETENSORS_TENSOR', { file }, { tensor: name, problem });
  }
  const storage = data.subarray(begin, end);
  return {
    name,
    type,
    shape,
    strides: rowMajorStrides(shape),
    offset: 0,
    storage,
    littleEndian: true,
  };
}
