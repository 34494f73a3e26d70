/** Networks that compare every cell with every other one, in both ways round and with all tie rules. */
import type { Domain } from '../../../../src/ir/model-interface.js';
import type { Network } from '../../../../src/ir/network.js';
import type { LayerSpec } from '../../../helpers/networks.js';
import { chainNetwork } from '../../../helpers/networks.js';

/** Three values, so that every kind of tie occurs. */
export const THREE: Domain = { kind: 'values', values: [0, 1, 2] };

export interface TournamentSpec {
  readonly size: number;
  /** 1: the largest is asked for; −1: the smallest. */
  readonly direction?: 1 | -1;
  /** Activation of the comparisons. */
  readonly compare: 'sign' | 'step';
  /**
   * For steps, which way round a pair is compared: `own`: [x_i > x_j]; `other`: 1 − [x_j > x_i], so
   * that ties count for x_i; `first`: `own` against cells before, `other` against cells behind.
   */
  readonly round?: 'own' | 'other' | 'first' | 'last';
  /** `count`: the sum itself; a number: whether the sum is above it. */
  readonly answer: 'count' | number;
  readonly last?: 'sign' | 'step';
  readonly domain?: Domain;
}

/** One layer of comparisons, one of answers. */
export function tournament(spec: TournamentSpec): Network {
  const { size, direction = 1, compare, round = 'own', answer } = spec;
  const rows: Float64Array[] = [];
  const answers: { weights: [unit: number, weight: number][]; bias: number }[] = [];
  for (let i = 0; i < size; i++) {
    const weights: [number, number][] = [];
    let bias = answer === 'count' ? 0 : -answer;
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const turned =
        round === 'other' || (round === 'first' && j > i) || (round === 'last' && j < i);
      const row = new Float64Array(size);
      row[i] = turned ? -direction : direction;
      row[j] = -row[i];
      weights.push([rows.push(row) - 1, turned ? -1 : 1]);
      if (turned && compare === 'step') bias += 1;
    }
    answers.push({ weights, bias });
  }
  const hidden: LayerSpec = { rows, bias: rows.map(() => 0), activation: compare };
  const last: LayerSpec = {
    rows: answers.map(({ weights }) => {
      const row = new Float64Array(rows.length);
      for (const [unit, weight] of weights) row[unit] = weight;
      return row;
    }),
    bias: answers.map(({ bias }) => bias),
    activation: answer === 'count' ? 'identity' : (spec.last ?? 'step'),
  };
  return chainNetwork({
    name: 'tournament',
    input: { name: 'values', shape: [size], axes: ['item'], domain: spec.domain ?? THREE },
    layers: [hidden, last],
    decision: { kind: 'none' },
  });
}

/** Every input of a network over `THREE`. */
export function allTriples(size: number): number[][][] {
  return Array.from({ length: 3 ** size }, (_, code) => [
    Array.from({ length: size }, (_cell, cell) => Math.floor(code / 3 ** cell) % 3),
  ]);
}
