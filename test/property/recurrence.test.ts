/**
 * Laws of recurrences and tournaments: whatever thresholds sit on growing prefixes, and whatever a
 * tournament adds up, the program equals the network on every input, ties included.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../src/cluster/index.js';
import { inferProgram } from '../../src/infer/index.js';
import type { Domain } from '../../src/ir/model-interface.js';
import type { Network } from '../../src/ir/network.js';
import { forward } from '../../src/verify/teacher.js';
import { evaluateProgram } from '../helpers/evaluate-program.js';
import { chainNetwork } from '../helpers/networks.js';
import { probesOf } from '../helpers/agreement.js';

const SEED = 20261121;

/** The largest |program − network| over all inputs. */
function worstError(network: Network): number {
  const program = inferProgram(clusterNetwork(network));
  let worst = 0;
  for (const probe of probesOf(network, 1024)) {
    const input = probe.map((values) => [...values]);
    const wanted = forward(network, input).flatMap((output) => [...output]);
    evaluateProgram(program, input).forEach((value, index) => {
      worst = Math.max(worst, Number.isNaN(value) ? Infinity : Math.abs(value - wanted[index]));
    });
  }
  return worst;
}

interface Prefixes {
  readonly base: number;
  readonly pattern: readonly number[];
  readonly bias: number;
  readonly drift: number;
  readonly sign: boolean;
  readonly backwards: boolean;
}

/** For each prefix (or suffix) a threshold on a weighted sum; weights repeat or grow by a factor. */
function prefixNetwork({ base, pattern, bias, drift, sign, backwards }: Prefixes): Network {
  const width = 7;
  const rows = Array.from({ length: width }, (_, end) => {
    const row = new Float64Array(width);
    for (let k = 0; k <= end; k++) {
      row[backwards ? width - 1 - k : k] = pattern[k % pattern.length] * base ** k;
    }
    return row;
  });
  return chainNetwork({
    name: 'prefixes',
    input: { name: 'bits', shape: [width] },
    layers: [
      {
        rows,
        bias: rows.map((_, end) => (bias + drift * end) * base ** end),
        activation: sign ? 'sign' : 'step',
      },
    ],
    decision: { kind: 'none' },
  });
}

interface Rounds {
  readonly steps: boolean;
  /** For cells before and behind: the weights of [x_i > x_j] and of [x_j > x_i]. */
  readonly before: readonly [number, number];
  readonly behind: readonly [number, number];
  readonly bias: number;
  readonly last: 'identity' | 'step' | 'sign';
}

const THREE: Domain = { kind: 'values', values: [0, 1, 2] };

function roundsNetwork({ steps, before, behind, bias, last }: Rounds): Network {
  const size = 4;
  const rows: Float64Array[] = [];
  const compare = (i: number, j: number): number => {
    const row = new Float64Array(size);
    row[i] = 1;
    row[j] = -1;
    return rows.push(row) - 1;
  };
  const sums = Array.from({ length: size }, (_, i) => {
    const weights = new Map<number, number>();
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const [wins, losses] = j < i ? before : behind;
      weights.set(compare(i, j), wins);
      weights.set(compare(j, i), losses);
    }
    return weights;
  });
  return chainNetwork({
    name: 'rounds',
    input: { name: 'values', shape: [size], axes: ['item'], domain: THREE },
    layers: [
      { rows, bias: rows.map(() => 0), activation: steps ? 'step' : 'sign' },
      {
        rows: sums.map((weights) =>
          Float64Array.from(rows, (_row, unit) => weights.get(unit) ?? 0),
        ),
        bias: sums.map(() => bias),
        activation: last,
      },
    ],
    decision: { kind: 'none' },
  });
}

describe('chains and tournaments', () => {
  it('thresholds on prefixes keep their values', () => {
    const prefixes = fc.record<Prefixes>({
      base: fc.constantFrom(1, 1, 2),
      pattern: fc.array(fc.constantFrom(1, 1, 2, -1), { minLength: 1, maxLength: 2 }),
      bias: fc.constantFrom(-0.5, -1.5, 0.5, 0, -1),
      drift: fc.constantFrom(0, 0, -0.5),
      sign: fc.boolean(),
      backwards: fc.boolean(),
    });
    for (const spec of fc.sample(prefixes, { seed: SEED, numRuns: 12 })) {
      expect(worstError(prefixNetwork(spec)), JSON.stringify(spec)).toBeLessThanOrEqual(1e-6);
    }
  });

  it('sums over all others keep their values, ties included', () => {
    const weight = fc.constantFrom(-1, 0, 1, 2);
    const rounds = fc.record<Rounds>({
      steps: fc.boolean(),
      before: fc.tuple(weight, weight),
      behind: fc.tuple(weight, weight),
      bias: fc.constantFrom(-2.5, -1.5, -0.5, 0, 0.5, 1, 2.5),
      last: fc.constantFrom('identity', 'step', 'sign'),
    });
    for (const spec of fc.sample(rounds, { seed: SEED, numRuns: 8 })) {
      expect(worstError(roundsNetwork(spec)), JSON.stringify(spec)).toBeLessThanOrEqual(1e-6);
    }
  });
});
