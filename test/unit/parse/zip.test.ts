/** The reader of zip archives against archives that lie. */
import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { crc32 as crcOfNode } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import { checkInflatedSize, contentOf } from '../../../src/parse/torch/zip/content.js';
import { crc32 } from '../../../src/parse/torch/zip/crc.js';
import { readZip } from '../../../src/parse/torch/zip/entries.js';
import { concat, writeZip } from '../../helpers/zip-writer.js';
import type { ZipEntrySpec, ZipOptions } from '../../helpers/zip-writer.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Names and contents, as texts, of every entry. */
function read(bytes: Uint8Array): Record<string, string> {
  const entries = readZip(bytes, 'm.pth');
  checkInflatedSize(entries.values(), 'm.pth');
  return Object.fromEntries(
    [...entries.values()].map((entry) => [
      entry.name,
      new TextDecoder().decode(contentOf(entry, 'm.pth')),
    ]),
  );
}

function codeOf(entries: readonly ZipEntrySpec[], options: ZipOptions = {}): string {
  return codeOfBytes(writeZip(entries, options));
}

function codeOfBytes(bytes: Uint8Array): string {
  try {
    read(bytes);
    return 'accepted';
  } catch (error) {
    if (error instanceof Diagnostic) return error.code;
    throw error;
  }
}

