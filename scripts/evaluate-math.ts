/**
 * npm run evaluate:math: the Math student on a suite of known formulas, and how often it finds them.
 *
 *   npm run evaluate:math -- --suite nguyen|feynman|laws|hold-out|glassbox [--seeds 5] [--first-seed 1]
 *       [--noise 0.01] [--mode both|scouts|evolution] [--workers 2] [--timeout 60] [--only NAME,NAME]
 *       [--units rule|penalty|named|off] [--out FILE.jsonl]
 *
 * The searches run in the threads of the built command line (`npm run build`). Every trial is one line of
 * FILE as soon as it is done; a run that is interrupted ends with the trial it is at, and the next one goes
 * on from there. Success is decided by `bench/formulas/judge.ts`. Of the glassbox suite the student sees a
 * network that was trained on the formula, never the formula's rows. With --units (laws only) it is told
 * the units of variables and target; `named`: and the constants of nature, others being pure numbers.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readWhole } from '../examples/common/script.js';
import { SUITES } from '../bench/formulas/index.js';
import { runTrial } from '../bench/formulas/run-trial.js';
import type { TrialOptions, TrialRow } from '../bench/formulas/run-trial.js';
import { tableOf } from '../bench/formulas/result-table.js';
import type { FormulaProblem, Suite } from '../bench/formulas/problem-set.js';

const MODES = ['both', 'scouts', 'evolution'] as const;
const UNITS = ['rule', 'penalty', 'named', 'off'] as const;

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'nguyen' },
    seeds: { type: 'string', default: '5' },
    'first-seed': { type: 'string', default: '1' },
    noise: { type: 'string' },
    mode: { type: 'string', default: 'both' },
    workers: { type: 'string', default: '2' },
    timeout: { type: 'string', default: '60' },
    units: { type: 'string', default: 'off' },
    only: { type: 'string' },
    out: { type: 'string' },
  },
});
const suite = findSuite(values.suite);
const mode = MODES.find((one) => one === values.mode);
if (mode === undefined) throw new RangeError(`--mode is one of ${MODES.join(', ')}`);
const units = UNITS.find((one) => one === values.units);
if (units === undefined) throw new RangeError(`--units is one of ${UNITS.join(', ')}`);
const noise = values.noise === undefined ? undefined : Number(values.noise);
if (noise !== undefined && !(noise >= 0)) throw new RangeError('--noise is a number from 0 on');
const options: Omit<TrialOptions, 'seed'> = {
  suite: suite.name,
  mode,
  units,
  ...(noise === undefined ? {} : { noise }),
  workers: readWhole('workers', values.workers, 1),
  timeout: readWhole('timeout', values.timeout, 1),
};
const firstSeed = readWhole('first-seed', values['first-seed'], 0);
const seeds = Array.from(
  { length: readWhole('seeds', values.seeds, 1) },
  (_, index) => firstSeed + index,
);
const problems = chosenProblems(suite, values.only);
const rows = readRows(values.out);
const interrupt = new AbortController();
process.once('SIGINT', () => {
  interrupt.abort();
});

for (const problem of problems) {
  for (const seed of seeds) {
    if (interrupt.signal.aborted || rows.some((row) => isOf(row, problem, seed))) continue;
    const row = await runTrial(problem, { ...options, seed });
    rows.push(row);
    if (values.out !== undefined) appendFileSync(values.out, `${JSON.stringify(row)}\n`);
    const found = `${row.selected}, front ${row.onFront}, ${row.seconds.toFixed(1)} s`;
    process.stderr.write(`${problem.name} seed ${seed}: ${found}: ${row.failure ?? row.formula}\n`);
  }
}
const shown = rows.filter((row) => problems.some((one) => seeds.some((s) => isOf(row, one, s))));
process.stdout.write(tableOf(suite, shown));

function findSuite(name: string): Suite {
  const found = SUITES.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new RangeError(`--suite is one of ${SUITES.map((one) => one.name).join(', ')}`);
}

function chosenProblems(from: Suite, only: string | undefined): readonly FormulaProblem[] {
  if (only === undefined) return from.problems;
  return only.split(',').map((name) => {
    const found = from.problems.find((problem) => problem.name === name);
    if (found === undefined) throw new RangeError(`${from.name} has no problem "${name}"`);
    return found;
  });
}

function readRows(file: string | undefined): TrialRow[] {
  if (file === undefined || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as TrialRow);
}

/** Whether a stored trial is the one that this run would do. */
function isOf(row: TrialRow, problem: FormulaProblem, seed: number): boolean {
  return (
    row.suite === options.suite &&
    row.problem === problem.name &&
    row.seed === seed &&
    row.mode === options.mode &&
    (row.units ?? 'off') === options.units &&
    row.noise === (options.noise ?? null)
  );
}
