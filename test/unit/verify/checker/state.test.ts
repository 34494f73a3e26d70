/** A proof is about one call; a module that remembers its calls may answer otherwise in the next one. */
import { describe, expect, it } from 'vitest';
import { verify } from '../../../../src/verify/index.js';
import { chainNetwork } from '../../../helpers/networks.js';

const SUM = chainNetwork({
  name: 'sum',
  input: { name: 'x', shape: [2], domain: { kind: 'interval', min: -1, max: 1 } },
  layers: [{ rows: [[1, 1]], bias: [0], activation: 'identity' }],
  decision: { kind: 'none' },
});

const judge = async (top: string, body: string) => {
  const code = `
${top}
export function scores(x: ArrayLike<number>): number[] {
  if (x.length !== 2) throw new RangeError('expected 2 numbers');
  ${body}
}
export function predict(x: ArrayLike<number>): number[] {
  return scores(x);
}
export const network = { name: 'sum', inputShape: [2], verdict: 'proved' } as const;
export default predict;
`;
  return verify(SUM, code, { ignoreVerdictString: true });
};

describe('a module with a state of its own', () => {
  it.each([
    ['a variable', 'let calls = 0;', 'calls++; return [calls > 1e6 ? 7 : x[0] + x[1]];'],
    ['a variable that is assigned', 'let seen = 0;', 'const sum = x[0] + x[1] + (seen > 1e6 ? 1 : 0); seen = seen + 1; return [sum];'],
    ['an array', 'const calls = [0];', 'calls[0] += 1; return [calls[0] > 1e6 ? 7 : x[0] + x[1]];'],
    ['an array that grows', 'const calls: number[] = [];', 'calls.push(1); return [calls.length > 1e6 ? 7 : x[0] + x[1]];'],
  ])('is not proved: %s', async (_, top, body) => {
    expect(await judge(top, body)).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('a write to what outlives the call') as string,
    });
  }); // prettier-ignore

  it('is proved where it only reads it', async () => {
    const top = 'const table = [0, 1]; let one = 0; one = table[1];';
    expect(await judge(top, 'let sum = 0; for (const k of table) sum += one * x[k]; return [sum];')).toMatchObject({ status: 'proved' }); // prettier-ignore
  });
});