describe('crc32', () => {
  it('agrees with the one of the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(crc32(bytes)).toBe(crcOfNode(bytes));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe('an archive', () => {
  const one = { name: 'a/x', data: text('one') };
  const two = { name: 'a/y', data: text('two, which is longer'.repeat(20)) };

  it('is read, stored or deflated, with sizes of 32 or of 64 bits', () => {
    const expected = { 'a/x': 'one', 'a/y': 'two, which is longer'.repeat(20) };
    for (const deflate of [false, true]) {
      for (const long of [false, true]) {
        const entries = [one, two].map((entry) => ({ ...entry, deflate, long }));
        expect(read(writeZip(entries))).toEqual(expected);
        expect(read(writeZip(entries, { short: true, comment: 'PK\u0005\u0006' }))).toEqual(
          expected,
        );
      }
    }
    expect(read(writeZip([]))).toEqual({});
    expect(read(writeZip([{ name: 'folder/', data: text('') }]))).toEqual({ 'folder/': '' });
  });

  it('gives stored entries as parts of its bytes', () => {
    const bytes = writeZip([one]);
    const entry = readZip(bytes, 'm.pth').get('a/x');
    expect(entry === undefined ? undefined : contentOf(entry, 'm.pth').buffer).toBe(bytes.buffer);
  });

  it('inflates entries of many portions, and blocks that are not compressed', () => {
    const noise = Uint8Array.from(
      { length: 300_000 },
      (_, index) => crcOfNode(text(String(index))) & 0xff,
    );
    const zeros = new Uint8Array(1_000_000);
    for (const data of [noise, zeros, concat([noise, zeros, noise])]) {
      for (const level of [0, 1, 9] as const) {
        const packed = deflateSync(data, { level });
        const entry = { name: 'a', method: 'deflated', packed, size: data.length } as const;
        const content = contentOf({ ...entry, crc: crcOfNode(data) }, 'm.pth');
        expect(Buffer.from(content).equals(Buffer.from(data)), `level ${level}`).toBe(true);
      }
    }
  });

  it('does not lead elsewhere', () => {
    for (const name of ['/etc/passwd', '../x', 'a/../../x', 'a\\..\\x', 'C:/x', '', 'a\0b']) {
      expect(codeOf([{ ...one, name }]), name).toBe('TORCH_ZIP_DAMAGED');
    }
    expect(codeOf([{ ...one, name: 'a/..x/...' }])).toBe('accepted');
  });

  it('does not say one thing here and another there', () => {
    const claims: readonly (readonly [string, NonNullable<ZipEntrySpec['claim']>])[] = [
      ['another name', { localName: 'a/z' }],
      ['a longer name', { localName: 'a/xx' }],
      ['no header there', { local: 1 }],
      ['a header beyond the end', { local: 2 ** 31 }],
      ['two sizes', { size: 4 }],
      ['data that reach into the directory', { size: 5000, packedSize: 5000 }],
      ['other content', { crc: 7 }],
    ];
    for (const [problem, claim] of claims) {
      expect(codeOf([{ ...one, claim }, two]), problem).toBe('TORCH_ZIP_DAMAGED');
    }
    const beyond = { size: 5000, packedSize: 5000, crc: 0 };
    expect(codeOf([{ ...one, claim: beyond }])).toBe('TORCH_ZIP_DAMAGED');
    expect(codeOf([one, { ...one, data: text('other') }])).toBe('TORCH_ZIP_DAMAGED');
    expect(codeOf([one, two], { entries: 1 })).toBe('TORCH_ZIP_DAMAGED');
    expect(codeOf([one, two], { entries: 3 })).toBe('TORCH_ZIP_DAMAGED');
    expect(codeOf([one], { entries: 2 ** 40 })).toBe('TORCH_ZIP_UNSUPPORTED');
    // The second entry's header stands inside of the data of the first.
    const inside = writeZip([{ name: 'b', data: text('x') }]);
    const nested = [
      { name: 'a', data: inside },
      { name: 'b', data: text('x'), claim: { local: 64 } },
    ];
    expect(codeOf(nested)).toBe('TORCH_ZIP_DAMAGED');
  });

  it('is not encrypted, and compressed by no other method', () => {
    expect(codeOf([{ ...one, claim: { flags: 0x0809 } }])).toBe('TORCH_ZIP_UNSUPPORTED');
    expect(codeOf([{ ...one, claim: { flags: 0x2808 } }])).toBe('TORCH_ZIP_UNSUPPORTED');
    for (const method of [1, 9, 12, 14, 93, 99]) {
      expect(codeOf([{ ...one, claim: { method } }])).toBe('TORCH_ZIP_UNSUPPORTED');
    }
  });

  it('has its directory at its end', () => {
    const bytes = writeZip([one, two]);
    expect(codeOfBytes(concat([bytes, text('surplus')]))).toBe('TORCH_ZIP_TRUNCATED');
    expect(codeOfBytes(concat([text('prefix'), bytes]))).toBe('TORCH_ZIP_DAMAGED');
    const short = concat([text('prefix'), writeZip([one], { short: true })]);
    expect(() => read(short)).toThrow('not where its end says');
    expect(codeOfBytes(new Uint8Array(0))).toBe('TORCH_ZIP_TRUNCATED');
    expect(codeOfBytes(new Uint8Array(100_000))).toBe('TORCH_ZIP_TRUNCATED');
  });
});

describe('a zip bomb', () => {
  /** Two million zeros in two thousand bytes, which deflate as well as anything can. */
  const zeros = new Uint8Array(2 ** 21);
  const packed = deflateSync(zeros, { level: 9 });

  it('is refused by the size that it declares', () => {
    const claim = { size: packed.length * 1032 + 1 };
    expect(codeOf([{ name: 'a', data: zeros, deflate: true, claim }])).toBe('TORCH_ZIP_BOMB');
    const huge = { size: 2 ** 40 };
    expect(codeOf([{ name: 'a', data: zeros, deflate: true, claim: huge, long: true }])).toBe(
      'TORCH_ZIP_BOMB',
    );
    // Each of them is plausible; together they are more than 256 megabytes.
    const entry = { method: 'deflated', crc: 0, packed, size: zeros.length } as const;
    const entries = Array.from({ length: 129 }, (_, index) => ({ ...entry, name: `a${index}` }));
    expect(() => checkInflatedSize(entries, 'm.pth')).toThrow('brings all of them to');
    expect(() => checkInflatedSize(entries.slice(1), 'm.pth')).not.toThrow();
  });

  it('is refused as soon as more comes out than was declared', () => {
    const claim = { size: 100, crc: 0 };
    expect(codeOf([{ name: 'a', data: zeros, deflate: true, claim }])).toBe('TORCH_ZIP_DAMAGED');
    const less = { size: zeros.length + 1, crc: 0 };
    expect(codeOf([{ name: 'a', data: zeros, deflate: true, claim: less }])).toBe(
      'TORCH_ZIP_DAMAGED',
    );
  });

  it('does not pile up what follows the end of the data', () => {
    const tail = concat([deflateSync(text('end')), new Uint8Array(2 ** 22)]);
    const entry = { name: 'a', method: 'deflated', crc: 0, packed: tail, size: 5 } as const;
    expect(() => contentOf(entry, 'm.pth')).toThrow('smaller than it declares');
  });

  it('is refused when its data are no deflated data', () => {
    const broken = { name: 'a', method: 'deflated', crc: 0, size: 100 } as const;
    for (const bytes of [[7, 7, 7], [0xff, 0xff], [3, 0], []]) {
      const entry = { ...broken, packed: Uint8Array.from(bytes) };
      expect(() => contentOf(entry, 'm.pth')).toThrow(Diagnostic);
    }
  });
});
