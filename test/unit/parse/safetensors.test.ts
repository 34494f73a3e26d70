/** Safetensors files whose header says what is not so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainNetwork } from '../../../src/ir/network.js';
import { parse } from '../../../src/parse/index.js';
import { writeHeader, writeSafetensors } from '../../helpers/safetensors-writer.js';
import { codeOf, stateDictFiles } from '../../helpers/state-dict-files.js';

const FILE = 'm.safetensors';
const TENSOR = { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] };
const DATA = new Uint8Array(new Float32Array([1, 2]).buffer);

const codeOfBytes = (bytes: Uint8Array): Promise<string> =>
  codeOf(stateDictFiles(FILE, bytes, ['a']));
const codeOfHeader = (header: unknown, data = DATA): Promise<string> =>
  codeOfBytes(writeHeader(typeof header === 'string' ? header : JSON.stringify(header), data));

describe('the header', () => {
  it('may be padded, and describe what no layer uses', async () => {
    expect(await codeOfHeader({ 'a.weight': TENSOR })).toBe('accepted');
    expect(await codeOfHeader(`{"a.weight":${JSON.stringify(TENSOR)}}   `)).toBe('accepted');
    const other = { dtype: 'F8_E4M3', shape: [8], data_offsets: [8, 16] };
    const both = {
      other,
      'a.weight': TENSOR,
      empty: { ...TENSOR, shape: [0], data_offsets: [8, 8] },
    };
    expect(await codeOfHeader(both, new Uint8Array(16))).toBe('accepted');
  });

  it('is JSON, an object of tensors', async () => {
    const broken = [
      '',
      '{',
      '[]',
      '{"a.weight":1}',
      '{"a":{},"a":{}}',
      '{"a":NaN}',
      `{"a":${'['.repeat(70)}`,
    ];
    for (const header of broken) {
      expect(await codeOfHeader(header), header).toMatch(/^SAFETENSORS_(?:HEADER|TENSOR)$/);
    }
    const bytes = writeHeader('{"?":0}', DATA);
    bytes[10] = 0xff;
    expect(await codeOfBytes(bytes)).toBe('SAFETENSORS_HEADER');
  });

  it('is as long as it says, and not too long', async () => {
    const long = (length: bigint): Promise<string> =>
      codeOfBytes(writeHeader(JSON.stringify({ 'a.weight': TENSOR }), DATA, length));
    expect(await long(1000n)).toBe('SAFETENSORS_TRUNCATED');
    expect(await long(2n ** 23n)).toBe('SAFETENSORS_HEADER_SIZE');
    expect(await long(2n ** 64n - 1n)).toBe('SAFETENSORS_HEADER_SIZE');
    expect(await long(10n)).toBe('SAFETENSORS_HEADER');
    expect(await long(0n)).toBe('SAFETENSORS_HEADER');
    expect(await codeOfBytes(new TextEncoder().encode('PK\u0003\u0004 a zip archive'))).toBe(
      'SAFETENSORS_HEADER',
    );
  });

  it('describes tensors completely', async () => {
    const tensors = [
      { ...TENSOR, dtype: 1 },
      { ...TENSOR, shape: [1.5] },
      { ...TENSOR, shape: [-1, -2] },
      { ...TENSOR, shape: ['1'] },
      { ...TENSOR, shape: 2 },
      { ...TENSOR, data_offsets: [0] },
      { ...TENSOR, data_offsets: [0, 8, 16] },
      { ...TENSOR, data_offsets: [8, 0] },
      { ...TENSOR, data_offsets: [-8, 0] },
      { ...TENSOR, data_offsets: [0, 1e300] },
      { dtype: 'F32', shape: [1, 2] },
      { ...TENSOR, shape: [2, 2] },
      { ...TENSOR, dtype: 'F64' },
      { ...TENSOR, shape: [2 ** 30, 2 ** 30] },
      { ...TENSOR, shape: [] },
    ];
    for (const tensor of tensors) {
      expect(await codeOfHeader({ 'a.weight': tensor }), JSON.stringify(tensor)).toBe(
        'SAFETENSORS_TENSOR',
      );
    }
    expect(await codeOfHeader({ 'a.weight': { ...TENSOR, dtype: 'F8_E5M2' } })).toBe(
      'SAFETENSORS_TYPE',
    );
    expect(await codeOfHeader({ 'a.weight': { ...TENSOR, dtype: 'constructor' } })).toBe(
      'SAFETENSORS_TYPE',
    );
  });

  it('covers the data exactly', async () => {
    const at = (begin: number, end: number) => ({ ...TENSOR, data_offsets: [begin, end] });
    const both = (first: object, second: object, size: number): Promise<string> =>
      codeOfHeader({ 'a.weight': first, b: second }, new Uint8Array(size));
    expect(await both(at(0, 8), at(8, 16), 16)).toBe('accepted');
    expect(await both(at(8, 16), at(0, 8), 16)).toBe('accepted');
    expect(await both(at(0, 8), at(0, 8), 8)).toBe('SAFETENSORS_LAYOUT');
    expect(await both(at(0, 8), at(4, 12), 12)).toBe('SAFETENSORS_LAYOUT');
    expect(await both(at(0, 8), at(9, 17), 17)).toBe('SAFETENSORS_LAYOUT');
    expect(await both(at(0, 8), at(8, 16), 17)).toBe('SAFETENSORS_SURPLUS');
    expect(await both(at(0, 8), at(8, 16), 15)).toBe('SAFETENSORS_TRUNCATED');
    expect(await codeOfHeader({})).toBe('SAFETENSORS_SURPLUS');
    expect(await codeOfHeader({}, new Uint8Array(0))).toBe('STATE_DICT_NAME');
  });
});

describe('bytes', () => {
  const whole = writeSafetensors({
    'a.weight': { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] },
    'a.bias': { shape: [2], data: [7, 8] },
  });

  it('reports every truncation', async () => {
    for (let length = 0; length < whole.length; length++) {
      expect(await codeOfBytes(whole.subarray(0, length)), String(length)).toMatch(
        /^(?:FILE_EMPTY|SAFETENSORS_TRUNCATED)$/,
      );
    }
  });

  it('meets damaged bytes with a diagnostic or a legal network', async () => {
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Uint8Array.from(whole);
        for (const [at, value] of changes) damaged[at] = value;
        expect(await codeOfBytes(damaged)).toMatch(
          /^(?:accepted|(?:SAFETENSORS|STATE_DICT)_[A-Z_]+)$/,
        );
      }),
      { seed: 3, numRuns: 800 },
    );
  });

  it('reads data that stand anywhere in a buffer', async () => {
    for (const shift of [1, 3]) {
      const padded = new Uint8Array(whole.length + shift);
      padded.set(whole, shift);
      const files = stateDictFiles(FILE, padded.subarray(shift), ['a']);
      const [layer] = plainNetwork(await parse(files)).layers;
      expect(Array.from(layer.weights.values)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(Array.from(layer.bias)).toEqual([7, 8]);
    }
  });
});
