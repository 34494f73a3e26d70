/**
 * The MAXSAT protocol: random formulas, variables assigned one by one in order, every player on the same
 * formulas, some of them by chance and therefore several times.
 */
import { createRandom } from '../../src/numeric/random.js';
import { assignFirst, bestByExhaustion, drawFormula, gridOf } from './formula.js';
import type { Player } from './players.js';

export interface ProtocolOptions {
  readonly variables: number;
  readonly clauses: number;
  readonly formulas: number;
  /** Runs of every player on every formula. */
  readonly trials: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One player's result over the same formulas as everyone's. */
export interface PlayerResult {
  readonly player: string;
  /** Mean number of satisfied clauses. */
  readonly mean: number;
  /** Mean of the first player's advantage over this one, formula by formula. */
  readonly lead: number;
  /** Half width of the paired 95 % confidence interval of `lead`. */
  readonly leadInterval: number;
}

/** Two-sided 95 % point of the normal distribution: the formulas are many enough for it. */
const NORMAL_95 = 1.96;

/** Runs every player on the same formulas; leads are those of the first. */
export function runProtocol(
  players: readonly (readonly [name: string, player: Player])[],
  options: ProtocolOptions,
): PlayerResult[] {
  const { variables, clauses, formulas, trials, seed } = options;
  const source = createRandom(seed);
  const randoms = players.map(() => createRandom(seed));
  const means = players.map(() => new Float64Array(formulas));
  const optimum = new Float64Array(formulas);
  for (let index = 0; index < formulas; index++) {
    const grid = gridOf(drawFormula(variables, clauses, source));
    optimum[index] = bestByExhaustion(grid, clauses, variables);
    players.forEach(([, player], k) => {
      let satisfied = 0;
      for (let trial = 0; trial < trials; trial++) {
        const left = grid.slice();
        for (let variable = 0; variable < variables; variable++) {
          satisfied += assignFirst(left, clauses, player(left, clauses, randoms[k]));
        }
      }
      means[k][index] = satisfied / trials;
    });
    options.onProgress?.(index + 1, formulas);
  }
  return [...players.map(([name], k) => ({ name, values: means[k] })), { name: 'optimum', values: optimum }] // prettier-ignore
    .map(({ name, values }) => compare(name, means[0], values));
}

function compare(player: string, first: Float64Array, own: Float64Array): PlayerResult {
  const leads = first.map((value, index) => value - own[index]);
  const lead = meanOf(leads);
  const variance = meanOf(leads.map((value) => (value - lead) ** 2)) * (leads.length / Math.max(1, leads.length - 1)); // prettier-ignore
  return {
    player,
    mean: meanOf(own),
    lead,
    leadInterval: NORMAL_95 * Math.sqrt(variance / leads.length),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
