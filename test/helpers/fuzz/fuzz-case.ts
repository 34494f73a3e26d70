/**
 * One fuzz case: a seed gives a random program in a random disguise; it is compiled, and the emitted
 * module is compared with an evaluation of the stored weights that is no part of the compiler, and with
 * the program itself.
 */
import { compile } from '../../../src/compile.js';
import { Diagnostic } from '../../../src/diagnostics/diagnostic.js';
import type { VerdictStatus } from '../../../src/ir/verdict.js';
import type { Network } from '../../../src/ir/network.js';
import type { Random } from '../../../src/numeric/random.js';
import { createRandom } from '../../../src/numeric/random.js';
import { createRunner, loadModule } from '../../../src/verify/run-module.js';
import { probesOf } from '../agreement.js';
import type { Specimen } from '../build/specimen.js';
import { disguise } from '../disguise.js';
import type { DisguiseOptions } from '../disguise.js';
import { plainEvaluation } from '../plain-evaluation.js';
import { chance } from './choose.js';
import { randomProgram } from './random-program.js';

export interface FuzzCase {
  readonly seed: number;
  readonly specimen: Specimen;
  readonly disguise: DisguiseOptions;
  /** The specimen's network in its disguise: what is compiled. */
  readonly network: Network;
}

export interface FuzzResult {
  readonly seed: number;
  readonly name: string;
  /** The verdict; `refused` where the compiler said that it cannot, `failed` where it broke. */
  readonly status: VerdictStatus | 'refused' | 'failed';
  readonly lines: number;
  readonly weightsInData: number;
  readonly inputs: number;
  readonly mismatches: number;
  /** Why this case is a failure; `undefined` where it is none. */
  readonly problem?: string;
  readonly code?: string;
}

/** Scores of `identity` layers may differ by the noise of the weights and the rounding of constants. */
const TOLERANCE = 1e-5;

/** Two-valued cells of most programs, and of the few large ones. */
const SMALL = 9;

/** The case of a seed: most have few cells, some up to `cells`. */
export function fuzzCase(seed: number, cells: number): FuzzCase {
  const random = createRandom(seed);
  const most = chance(random, 0.25) ? cells : SMALL;
  const specimen = randomProgram(random, 2 + random.below(most - 1));
  const options = randomDisguise(random);
  return { seed, specimen, disguise: options, network: disguise(specimen.network, options) };
}

function randomDisguise(random: Random): DisguiseOptions {
  return {
    seed: random.below(2 ** 30),
    permute: chance(random, 0.5),
    interleave: chance(random, 0.2),
    rescale: chance(random, 0.4),
    noise: chance(random, 0.4) ? 1e-9 * random.unit() : 0,
    dead: chance(random, 0.25) ? 1 + random.below(3) : 0,
    duplicates: chance(random, 0.25) ? 1 + random.below(2) : 0,
    complements: chance(random, 0.25) ? 1 + random.below(2) : 0,
    constants: chance(random, 0.25) ? 1 + random.below(2) : 0,
  };
}

/** Compiles a case and compares the module on every input, or on `limit` seeded ones. */
export async function runFuzzCase(given: FuzzCase, limit: number): Promise<FuzzResult> {
  const { seed, specimen, network } = given;
  const base = { seed, name: specimen.name, lines: 0, weightsInData: 0, inputs: 0, mismatches: 0 };
  try {
    const { code, weights, verdict, report } = await compile(network);
    const run = createRunner(await loadModule(code, weights), network);
    const evaluate = plainEvaluation(network);
    const probes = probesOf(network, limit);
    const mismatches = probes.filter((probe) => {
      const scores = run(probe).scores.flat();
      const far = (expected: readonly number[]): boolean =>
        expected.length !== scores.length ||
        expected.some((value, k) => !(Math.abs(value - scores[k]) <= TOLERANCE));
      return far(evaluate(probe)) || far(specimen.reference(...probe));
    });
    const { status } = verdict;
    const problem =
      status === 'refuted'
        ? `refuted: ${JSON.stringify(verdict.counterexample)}`
        : mismatches.length > 0
          ? `wrong, though ${status}: input ${JSON.stringify(mismatches[0].map((part) => Array.from(part)))}` // prettier-ignore
          : undefined;
    return {
      ...base,
      status,
      lines: report.code.lines,
      weightsInData: report.code.weightsInData,
      inputs: probes.length,
      mismatches: mismatches.length,
      ...(problem === undefined ? {} : { problem, code }),
    };
  } catch (error) {
    if (error instanceof Diagnostic && !error.code.startsWith('INTERNAL')) {
      return { ...base, status: 'refused' };
    }
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...base, status: 'failed', problem };
  }
}

/** Counts by verdict, and how many modules are loops and logic only. */
export function summarise(results: readonly FuzzResult[]): string {
  const statuses = [...new Set(results.map(({ status }) => status))].sort();
  const counts = statuses.map(
    (status) => `${status} ${results.filter((result) => result.status === status).length}`,
  );
  const tables = results.filter(({ weightsInData }) => weightsInData > 0).length;
  const long = results.filter(({ lines }) => lines > 40).length;
  const failures = results.filter(({ problem }) => problem !== undefined).length;
  return (
    `${results.length} networks: ${counts.join(', ')}; ` +
    `${tables} with weights in data, ${long} longer than 40 lines; ${failures} failures`
  );
}
