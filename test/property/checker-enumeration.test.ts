/**
 * The checker against full enumeration: small random networks, each with a text that computes it and
 * texts that almost do. `proved` must mean equal everywhere, `refuted` must mean a real difference.
 */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import type { Network } from '../../src/ir/network.js';
import { verify } from '../../src/verify/index.js';
import { loadModule } from '../../src/verify/run-module.js';
import { forward } from '../../src/verify/teacher.js';
import { chainNetwork } from '../helpers/networks.js';

const INPUTS = 7;

interface Sketch {
  readonly hidden: readonly { readonly row: readonly number[]; readonly bias: number }[];
  readonly output: readonly number[];
  readonly real: boolean;
}

function randomSketch(random: Random, real: boolean): Sketch {
  const hidden = Array.from({ length: 3 + random.below(3) }, () => ({
    row: Array.from({ length: INPUTS }, () => random.below(5) - 2),
    bias: random.below(7) - 3,
  }));
  const output = hidden.map(() => (real ? Math.round(100 * random.normal()) / 64 : random.below(7) - 3)); // prettier-ignore
  return { hidden, output, real };
}

function networkOf(sketch: Sketch): Network {
  return chainNetwork({
    name: 'small',
    input: { name: 'cells', shape: [INPUTS] },
    layers: [
      {
        rows: sketch.hidden.map(({ row }) => row),
        bias: sketch.hidden.map(({ bias }) => bias),
        activation: 'sign',
      },
      { rows: [sketch.output], bias: [1], activation: sketch.real ? 'tanh' : 'sign' },
    ],
    decision: { kind: 'none' },
  });
}

/** A text that writes the sketch out: some neurons as signs, some as nested conditions. */
function textOf(sketch: Sketch): string {
  const lines = sketch.hidden.map(({ row, bias }, k) => {
    const positive = row.flatMap((w, c) => (w > 0 ? [`${w} * x[${c}]`] : []));
    const negative = row.flatMap((w, c) => (w < 0 ? [`${-w} * x[${c}]`] : []));
    const left = [...positive, String(bias)].join(' + ');
    const right = ['0', ...negative].join(' + ');
    if (k % 3 === 0) return `const h${k} = Math.sign(${left} - (${right}));`;
    if (k % 3 === 1) return `let h${k} = 0; if (${left} > ${right}) h${k}++; else if (${left} < ${right}) h${k} = -1;`; // prettier-ignore
    return `const h${k} = ${left} === ${right} ? 0 : ${left} <= ${right} ? -1 : 1;`;
  });
  const sum = sketch.output.map((w, k) => `${w} * h${k}`).join(' + ');
  return `
export function scores(x: ArrayLike<number>): number[] {
  if (x.length !== ${INPUTS}) throw new RangeError('length');
  ${lines.join('\n  ')}
  return [${sketch.real ? 'Math.tanh' : 'Math.sign'}(${sum} + 1)];
}
export function predict(x: ArrayLike<number>): number[] {
  return scores(x);
}
export const network = { inputShape: [${INPUTS}], verdict: 'proved' } as const;
export default predict;
`;
}

/** The largest difference over all 2^7 inputs. */
async function largestDifference(network: Network, text: string): Promise<number> {
  const module = await loadModule(text);
  let worst = 0;
  for (let code = 0; code < 2 ** INPUTS; code++) {
    const input = Float64Array.from({ length: INPUTS }, (_, k) => (code >> k) & 1);
    const [expected] = forward(network, [input]);
    const [actual] = module.scores([...input]) as number[];
    worst = Math.max(worst, Math.abs(expected[0] - actual));
  }
  return worst;
}

/** The sketch with one number changed. */
function changed(sketch: Sketch, random: Random): Sketch {
  const hidden = sketch.hidden.map(({ row, bias }) => ({ row: [...row], bias }));
  const output = [...sketch.output];
  const k = random.below(hidden.length);
  const by = random.below(2) === 0 ? 1 : -1;
  const what = random.below(3);
  if (what === 0) hidden[k].row[random.below(INPUTS)] += by;
  else if (what === 1) hidden[k].bias += by;
  else output[k] += by;
  return { hidden, output, real: sketch.real };
}

describe.each([false, true])('small random networks (real output: %s)', (real) => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))('are judged rightly (seed %i)', async (seed) => {
    const random = createRandom(100 + seed);
    const sketch = randomSketch(random, real);
    const network = networkOf(sketch);
    const own = await verify(network, textOf(sketch));
    expect(own.status, own.reason).toBe('proved');
    for (let k = 0; k < 4; k++) {
      const text = textOf(changed(sketch, random));
      const verdict = await verify(network, text, { ignoreVerdictString: true });
      const difference = await largestDifference(network, text);
      if (difference > 1e-6) expect(verdict.status).toBe('refuted');
      else expect(['proved', 'exhaustive']).toContain(verdict.status);
      if (verdict.status === 'proved') expect(verdict.maxError).toBeGreaterThanOrEqual(difference);
    }
  }); // prettier-ignore
});
