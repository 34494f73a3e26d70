/** Pickles that a stranger could write: read by an allow-list, within bounds, and never run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/parse/index.js';
import { readPickle } from '../../../src/parse/torch/pickle/run.js';
import { writePickle } from '../../helpers/pickle-writer.js';
import type { PickleSpec } from '../../helpers/pickle-writer.js';
import { codeOf, stateDictFiles } from '../../helpers/state-dict-files.js';
import { tensorSpec, writeTorchPickle } from '../../helpers/torch-writer.js';

const WEIGHT = { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };

const codeOfBytes = (bytes: Uint8Array): Promise<string> =>
  codeOf(stateDictFiles('m.pth', bytes, ['a']));
const codeOfPickle = (pickle: PickleSpec | Uint8Array): Promise<string> =>
  codeOfBytes(writeTorchPickle(pickle, { storages: [new Uint8Array(24)] }));
const messageOf = (bytes: Uint8Array): Promise<string> =>
  parse(stateDictFiles('m.pth', bytes, ['a'])).then(
    () => 'accepted',
    (error: unknown) => String(error),
  );

describe('a pickle', () => {
  it.each([
    ['os', 'system'],
    ['posix', 'system'],
    ['builtins', 'eval'],
    ['__builtin__', 'exec'],
    ['subprocess', 'Popen'],
    ['torch._utils', '_rebuild_parameter'],
    ['torch._utils', '_rebuild_tensor_v3'],
    ['torch', 'ComplexFloatStorage'],
    ['torch', 'FloatStorage.from_file'],
    ['collections', 'OrderedDict.fromkeys'],
    ['numpy.core.multiarray', 'scalar'],
    ['constructor', 'constructor'],
  ])('does not get at %s.%s', async (module, name) => {
    const ran = { global: [module, name], args: ['echo ran > /tmp/ran'] } as const;
    const places: readonly PickleSpec[] = [
      ran,
      { dict: [['a.weight', ran]] },
      { ordered: [], state: { dict: [['hook', ran]] } },
      {
        dict: [
          ['a.weight', tensorSpec(WEIGHT, '0')],
          ['hook', { global: [module, name] }],
        ],
      },
    ];
    for (const place of places) {
      for (const protocol of [2, 4] as const) {
        const bytes = writeTorchPickle(place, { protocol, storages: [new Uint8Array(24)] });
        expect(await codeOfBytes(bytes)).toBe('TORCH_FOREIGN_GLOBAL');
        expect(await messageOf(bytes)).toContain(`"${module}.${name}"`);
      }
    }
  });

  it('calls what it may call as PyTorch does, and nothing else', async () => {
    const dict = ['collections', 'OrderedDict'] as const;
    const rebuild = ['torch._utils', '_rebuild_tensor_v2'] as const;
    const malformed: readonly PickleSpec[] = [
      { global: dict, args: [{ list: [] }] },
      { global: rebuild, args: [] },
      { global: rebuild, args: [1, 2, 3, 4, 5, 6] },
      { global: ['torch', 'FloatStorage'], args: [4] },
      { persistent: 'storage' },
      { persistent: { tuple: ['module', { global: ['torch', 'FloatStorage'] }, '0', 'cpu', 1] } },
      { persistent: { tuple: ['storage', { global: dict }, '0', 'cpu', 1] } },
      { persistent: { tuple: ['storage', { global: ['torch', 'FloatStorage'] }, '0', 'cpu', -1] } },
      {
        dict: [
          ['a', 1],
          ['a', 2],
        ],
      },
      // A view whose numbers are the negatives of what is stored.
      {
        global: rebuild,
        args: [
          {
            persistent: {
              tuple: ['storage', { global: ['torch', 'FloatStorage'] }, '0', 'cpu', 6],
            },
          },
          0,
          { tuple: [2, 3] },
          { tuple: [3, 1] },
          false,
          { ordered: [] },
          { dict: [['neg', true]] },
        ],
      },
    ];
    for (const pickle of malformed) {
      expect(await codeOfPickle(pickle), JSON.stringify(pickle)).toBe('TORCH_PICKLE_MALFORMED');
    }
  });

  it('holds tensors by name, or is refused with what it holds', async () => {
    const others: readonly PickleSpec[] = [
      null,
      7,
      'text',
      { list: [] },
      { tuple: [] },
      { dict: [] },
      {
        dict: [
          [1, 2],
          ['epoch', 3],
        ],
      },
      { dict: [['state_dict', { dict: [['lr', 1]] }]] },
      { global: ['torch', 'FloatStorage'] },
      tensorSpec(WEIGHT, '0'),
    ];
    for (const pickle of others) {
      expect(await codeOfPickle(pickle), JSON.stringify(pickle)).toBe('TORCH_NO_STATE_DICT');
    }
  });

  const raw = (...bytes: readonly (number | string)[]): Uint8Array =>
    Uint8Array.from(
      bytes.flatMap((part) =>
        typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [part],
      ),
    );

  it.each([
    ['INST', '(ios\nsystem\n.'],
    ['OBJ', '(ccollections\nOrderedDict\no.'],
    ['NEWOBJ', ')\x81.'],
    ['NEWOBJ_EX', ')\x92.'],
    ['EXT1', '\x82\x01.'],
    ['PERSID', 'P1\n.'],
    ['INT', 'I1\n.'],
    ['LONG4', '\x8b\xff\xff\xff\x7f.'],
    ['STRING', "S'x'\n."],
    ['BINBYTES', 'B\xff\xff\xff\xff.'],
    ['GET', 'g0\n.'],
    ['DICT', '(d.'],
    ['LIST', '(l.'],
    ['POP', '0.'],
    ['DUP', '2.'],
    ['EMPTY_SET', '\x8f.'],
    ['NEXT_BUFFER', '\x97.'],
    ['zero', '\0.'],
  ])('has no operation %s', async (name, text) => {
    expect(await codeOfPickle(raw(0x80, 2, text)), name).toBe('TORCH_PICKLE_OPERATION');
  });

  it.each([
    ['nothing', ''],
    ['no value', '.'],
    ['no end', 'N'],
    ['a mark below', 'N(.'],
    ['no mark', 't.'],
    ['no mark for entries', '}u.'],
    ['a key without a value', '}(Nu.'],
    ['entries of a list', '](NNu.'],
    ['elements of a dict', '}Na.'],
    ['attributes of nothing', 'NNb.'],
    ['a call of a text', 'X\x01\0\0\0a)R.'],
    ['a call without a tuple', 'ccollections\nOrderedDict\nNR.'],
    ['an empty memo', 'h\0.'],
    ['a memo of nothing', 'q\0.'],
    ['a text beyond the end', 'X\xff\xff\xff\xffa.'],
    ['a short text beyond the end', '\x8c\xffa.'],
    ['a text that is not UTF-8', 'X\x01\0\0\0\xff.'],
    ['a name without an end', 'cos'],
    ['a name that is too long', `c${'o'.repeat(300)}\nsystem\n.`],
    ['a global that has no name', 'NN\x93.'],
    ['a number beyond the end', 'G\0.'],
    ['a protocol of the future', '\x80\x06N.'],
  ])('is malformed with %s', async (_, text) => {
    expect(await codeOfPickle(raw(text))).toBe('TORCH_PICKLE_MALFORMED');
  });

  it('may hold whole numbers of any length', () => {
    const numbers: readonly (readonly [string, number])[] = [
      ['\x8a\0', 0],
      ['\x8a\x01\xff', -1],
      ['\x8a\x02\xff\0', 255],
      ['\x8a\x08\0\0\0\0\0\0\0\x80', -(2 ** 63)],
      // No size has more bytes, and what it is does not matter.
      [`\x8a\xff${'\x01'.repeat(255)}`, NaN],
    ];
    for (const [text, value] of numbers) {
      expect(readPickle(raw(text, '.'))).toEqual({ kind: 'value', value });
    }
  });

  it('may hold itself', async () => {
    // A list in itself, a dict in itself, and a dict that is its own state dict.
    expect(await codeOfPickle(raw(']q\0h\0a.'))).toBe('TORCH_NO_STATE_DICT');
    expect(await codeOfPickle(raw('}q\0X\x0a\0\0\0state_dicth\0s.'))).toBe('TORCH_NO_STATE_DICT');
  });

  it('ends: depth, number of operations and size have bounds', async () => {
    const many = new Uint8Array(2 ** 21 + 1).fill('}'.charCodeAt(0));
    expect(await codeOfPickle(many)).toBe('TORCH_PICKLE_TOO_LARGE');
    const deep = new Uint8Array(1000).fill('('.charCodeAt(0));
    expect(readPickle(deep)).toMatchObject({ problem: 'values are nested too deeply' });
    const long = new Uint8Array(2 ** 26 + 1);
    expect(await codeOfPickle(long)).toBe('TORCH_PICKLE_TOO_LARGE');
    // A list of ten of itself, forty deep: a thousand values that would print as ten to the forty.
    const laughs = Array.from(
      { length: 40 },
      (_, k) => `](${`h${String.fromCharCode(k)}`.repeat(10)}eq${String.fromCharCode(k + 1)}`,
    );
    expect(await codeOfPickle(raw(']q\0', ...laughs, '.'))).toBe('TORCH_NO_STATE_DICT');
  });

  it('meets damaged pickles with a diagnostic or a legal network', async () => {
    const pickle: PickleSpec = { dict: [['a.weight', tensorSpec(WEIGHT, '0')]] };
    const whole = writeTorchPickle(pickle, { storages: [new Uint8Array(24)] });
    expect(await codeOfBytes(whole)).toBe('accepted');
    const bytes = writePickle(pickle);
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        expect(await codeOfPickle(damaged)).toMatch(
          /^(?:accepted|(?:TORCH|STATE_DICT)_[A-Z0-9_]+)$/,
        );
      }),
      { seed: 5, numRuns: 800 },
    );
  });
});
