/**
 * Quantised and pruned networks: layers of few distinct weights without structure become tables and
 * one loop, not a sum of chance patterns; where a quantised layer has structure, it is found whatever
 * the scale of its weights, also beside rows that have none.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { agreementOf } from '../helpers/agreement.js';
import { BINARY, chainNetwork } from '../helpers/networks.js';

/** A weight of a quantised layer from a standard normal one. */
const QUANTISED: Readonly<Record<string, (weight: number) => number>> = {
  ternary: (weight) => (Math.abs(weight) < 0.6 ? 0 : Math.sign(weight)),
  'ternary with a scale': (weight) => (Math.abs(weight) < 0.6 ? 0 : 0.137 * Math.sign(weight)),
  binary: (weight) => (weight < 0 ? -1 : 1),
  'of four bits': (weight) => Math.round(3 * weight) / 8,
  'pruned, one in eight left': (weight) => (Math.abs(weight) < 1.53 ? 0 : weight),
};

/** Inputs in [−1, 1], one layer of quantised relu neurons, one of quantised results. */
function random(widths: readonly [number, number, number], quantise: (w: number) => number, seed: number): Network {
  const source = createRandom(seed);
  const row = (width: number) => Float64Array.from({ length: width }, () => quantise(source.normal()));
  return chainNetwork({
    name: 'quantised',
    input: { name: 'cells', shape: [widths[0]], domain: { kind: 'interval', min: -1, max: 1 } },
    layers: [1, 2].map((layer) => ({
      rows: Array.from({ length: widths[layer] }, () => row(widths[layer - 1])),
      bias: Float64Array.from({ length: widths[layer] }, () => Math.round(4 * source.normal()) / 8),
      activation: layer === 1 ? 'relu' : 'identity',
    })),
  });
} // prettier-ignore

describe.each(Object.entries(QUANTISED))('weights %s without structure', (_, quantise) => {
  it.each([
    [[12, 16, 3], 5],
    [[30, 40, 3], 6],
    [[24, 60, 8], 7],
  ] as const)('%j: tables and loops, proved', async (widths, seed) => {
    const network = random(widths, quantise, seed);
    const compiled = await compile(network);
    expect(compiled.verdict.status).toBe('proved');
    expect(await agreementOf(network, compiled, 512)).toMatchObject({ mismatches: 0 });
    // The rows of short tables stand in the module itself, a line or a few each.
    expect(compiled.report.code.lines).toBeLessThanOrEqual(75);
    const body = /export function scores[^]*?\n}\n/.exec(compiled.code)?.[0] ?? '';
    expect(body.split('\n').length).toBeLessThanOrEqual(30);
  });
});

/** Neurons that each sum a window of three cells, with a scale, and a threshold on how many fire. */
function windows(scale: number, noiseRows: number): Network {
  const width = 16;
  const source = createRandom(3);
  const rows = Array.from({ length: width - 2 }, (_, at) =>
    Float64Array.from({ length: width }, (_cell, k) => (k >= at && k < at + 3 ? scale : 0)),
  );
  const noise = Array.from({ length: noiseRows }, () =>
    Float64Array.from({ length: width }, () => scale * (source.below(3) - 1)),
  );
  const hidden = [...rows, ...noise];
  return chainNetwork({
    name: 'windows',
    input: { name: 'cells', shape: [width], domain: BINARY },
    layers: [
      { rows: hidden, bias: hidden.map(() => -scale), activation: 'relu' },
      {
        rows: [hidden.map((_, k) => (k < rows.length ? 1 / scale : 0.5 / scale))],
        bias: [0],
        activation: 'identity',
      },
    ],
  });
}

describe('structure in quantised layers', () => {
  it.each([1, 0.137, 0.0078125])('is found at the scale %d', async (scale) => {
    const compiled = await compile(windows(scale, 0));
    expect(compiled.verdict.status).toBe('proved');
    expect(compiled.report.unexplainedNeurons).toEqual([]);
    // One loop over the windows, one over the cells of a window, an exception, a decision.
    expect(compiled.report.code.lines).toBeLessThanOrEqual(17);
  });

  it('is found beside neurons that have none', async () => {
    const network = windows(0.137, 4);
    const compiled = await compile(network);
    expect(compiled.verdict.status).toBe('proved');
    expect(await agreementOf(network, compiled, 2048)).toMatchObject({ mismatches: 0 });
    const explained = compiled.report.unexplainedNeurons.filter(({ index }) => index < 14);
    expect(explained).toEqual([]);
    expect(compiled.report.code.lines).toBeLessThanOrEqual(40);
  });
});
