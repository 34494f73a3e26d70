/**
 * The module compiled from 5 variables and 50 clauses, for every size, plays formulas of up to 1,000
 * variables and 10,000 clauses against the greedy majority and the 3/4-approximation.
 *
 *   npm run evaluate:maxsat-sizes [-- --largest 1000]      a few minutes for all sizes
 *
 * Writes output/maxsat.sizes.md when all sizes are played.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { loadModule } from '../../src/verify/run-module.js';
import { formatTable } from '../common/format-table.js';
import { isMain, progressLines, readWhole } from '../common/script.js';
import { createClauseTable } from './clause-table.js';
import type { ClauseTable } from './clause-table.js';
import { drawFormula } from './formula.js';

/** One size with its number of formulas and of runs on each. */
export interface SizeRun {
  readonly variables: number;
  readonly clauses: number;
  readonly formulas: number;
  readonly trials: number;
}

/** Fewer runs where one takes seconds: what matters is that the intervals tell the players apart. */
export const SIZE_RUNS: readonly SizeRun[] = [
  { variables: 10, clauses: 100, formulas: 400, trials: 20 },
  { variables: 50, clauses: 500, formulas: 200, trials: 5 },
  { variables: 250, clauses: 2_500, formulas: 50, trials: 1 },
  { variables: 1_000, clauses: 10_000, formulas: 5, trials: 1 },
];

/** Decides the current variable of a table; true assigns true. */
type TablePlayer = (table: ClauseTable, random: Random) => boolean;

/** One player's mean over all formulas, and by how much the module leads. */
export interface SizeResult extends SizeRun {
  readonly player: string;
  /** Mean number of satisfied clauses. */
  readonly mean: number;
  /** Mean advantage of the module, formula by formula, and half its 95 % confidence interval. */
  readonly lead: number;
  readonly leadInterval: number;
}

/** What a module must offer: two probabilities for rows of literals × clauses. */
type Scores = (rows: readonly ArrayLike<number>[]) => readonly number[];

/** Two-sided 95 % point of Student's t with few formulas, of the normal distribution with many. */
function quantile(formulas: number): number {
  // The expansion of t about the normal point in 1 / degrees (Abramowitz and Stegun 26.7.5), good to
  // 0.01 from 4 degrees on.
  const [z, degrees] = [1.96, formulas - 1];
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}

/** Plays one size: every player on the same formulas, the module first. */
export function playSize(
  scores: Scores,
  run: SizeRun,
  seed: number,
  onProgress?: (done: number, total: number) => void,
): readonly SizeResult[] {
  const players: readonly (readonly [string, TablePlayer])[] = [
    ['module', (table, random) => random.unit() < scores(table.rows())[0]],
    ['greedy majority', (table) => preferTrue(table)],
    ['3/4-approximation', playThreeQuarters],
  ];
  const { variables, clauses, formulas, trials } = run;
  const source = createRandom(seed);
  const randoms = players.map(() => createRandom(seed));
  const means = players.map(() => new Float64Array(formulas));
  for (let index = 0; index < formulas; index++) {
    const formula = drawFormula(variables, clauses, source);
    for (const [k, [, player]] of players.entries()) {
      let satisfied = 0;
      for (let trial = 0; trial < trials; trial++) {
        const table = createClauseTable(formula);
        for (let variable = 0; variable < variables; variable++) {
          satisfied += table.assign(player(table, randoms[k]));
        }
      }
      means[k][index] = satisfied / trials;
    }
    onProgress?.(index + 1, formulas);
  }
  return players.map(([player], k) => ({ player, ...run, ...compare(means[0], means[k]) }));
}

function preferTrue(table: ClauseTable): boolean {
  const { positive, negative } = table.votes();
  return positive >= negative;
}

/** See `playThreeQuarters` in `players.ts`. */
function playThreeQuarters(table: ClauseTable, random: Random): boolean {
  const { positive, negative, lonePositive, loneNegative } = table.votes();
  const gainTrue = positive - loneNegative;
  const gainFalse = negative - lonePositive;
  if (gainFalse <= 0) return true;
  if (gainTrue <= 0) return false;
  return random.unit() * (gainTrue + gainFalse) < gainTrue;
}

function compare(first: Float64Array, own: Float64Array) {
  const leads = first.map((value, index) => value - own[index]);
  const lead = meanOf(leads);
  const variance = meanOf(leads.map((value) => (value - lead) ** 2)) * (leads.length / (leads.length - 1)); // prettier-ignore
  return {
    mean: meanOf(own),
    lead,
    leadInterval: quantile(leads.length) * Math.sqrt(variance / leads.length),
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The results as a table for people. */
export function sizesTable(results: readonly SizeResult[]): string {
  return formatTable(
    ['player', 'variables', 'clauses', 'formulas × trials', 'mean satisfied', 'module leads by', '95 % interval'],
    results.map((result) => [
      result.player,
      String(result.variables),
      String(result.clauses),
      `${result.formulas} × ${result.trials}`,
      result.mean.toFixed(2),
      result.lead.toFixed(2),
      `±${result.leadInterval.toFixed(2)}`,
    ]),
  ); // prettier-ignore
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      largest: { type: 'string', default: String(SIZE_RUNS[SIZE_RUNS.length - 1].variables) },
      seed: { type: 'string', default: '1' },
    },
  });
  const largest = readWhole('largest', values.largest, 1);
  const seed = readWhole('seed', values.seed, 0);
  const output = new URL('../../output/', import.meta.url);
  const module = await loadModule(await readFile(new URL('maxsat.generic.ts', output), 'utf8'));
  const scores = (rows: readonly ArrayLike<number>[]): readonly number[] =>
    module.scores(rows as readonly (readonly number[])[]) as readonly number[];
  const runs = SIZE_RUNS.filter(({ variables }) => variables <= largest);
  const results = runs.flatMap((run) =>
    playSize(scores, run, seed, progressLines(`${run.variables} variables`)),
  );
  const table = sizesTable(results);
  process.stdout.write(table);
  if (runs.length < SIZE_RUNS.length) return;
  const text = [
    '# MAXSAT at other sizes',
    '',
    'The module `maxsat.generic.ts`, compiled from the network of 5 variables and 50 clauses, beside the baselines. Every player plays the same random formulas (three distinct variables in a clause), variables in order, the module draws from its softmax. Seed ' +
      `${seed}; the intervals are paired, formula by formula.`,
    '',
    table,
  ].join('\n');
  await writeFile(new URL('maxsat.sizes.md', output), text);
}

if (isMain(import.meta.url)) await main();
