/** The verdict on each output by itself: what is known of one is not folded into what is known of another. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compile.js';
import { createRandom } from '../../../src/numeric/random.js';
import { verify } from '../../../src/verify/index.js';
import { createRunner, loadModule } from '../../../src/verify/run-module.js';
import { createTeacher } from '../../../src/verify/teacher.js';
import { chainNetwork } from '../../helpers/networks.js';

const TWO = chainNetwork({
  name: 'two',
  input: { name: 'values', shape: [2], domain: { kind: 'interval', min: -1, max: 1 } },
  layers: [{ rows: [[1, 0.5], [1, -1]], bias: [0, 0.25], activation: 'identity' }], // prettier-ignore
});

function moduleWith(second: string): string {
  return `export const network = { inputShape: [2], outputShape: [2], verdict: 'sampled' } as const;
export function scores(values: ArrayLike<number>): [number, number] {
  if (values.length !== 2) throw new RangeError(\`expected 2, got \${values.length}\`);
  return [values[0] + 0.5 * values[1], ${second}];
}
export function predict(values: ArrayLike<number>): number {
  const [first, second] = scores(values);
  return first >= second ? 0 : 1;
}
export default predict;
`;
}

describe('outputs by themselves', () => {
  it('one is proved where the other can only be sampled', async () => {
    const code = moduleWith('Math.tan(Math.atan(values[0] - values[1])) + 0.25');
    const verdict = await verify(TWO, code);
    expect(verdict.status).toBe('sampled');
    const [first, second] = verdict.outputs ?? [];
    expect(first).toMatchObject({ output: 'scores[0]', status: 'proved', method: 'canonical forms equal' });
    expect(second).toMatchObject({ output: 'scores[1]', status: 'sampled' });
    expect(second.reason).toBeDefined();
    expect(verdict.decision?.status).toBe('proved');
  }); // prettier-ignore

  it('one is refuted, of the other nothing is said', async () => {
    const verdict = await verify(TWO, moduleWith('values[0] - values[1] + 0.26'));
    expect(verdict.status).toBe('refuted');
    expect(verdict.outputs?.map(({ status }) => status)).toEqual(['unknown', 'refuted']);
  });

  it('the decision is refuted where the scores are right', async () => {
    const code = moduleWith('values[0] - values[1] + 0.25').replace('first >= second', 'first > second + 1e-3'); // prettier-ignore
    const verdict = await verify(TWO, code);
    expect(verdict.status).toBe('refuted');
    expect(verdict.decision?.status).toBe('refuted');
  });
});

describe('deep networks of rectified units', () => {
  it.each([2, 6])('5-(50 × %i)-5: every output within a bound, rounding apart', async (depth) => {
    const random = createRandom(depth);
    const widths = [5, ...new Array<number>(depth).fill(50), 5];
    const network = chainNetwork({
      name: 'deep',
      input: { name: 'x', shape: [5], domain: { kind: 'interval', min: -1, max: 1 } },
      layers: widths.slice(1).map((width, l) => ({
        rows: Array.from({ length: width }, () =>
          Float64Array.from({ length: widths[l] }, () => random.normal() * Math.sqrt(2 / widths[l])),
        ),
        bias: Array.from({ length: width }, () => 0.1 * random.normal()),
        activation: l === depth ? 'identity' : 'relu',
      })),
    });
    const { code, weights, verdict } = await compile(network);
    expect(verdict.status).toBe('proved');
    expect(verdict.outputs).toHaveLength(5);
    const run = createRunner(await loadModule(code, weights), network);
    const teacher = createTeacher(network);
    const worst = new Float64Array(5);
    for (let k = 0; k < 200; k++) {
      const probe = [Float64Array.from({ length: 5 }, () => 2 * random.unit() - 1)];
      const [expected] = teacher.forward(probe);
      run(probe).scores[0].forEach((score, j) => {
        worst[j] = Math.max(worst[j], Math.abs(score - expected[j]));
      });
    }
    verdict.outputs?.forEach(({ status, maxError, rounding, method }, j) => {
      expect(status).toBe('proved');
      expect(method).toMatch(/^canonical forms and (slopes of paired units|linear pieces)$/);
      expect(maxError).toBeLessThanOrEqual(verdict.maxError);
      expect(worst[j]).toBeLessThanOrEqual(maxError);
      expect(rounding).toBeGreaterThan(0);
      expect(rounding).toBeLessThan(maxError);
    });
  });
}); // prettier-ignore
