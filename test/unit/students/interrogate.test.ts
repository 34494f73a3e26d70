import { describe, expect, it } from 'vitest';
import type { InputTensor, ModelInterface } from '../../../src/ir/model-interface.js';
import type { Ask } from '../../../src/students/ask.js';
import { interrogate } from '../../../src/students/interrogate.js';
import type { Interrogation } from '../../../src/students/interrogate.js';

function modelOf(...inputs: readonly InputTensor[]): ModelInterface {
  const outputs = [{ name: 'out', shape: [1] }];
  return { name: 'model', source: 'sha256:0', inputs, outputs, decision: { kind: 'none' } };
}

/** A function of one row as an `Ask`. */
function each(value: (row: readonly number[]) => number): Ask {
  return (columns) => columns[0].map((_, k) => value(columns.map((column) => column[k])));
}

const MOTION: InputTensor = {
  name: 'motion',
  shape: [2],
  features: ['v', 'm'],
  domain: {
    kind: 'per-cell',
    cells: [{ kind: 'interval', min: -5, max: 5 }, { kind: 'real' }],
  },
};
const ENERGY = each(([v, m]) => 0.5 * m * v * v);

describe('interrogate', () => {
  it('gives rows to learn from, with the answers and where they were asked', () => {
    const found = interrogate(modelOf(MOTION), ENERGY, { seed: 1, rows: 200 });
    expect(found.training.names).toEqual(['v', 'm']);
    expect(found.training.target).toHaveLength(200);
    expect(found.training.target).toEqual(ENERGY(found.training.columns));
    expect(found.assumed).toEqual([1]);
    expect(found.domains[1]).toEqual({ kind: 'interval', min: -5, max: 5 });
    expect(found.training.columns.every((column) => column.every((x) => Math.abs(x) <= 5))).toBe(
      true,
    );
  });

  it('is a function of the seed', () => {
    const ask = (seed: number): Interrogation =>
      interrogate(modelOf(MOTION), ENERGY, { seed, rows: 50 });
    expect(ask(3).training).toEqual(ask(3).training);
    expect(ask(4).training).not.toEqual(ask(3).training);
  });

  it('takes the range that the user names for what has none', () => {
    const { domains } = interrogate(modelOf(MOTION), ENERGY, { seed: 0, range: [0, 2] });
    expect(domains[0]).toEqual({ kind: 'interval', min: -5, max: 5 });
    expect(domains[1]).toEqual({ kind: 'interval', min: 0, max: 2 });
  });

  it('asks a small finite domain whole', () => {
    const bits: InputTensor = {
      name: 'bits',
      shape: [2, 3],
      domain: { kind: 'values', values: [0, 1] },
    };
    const found = interrogate(modelOf(bits), each((row) => row.reduce((a, b) => a + b)), { seed: 0 }); // prettier-ignore
    expect(found.isExhaustive).toBe(true);
    expect(found.training.target).toHaveLength(64);
    expect(found.training.names[5]).toBe('bits_1_2');
    const rows = Array.from({ length: 64 }, (_, row) =>
      found.training.columns.map((column) => column[row]).join(''),
    );
    expect(new Set(rows).size).toBe(64);
  });

  it('lets the chosen features vary and holds the others at rest', () => {
    const image: InputTensor = {
      name: 'image',
      shape: [28, 28],
      domain: { kind: 'interval', min: 0, max: 1 },
    };
    const ask = each((row) => row[3] - 2 * row[700] + row[5]);
    const options = { seed: 0, rows: 64, features: ['image_25_0', 'image_0_3'] };
    const { features, training, rest, ask: over } = interrogate(modelOf(image), ask, options);
    expect(features).toEqual([700, 3]);
    expect(rest[5]).toBe(0.5);
    const [seven, three] = training.columns;
    expect(training.target).toEqual(three.map((x, k) => x - 2 * seven[k] + 0.5));
    expect(over([Float64Array.of(1), Float64Array.of(0)])).toEqual(Float64Array.of(-1.5));
  });

  it('refuses more inputs than a formula is searched over', () => {
    const image: InputTensor = {
      name: 'image',
      shape: [28, 28],
      domain: { kind: 'values', values: [0, 1] },
    };
    const ask = each(() => 0);
    expect(() => interrogate(modelOf(image), ask, { seed: 0 })).toThrow(
      'the network has 784 inputs, a formula is searched over 32 at most',
    );
    expect(() => interrogate(modelOf(MOTION), ask, { seed: 0, features: ['w'] })).toThrow(
      'unknown feature "w"',
    );
  });

  it('says where in its domain a network has no value', () => {
    const ask = each(([v, m]) => Math.sqrt(v) + m);
    expect(() => interrogate(modelOf(MOTION), ask, { seed: 0 })).toThrow(
      /^the target is NaN at v = -\d\.\d+, m = /,
    );
  });

  it('gathers rows at the borders of a decision', () => {
    const options = { seed: 2, rows: 400, decide: each(([v]) => (v > 1 ? 1 : 0)) };
    const { training } = interrogate(modelOf(MOTION), ENERGY, options);
    const near = training.columns[0].filter((v) => Math.abs(v - 1) < 1e-4);
    expect(near.length).toBeGreaterThan(90);
  });
});
