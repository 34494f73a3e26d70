/**
 * Mutants of modules that only approximate: they claim a fidelity, not equality, so one that the checker
 * accepts is asked whether its claim really holds, by running it as JavaScript on inputs drawn apart.
 */
import { cellDomain, domainHull, sizeOf } from '../../src/ir/model-interface.js';
import { createRandom } from '../../src/numeric/random.js';
import { verify } from '../../src/verify/index.js';
import type { Probe } from '../../src/verify/probes.js';
import { createRunner, flatten, labelOf, loadModule, nest } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import type { Mutant } from '../../test/helpers/text-mutants.js';
import { allMutantsOf } from '../../test/helpers/text-mutants.js';
import type { Subject } from './subjects.js';

/** Mutants of one module that are judged: they are slow, each is measured on thousands of inputs. */
const MUTANTS = 40;
/** Inputs on which a claim is measured again, and their seed, which the checker does not use. */
const INPUTS = 4000;
const SEED = 4711;

export interface JudgedClaim {
  readonly operator: string;
  readonly what: string;
  readonly outcome: 'refuted' | 'holds' | 'undecided' | 'wrong';
  readonly reason: string;
  /** What the module claims, and what was measured: a share of equal decisions, or R². */
  readonly claimed?: number;
  readonly measured?: number;
}

/** A seeded sample of a module's mutants. */
export function sampleOf(code: string): Mutant[] {
  const rest = allMutantsOf(code);
  const random = createRandom(1);
  return Array.from({ length: Math.min(MUTANTS, rest.length) }, () => {
    return rest.splice(random.below(rest.length), 1)[0];
  });
}

/** The checker on a mutant of an approximate module, and what measuring says of one that it accepts. */
export async function judgeClaim(subject: Subject, mutant: Mutant): Promise<JudgedClaim> {
  const { operator, what, code } = mutant;
  const { status, method, reason, counterexample } = await verify(subject.network, code);
  const told = { operator, what };
  if (status === 'refuted') return { ...told, outcome: 'refuted', reason: counterexample?.where ?? method }; // prettier-ignore
  if (status !== 'approximate') return { ...told, outcome: 'undecided', reason: reason ?? method };
  const [claimed, measured] = await measure(subject, code);
  // As `verify` does on fresh inputs: twice as much may be left unexplained as was declared.
  const least = 1 - 2 * (1 - claimed) - 10 / 1000;
  return {
    ...told,
    outcome: measured >= least ? 'holds' : 'wrong',
    reason: method,
    claimed,
    measured,
  };
}

/** The declared fidelity and the one on fresh inputs. */
async function measure(subject: Subject, code: string): Promise<readonly [number, number]> {
  const { network } = subject;
  const module = await loadModule(code);
  const { fidelity, explains, target } = module.network as { fidelity: number; explains?: string; target?: { cell?: number } }; // prettier-ignore
  const teacher = createTeacher(network);
  const random = createRandom(SEED);
  const probes = Array.from({ length: INPUTS }, (): Probe =>
    network.inputs.map(({ shape, domain }) =>
      Float64Array.from({ length: sizeOf(shape) }, (_, cell) => {
        const own = cellDomain(domain, cell);
        if (own.kind === 'values') return own.values[random.below(own.values.length)];
        const [min, max] = domainHull(own);
        return min + (max - min) * random.unit();
      }),
    ),
  );
  // The fidelity of a whole network that decides is the share of equal decisions.
  if (explains === 'decisions' || (target === undefined && network.decision.kind !== 'none')) {
    const run = createRunner(module, network);
    const equal = probes.filter((probe) => {
      const expected = labelOf(network, teacher.decide(teacher.forward(probe)));
      return run(probe).decision === expected;
    });
    return [fidelity, equal.length / probes.length];
  }
  const rows = probes.map((probe) => {
    const expected = Array.from(teacher.forward(probe)[0]);
    const nested = probe.map((cells, k) => nest(cells, network.inputs[k].shape));
    return { expected: target === undefined ? expected : [expected[target.cell ?? 0]], actual: flatten(module.scores(...nested)) }; // prettier-ignore
  });
  const shares = rows[0].expected.map((_, k) => {
    const expected = rows.map((row) => row.expected[k]);
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    const whole = expected.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const left = rows.reduce((sum, row) => sum + (row.expected[k] - row.actual[k]) ** 2, 0);
    return 1 - left / whole;
  });
  return [fidelity, Math.min(...shares)];
}
