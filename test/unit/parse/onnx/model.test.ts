import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { MOST_MESSAGES } from '../../../../src/parse/onnx/fields.js';
import { decodeModel, functionKey } from '../../../../src/parse/onnx/model.js';
import { writeOnnx } from '../../../helpers/onnx-writer.js';

const MODEL = { nodes: [], inputs: [], outputs: [] };

function problemOf(bytes: Uint8Array): string {
  try {
    decodeModel(bytes, 'm.onnx');
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** A legal model, and then what `write` appends. */
function withMore(write: (writer: protobuf.Writer) => void): Uint8Array {
  const writer = protobuf.Writer.create();
  write(writer);
  return Uint8Array.from([...writeOnnx(MODEL), ...writer.finish()]);
}

describe('models', () => {
  it('expose the entries of the exporter', () => {
    const metadata = { classes: '["cat","dog"]', author: 'ä', __proto__x: '' };
    const model = decodeModel(writeOnnx({ ...MODEL, metadata }), 'm.onnx');
    expect(Object.fromEntries(model.metadata)).toEqual(metadata);
  });

  it('take the highest of several versions of an operator set', () => {
    const opsets = { 'ai.onnx': 17, 'com.example': 99 };
    expect(decodeModel(writeOnnx({ ...MODEL, opset: 9, opsets }), 'm.onnx').opset).toBe(17);
  });

  it('name their functions by domain', () => {
    const functions = { 'pkg.local': 'Twice', 'ai.onnx': 'Relu' };
    const model = decodeModel(writeOnnx({ ...MODEL, functions }), 'm.onnx');
    expect([...model.functions]).toEqual([functionKey('pkg.local', 'Twice'), functionKey('', 'Relu')]); // prettier-ignore
  });

  it('warn of fields that are not known, and of none that is known', () => {
    expect(decodeModel(writeOnnx(MODEL), 'm.onnx').warnings).toEqual([]);
    const known = withMore((writer) => writer.uint32((2 << 3) | 2).string('producer'));
    expect(decodeModel(known, 'm.onnx').warnings).toEqual([]);
    const unknown = withMore((writer) => {
      writer.uint32(40 << 3).int64(5);
      writer.uint32((41 << 3) | 5).float(5);
      writer.uint32((42 << 3) | 1).double(5);
      writer.uint32((43 << 3) | 2).string('five');
    });
    expect(decodeModel(unknown, 'm.onnx').warnings).toEqual([
      'm.onnx: fields that are not known were left out: ModelProto 40, ModelProto 41, ModelProto 42, ModelProto 43',
    ]);
  });
});

describe('damaged models', () => {
  it('have no groups, which nest without a length', () => {
    const nested = (depth: number) =>
      withMore((writer) => {
        for (let level = 0; level < depth; level++) writer.uint32((40 << 3) | 3);
      });
    expect(problemOf(nested(1))).toMatch(/^ONNX_MALFORMED: .*a group/);
    expect(problemOf(nested(100_000))).toMatch(/^ONNX_MALFORMED: .*a group/);
    const closed = withMore((writer) => writer.uint32((40 << 3) | 4));
    expect(problemOf(closed)).toMatch(/^ONNX_MALFORMED: .*invalid wire type 4/);
  });

  it('have one graph', () => {
    const two = withMore((writer) => writer.uint32((7 << 3) | 2).fork().ldelim()); // prettier-ignore
    expect(problemOf(two)).toMatch(/^ONNX_MALFORMED: .*a second GraphProto/);
  });

  it('have fields with numbers, of the type that the schema says', () => {
    expect(problemOf(withMore((writer) => writer.uint32(0).uint32(0)))).toMatch(/field number 0/);
    const wrong = withMore((writer) => writer.uint32((1 << 3) | 2).string('8'));
    expect(problemOf(wrong)).toMatch(/^ONNX_MALFORMED: .*wrong type/);
  });

  it('have no numbers of more than 64 bits', () => {
    const bits = [1 << 3, ...new Array<number>(10).fill(0xff), 1];
    const long = Uint8Array.from([...writeOnnx(MODEL), ...bits]);
    expect(problemOf(long)).toMatch(/^ONNX_MALFORMED: .*invalid varint encoding/);
  });

  it('end within their bytes, whatever length they declare', () => {
    const declared = (length: number) =>
      problemOf(withMore((writer) => writer.uint32((14 << 3) | 2).uint32(length)));
    for (const length of [5, 2 ** 31 - 1]) {
      expect(declared(length), String(length)).toMatch(/^ONNX_TRUNCATED/);
    }
    // Protocol buffers end at two gigabytes.
    for (const length of [2 ** 31, 2 ** 32 - 1]) {
      expect(declared(length), String(length)).toMatch(/^ONNX_(MALFORMED|TRUNCATED)/);
    }
  });

  it('end their messages within the message around', () => {
    const beyond = withMore((writer) => {
      writer.uint32((14 << 3) | 2).uint32(2); // An entry of two bytes,
      writer.uint32((1 << 3) | 2).uint32(9); // the key of which has nine.
      writer.uint32((2 << 3) | 2).string('0123456789');
    });
    expect(problemOf(beyond)).toMatch(/^ONNX_MALFORMED: .*beyond its message/);
  });

  it('have packed lists of whole numbers', () => {
    const list = (field: number, bytes: readonly number[]): Uint8Array =>
      withMore((writer) => {
        writer.uint32((20 << 3) | 2).string('');
        const inner = [(5 << 3) | 2, bytes.length + 2, (field << 3) | 2, bytes.length, ...bytes];
        writer.uint32((7 << 3) | 2).bytes(Uint8Array.from(inner));
      });
    // The graph is the second one: take the first away.
    const only = (field: number, bytes: readonly number[]): Uint8Array =>
      list(field, bytes).subarray(writeOnnx(MODEL).length);
    expect(problemOf(only(4, [1, 2, 3]))).toMatch(/^ONNX_MALFORMED: .*a list is cut/);
    expect(problemOf(only(10, [1, 2, 3, 4]))).toMatch(/^ONNX_MALFORMED: .*a list is cut/);
    expect(problemOf(only(7, [1, 0x80]))).toMatch(/^ONNX_MALFORMED: .*a list is cut/);
    expect(problemOf(only(5, new Array<number>(10).fill(0xff).concat(1)))).toMatch(/list is cut/);
    expect(problemOf(only(1, [1, 0x80]))).toMatch(/^ONNX_MALFORMED/);
    expect(problemOf(only(4, [1, 2, 3, 4]))).toMatch(/^ONNX_NO_OPSET/);
  });

  it('have a bounded number of parts', () => {
    // Two bytes each: empty entries.
    const bytes = new Uint8Array(2 * MOST_MESSAGES + 2);
    for (let at = 0; at < bytes.length; at += 2) bytes[at] = (14 << 3) | 2;
    expect(problemOf(bytes)).toMatch(/^ONNX_TOO_MANY_PARTS/);
  });
});
