/** Several inputs and outputs: parameters in the model's order, scalars as numbers, outputs by name. */
import { describe, expect, it } from 'vitest';
import { denseLayer } from '../../../../src/ir/builders.js';
import type { Network, TensorRef } from '../../../../src/ir/network.js';
import { verify } from '../../../../src/verify/index.js';
import { BINARY } from '../../../helpers/networks.js';

const BITS = 6;

/** a + b + first carry: the digits of the sum and the last carry, inputs and outputs apart. */
function adderNetwork(): Network {
  const inputs: readonly TensorRef[] = [0, 1, 2].map((index) => ({ kind: 'input', index }));
  const carries = Array.from({ length: BITS }, (_, i) => {
    const row = new Float64Array(2 * BITS + 1);
    for (let k = 0; k <= i; k++) row[k] = row[BITS + k] = 2 ** k;
    row[2 * BITS] = 1;
    return row;
  });
  const hidden = denseLayer({
    name: 'carries', sources: inputs, rows: carries,
    bias: carries.map((_, i) => 1 - 2 ** (i + 1)), activation: { kind: 'step' },
  }); // prettier-ignore
  const digits = Array.from({ length: BITS }, (_, i) => {
    const row = new Float64Array(3 * BITS + 1);
    row[i] = row[BITS + i] = 1;
    row[i === 0 ? 2 * BITS : 2 * BITS + i] = 1;
    row[2 * BITS + 1 + i] = -2;
    return row;
  });
  const sum = denseLayer({
    name: 'digits', sources: [...inputs, { kind: 'layer', index: 0 }], rows: digits,
    bias: digits.map(() => 0), activation: { kind: 'identity' },
  }); // prettier-ignore
  const last = Float64Array.from({ length: BITS }, (_, k) => (k === BITS - 1 ? 1 : 0));
  const carry = denseLayer({
    name: 'carry', sources: [{ kind: 'layer', index: 0 }], rows: [last], bias: [0], activation: { kind: 'identity' },
  }); // prettier-ignore
  return {
    name: 'adder',
    source: 'sha256:test',
    inputs: [
      { name: 'a', shape: [BITS], domain: BINARY },
      { name: 'b', shape: [BITS], domain: BINARY },
      { name: 'first', shape: [], domain: BINARY },
    ],
    outputs: [
      { name: 'sum', shape: [2, BITS / 2] },
      { name: 'carry', shape: [] },
    ],
    decision: { kind: 'none' },
    layers: [hidden, sum, carry],
    results: [
      { kind: 'layer', index: 1 },
      { kind: 'layer', index: 2 },
    ],
    parameters: 0,
    warnings: [],
  };
}

const TEXT = `
export function scores(a: ArrayLike<number>, b: ArrayLike<number>, first: number) {
  if (a.length !== 6) throw new RangeError('a');
  if (b.length !== 6) throw new RangeError('b');
  const sum = Array.from({ length: 2 }, () => new Array<number>(3).fill(0));
  let carry = first;
  for (let i = 0; i < 6; i++) {
    const total = a[i] + b[i] + carry;
    sum[Math.floor(i / 3)][i % 3] = total % 2;
    carry = total >= 2 ? 1 : 0;
  }
  return { sum, carry };
}
export function predict(a: ArrayLike<number>, b: ArrayLike<number>, first: number) {
  return scores(a, b, first);
}
export const network = {
  name: 'adder',
  source: 'sha256:test',
  inputShapes: [[6], [6], []],
  verdict: 'proved',
} as const;
export default predict;
`;

describe('three inputs and two outputs', () => {
  it('are proved', async () => {
    const verdict = await verify(adderNetwork(), TEXT);
    expect(verdict.reason).toBeUndefined();
    expect(verdict.status).toBe('proved');
    expect(verdict.maxError).toBe(0);
  });

  it.each([
    ['return { sum, carry };', 'return { sum, carry: first };'],
    ['return { sum, carry };', 'return { sum };'],
    ['return { sum, carry };', 'return [sum, carry];'],
    ['return { sum, carry };', 'return { sum: sum.flat(), carry };'],
    ['return { sum, carry };', 'return { sum, carry: [carry] };'],
    ['let carry = first', 'let carry = 0'],
    ['a[i] + b[i]', 'a[i] + a[i]'],
    ['(a: ArrayLike<number>, b: ArrayLike<number>, first: number) {\n  if', '(first: number, a: ArrayLike<number>, b: ArrayLike<number>) {\n  if'],
    ['return scores(a, b, first)', 'return scores(a, a, first)'],
    ['return scores(a, b, first)', 'return scores(a, b, first).sum'],
    ['[[6], [6], []]', '[[6], [5], []]'],
    ["if (b.length !== 6) throw new RangeError('b');", ''],
    ['i % 3', '(i + 1) % 3'],
  ])('`%s` → `%s` is refuted', async (from, to) => {
    expect(TEXT).toContain(from);
    const verdict = await verify(adderNetwork(), TEXT.replace(from, to));
    expect(verdict.status, verdict.reason).toBe('refuted');
  }); // prettier-ignore

  it('are not proved when predict hands on other inputs, even where that changes nothing', async () => {
    const text = TEXT.replace('return scores(a, b, first)', 'return scores(b, a, first)');
    const verdict = await verify(adderNetwork(), text, { ignoreVerdictString: true });
    expect(verdict.status).toBe('exhaustive');
    expect(verdict.reason).toContain('predict does not hand its input to scores');
  });
});
