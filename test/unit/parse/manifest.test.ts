import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listManifestFiles, parse } from '../../../src/parse/index.js';
import { parseJson } from '../../../src/parse/manifest/json.js';
import type { JsonNode } from '../../../src/parse/manifest/json.js';
import { readManifest } from '../../../src/parse/manifest/manifest.js';
import { plainNetwork } from '../../../src/ir/network.js';

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
    case 'array':
      return node.items.map(plain);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, '\t'), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(plain(parseJson(JSON.stringify(value, null, indent), 'm.json'))).toEqual(value);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const broken = fc.string({
      unit: fc.constantFrom(...Array.from('{}[]",:01-.eE+ \ntruefalsn\\u')),
      maxLength: 12,
    });
    const readable = (read: () => unknown): boolean => {
      try {
        read();
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(broken, (text) => {
        expect(readable(() => parseJson(text, 'm.json'))).toBe(readable(() => JSON.parse(text)));
      }),
      { seed: 7, numRuns: 5000 },
    );
  });

  it('does not follow hostile nesting onto the call stack', () => {
    expect(() => parseJson('['.repeat(100_000), 'm.json')).toThrow('levels');
  });
});

describe('readManifest', () => {
  const read = (value: unknown) => readManifest(JSON.stringify(value), 'models/net.json');

  it('reads every form of a domain', () => {
    const domains = [[1, 0, 1], { min: -1, max: 1 }, 'real', [[0, 1], { min: 0, max: 2 }, 'real']];
    const inputs = domains.map((domain) => read({ input: { domain } }).inputs[0].domain?.value);
    expect(inputs).toEqual([
      { kind: 'values', values: [0, 1] },
      { kind: 'interval', min: -1, max: 1 },
      { kind: 'real' },
      {
        kind: 'per-cell',
        cells: [
          { kind: 'values', values: [0, 1] },
          { kind: 'interval', min: 0, max: 2 },
          { kind: 'real' },
        ],
      },
    ]);
  });

  it('reads thresholds, slopes and several inputs', () => {
    const description = read({
      input: [
        { name: 'a', shape: [] },
        { name: 'b', shape: [2, 3], features: Array.from('uvwxyz') },
      ],
      layers: [{ weights: 'a.csv', activation: 'leaky-relu', slope: 0.2 }, { weights: 'b.csv' }],
      output: { decision: 'threshold', threshold: 0.5 },
      tieTolerance: 0,
    });
    expect(description.inputs.map(({ shape }) => shape?.value)).toEqual([[], [2, 3]]);
    expect(description.layers?.map(({ activation }) => activation)).toEqual([
      { kind: 'leaky-relu', slope: 0.2 },
      { kind: 'identity' },
    ]);
    expect(description.decision?.value).toEqual({ kind: 'threshold', threshold: 0.5 });
    expect(description.tieTolerance).toBe(0);
  });
});

describe('listManifestFiles', () => {
  it('resolves the paths beside the manifest, once each, in layer order', () => {
    const layers = ['b.csv', './a.csv', 'sub/../b.csv', '../c.csv', '../../d.csv'];
    const text = JSON.stringify({ layers: layers.map((weights) => ({ weights })) });
    const files = ['models/b.csv', 'models/a.csv', 'c.csv', '../d.csv'];
    expect(listManifestFiles('models/net.json', text)).toEqual(files);
  });

  it('names the ONNX file that a manifest without layers describes', () => {
    expect(listManifestFiles('models/net.json', '{}')).toEqual(['models/net.onnx']);
  });
});

describe('parse with options', () => {
  const files = { 'a_1.csv': '1,2\n3,4\n5,6\n', 'a_2.csv': '1\n1\n0\n' };

  it('reads weights files in the order given, named after what they share', async () => {
    const network = await parse(files, {
      shape: [1, 2],
      domain: { kind: 'values', values: [0, 1] },
      activation: ['sign'],
      decision: 'threshold',
      labels: ['no', 'yes'],
      tieTolerance: 0,
    });
    expect(network.name).toBe('a');
    expect(network.inputs).toEqual([
      { name: 'input', shape: [1, 2], domain: { kind: 'values', values: [0, 1] } },
    ]);
    expect(plainNetwork(network).layers.map(({ activation }) => activation.kind)).toEqual([
      'sign',
      'identity',
    ]);
    expect(plainNetwork(network).layers.map(({ tieTolerance }) => tieTolerance)).toEqual([0, 0]);
    expect(network.decision).toEqual({ kind: 'threshold', threshold: 0 });
    expect(network.outputs).toEqual([{ name: 'scores', shape: [1], labels: ['no', 'yes'] }]);
    expect(network.parameters).toBe(9);
  });

  it('takes one activation per layer, and for a single layer the one', async () => {
    const two = await parse(files, { activation: ['relu', 'tanh'] });
    expect(plainNetwork(two).layers.map(({ activation }) => activation.kind)).toEqual([
      'relu',
      'tanh',
    ]);
    const one = await parse({ 'a.csv': '1\n1\n' }, { activation: ['step'] });
    expect(plainNetwork(one).layers[0].activation).toEqual({ kind: 'step' });
    await expect(parse(files, { activation: ['sign', 'sign', 'sign'] })).rejects.toMatchObject({
      code: 'ACTIVATION_COUNT',
    });
  });

  it('hashes the bytes of the weights in layer order, and nothing else', async () => {
    const network = await parse(files, { name: 'other' });
    expect(network.source).toMatch(/^sha256:[0-9a-f]{64}$/);
    const joined = await parse(
      { 'b.csv': '1,2\n3,4\n5,6\n', 'c.csv': '1\n1\n0\n' },
      { shape: [2] },
    );
    expect(joined.source).toBe(network.source);
    const changed = await parse({ ...files, 'a_2.csv': '1\n1\n0' });
    expect(changed.source).not.toBe(network.source);
  });

  it('refuses options that are no option of any model', async () => {
    const code = (options: Parameters<typeof parse>[1]) =>
      parse(files, options).then(
        () => 'accepted',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      );
    expect(await code({ shape: [1e9] })).toBe('SHAPE_TOO_LARGE');
    expect(await code({ shape: [3] })).toBe('CSV_ROW_COUNT');
    expect(await code({ domain: { kind: 'values', values: [] } })).toBe('DOMAIN_INVALID');
    expect(await code({ domain: { kind: 'interval', min: 1, max: 0 } })).toBe('DOMAIN_INVALID');
    expect(await code({ decision: 'max' })).toBe('DECISION_UNKNOWN');
    expect(await code({ activation: ['signum'] })).toBe('ACTIVATION_UNKNOWN');
    expect(await code({ tieTolerance: -1 })).toBe('TIE_TOLERANCE_INVALID');
    expect(await code({ labels: ['a', 'a'] })).toBe('NAME_DUPLICATE');
    expect(await code({ main: 'none.json' })).toBe('FILE_NOT_FOUND');
  });
});
