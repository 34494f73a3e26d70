/**
 * Recurrent models as torch exports them, and automata written by hand: the texts are those of
 * `test/samples/recurrent`, and on thousands of inputs their scores are within 1e-5 of onnxruntime's.
 *
 * UPDATE_SAMPLES=1 writes the expectations.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Domain } from '../../src/ir/model-interface.js';
import { createRandom } from '../../src/numeric/random.js';
import { parse } from '../../src/parse/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import type { ExportedModel } from '../helpers/onnx-models.js';
import { createOracle } from '../helpers/oracle.js';
import { countingRnn, parityRnn, torchRecurrent } from '../helpers/recurrent-models.js';

const SAMPLES = join(import.meta.dirname, '../samples/recurrent');
const UPDATE = process.env['UPDATE_SAMPLES'] === '1';
const INPUTS = 5_000;
const RELATIVE = 1e-5;

const UNIT: Domain = { kind: 'interval', min: -1, max: 1 };
const BITS: Domain = { kind: 'values', values: [0, 1] };

interface Case {
  readonly model: ExportedModel;
  readonly domain: Domain;
  readonly status: 'proved' | 'sampled';
}

const SMALL = { steps: 5, features: 3, hidden: 4, layers: 1, outputs: 2 } as const;

/** Rounding has bounds that grow with every step: from some length on they are no use. */
const CASES: readonly Case[] = [
  { model: torchRecurrent('rnn', { op: 'RNN', ...SMALL, seed: 1 }), domain: UNIT, status: 'proved' },
  { model: torchRecurrent('lstm', { op: 'LSTM', ...SMALL, seed: 2 }), domain: UNIT, status: 'proved' },
  { model: torchRecurrent('gru', { op: 'GRU', ...SMALL, seed: 3 }), domain: UNIT, status: 'proved' },
  { model: torchRecurrent('lstm-both-ways', { op: 'LSTM', ...SMALL, bidirectional: true, seed: 4 }), domain: UNIT, status: 'proved' },
  { model: torchRecurrent('rnn-two-layers', { op: 'RNN', ...SMALL, layers: 2, seed: 5 }), domain: UNIT, status: 'proved' },
  { model: torchRecurrent('lstm-two-layers', { op: 'LSTM', ...SMALL, hidden: 9, layers: 2, seed: 6 }), domain: UNIT, status: 'proved' },
  { model: parityRnn(8), domain: BITS, status: 'proved' },
  { model: countingRnn(8), domain: BITS, status: 'proved' },
]; // prettier-ignore

describe('recurrent models', () => {
  it.each(CASES.map((one) => [one.model.name, one] as const))('%s', async (name, one) => {
    const { model, domain } = one;
    const parsed = await parse({ 'model.onnx': model.bytes }, { domain, name });
    const network = { ...parsed, source: 'sha256:test' };
    expect(network.inputs[0].shape).toEqual(model.input.shape);
    const { code, weights, verdict } = await compile(network);
    expect(verdict.status, verdict.reason).toBe(one.status);
    compareWithSample(join(SAMPLES, name, 'expected.ts'), code);
    if (weights !== undefined) {
      compareWithSample(join(SAMPLES, name, `${name}.weights.ts`), weights);
    }

    const random = createRandom(11);
    const size = model.input.shape.reduce((product, extent) => product * extent, 1);
    const data = Float32Array.from({ length: INPUTS * size }, () =>
      domain === BITS ? random.below(2) : 2 * random.unit() - 1,
    );
    const oracle = await createOracle(model.bytes);
    const [expected] = await oracle([{ name: model.input.name, shape: [INPUTS, ...model.input.shape], data }]);
    const run = createRunner(await loadModule(code, weights), network);
    const outputs = expected.length / INPUTS;
    let farthest = 0;
    for (let row = 0; row < INPUTS; row++) {
      const { scores } = run([data.subarray(row * size, (row + 1) * size)]);
      const [own] = scores;
      expect(own.length).toBe(outputs);
      const wanted = expected.subarray(row * outputs, (row + 1) * outputs);
      const scale = Math.max(1, ...wanted.map(Math.abs));
      farthest = Math.max(farthest, ...own.map((score, k) => Math.abs(score - wanted[k]) / scale));
    }
    expect(farthest).toBeLessThan(RELATIVE);
  }, 240_000); // prettier-ignore

  it('work at any number of steps, compiled from one', async () => {
    const at = (steps: number): readonly Uint8Array[] => [
      torchRecurrent('lstm', { op: 'LSTM', ...SMALL, steps, seed: 2 }).bytes,
      torchRecurrent('gru', { op: 'GRU', ...SMALL, hidden: 9, layers: 2, steps, seed: 3 }).bytes,
    ];
    for (const [model, bytes] of at(4).entries()) {
      const network = await parse({ 'model.onnx': bytes }, { domain: UNIT });
      const { code, weights, verdict } = await compile(network, { generic: true });
      expect(verdict.status, verdict.reason).toBe('proved');
      for (const steps of [1, 3, 4, 30]) {
        const other = await parse({ 'model.onnx': at(steps)[model] }, { domain: UNIT });
        const cells = Float64Array.from({ length: steps * 3 }, (_, k) => Math.sin(k));
        const [expected] = createTeacher(other).forward([cells]);
        const { scores } = createRunner(await loadModule(code, weights), other)([cells]);
        scores[0].forEach((score, k) => {
          expect(score).toBeCloseTo(expected[k], 12);
        });
      }
    }
  }, 240_000);

  it('of unbounded inputs are sampled, and say why', async () => {
    const { bytes } = torchRecurrent('lstm', { op: 'LSTM', ...SMALL, seed: 2 });
    const { verdict } = await compile(await parse({ 'model.onnx': bytes }));
    expect(verdict.status).toBe('sampled');
    expect(verdict.reason).toMatch(/^equal in real arithmetic, but rounding may add up to /);
  }, 240_000);
});

function compareWithSample(file: string, text: string): void {
  if (UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
