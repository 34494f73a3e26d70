/** Decisions among more classes than could be compared one by one in every way. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../../../src/verify/index.js';
import { layerOf, moduleOf, networkOf, range } from './forms/form.js';

const CLASSES = 40;

const plain = networkOf({
  name: 'classes',
  shape: [CLASSES],
  domain: { kind: 'real' },
  layers: [
    layerOf(
      'identity',
      CLASSES,
      range(CLASSES).map((k) => [[[k, 1]], 0]),
    ),
  ],
});

function moduleWith(decision: string): string {
  const text = moduleOf(plain, 'return Array.from(input);');
  const changed = text.replace(/return scores\(input\);/, decision);
  expect(changed).not.toBe(text);
  return changed;
}

describe('decisions among many classes', () => {
  it.each([
    ['argmax', 'values.indexOf(Math.max(...values))'],
    ['argmin', 'values.indexOf(Math.min(...values))'],
  ] as const)('%s is proved', async (kind, answer) => {
    const network = { ...plain, decision: { kind } };
    const text = moduleWith(`const values = scores(input);\n  return ${answer};`);
    const verdict = await verify(network, text);
    expect(verdict.reason).toBeUndefined();
    expect(verdict.status).toBe('proved');
  });

  it.each([
    ['the smallest', 'values.indexOf(Math.min(...values))'],
    ['none of the first', '1 + values.slice(1).indexOf(Math.max(...values.slice(1)))'],
  ])('%s is refuted', async (_name, answer) => {
    const network = { ...plain, decision: { kind: 'argmax' } as const };
    const text = moduleWith(`const values = scores(input);\n  return ${answer};`);
    expect((await verify(network, text)).status).toBe('refuted');
  });
});

describe('ties', () => {
  it('are not taken for the same: the last of equals is not the first', async () => {
    const network = { ...plain, decision: { kind: 'argmax' } as const };
    const answer = 'values.lastIndexOf(Math.max(...values))';
    const verdict = await verify(
      network,
      moduleWith(`const values = scores(input);\n  return ${answer};`),
    );
    expect(['refuted', 'unknown']).toContain(verdict.status);
  });
});

describe('functions of numbers in an interval', () => {
  it('end without a proof where no table and no diagram can be made', async () => {
    const network = networkOf({
      name: 'smooth',
      shape: [3],
      domain: { kind: 'interval', min: -1, max: 1 },
      layers: [layerOf('tanh', 3, [[[[0, 1], [1, 1], [2, 1]], 0]])], // prettier-ignore
    });
    const text = moduleOf(
      network,
      'return [Math.tanh(input[0] + input[1] + 0.9999999 * input[2])];',
    );
    expect(['proved', 'sampled']).toContain((await verify(network, text)).status);
  });
});
