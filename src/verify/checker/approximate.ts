/**
 * The verdict on a module that claims to approximate: the fidelity that it declares is measured again, on
 * the inputs on which it was measured and on as many fresh ones. The text is run by the checker's own
 * interpreter; in range it has to answer with numbers.
 */
import type { Answered, Approximation } from '../../ir/fidelity.js';
import { fidelityOf, tellFidelity } from '../../ir/fidelity.js';
import type { FidelityProbe } from '../../ir/fidelity-probes.js';
import { inRangeProbes, outOfRangeProbes } from '../../ir/fidelity-probes.js';
import { sizeOf } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import { networkOfTarget, resolveTarget } from '../../ir/target.js';
import type { Counterexample, Verdict } from '../../ir/verdict.js';
import { roundedUp } from '../../numeric/rounded-up.js';
import { labelOf } from '../run-module.js';
import { createTeacher } from '../teacher.js';
import type { Teacher } from '../teacher.js';
import type { Concrete } from './concrete.js';
import { createConcrete } from './concrete.js';
import type { Declared } from './declared.js';
import { falseClaim, notesOn } from './declared.js';
import { proveDecisions } from './prove-decisions.js';
import {
  FalseStatement,
  checkRanges,
  checkReplaces,
  readApproximation,
} from './declared-approximation.js';
import type { RunOptions } from './interpreter/index.js';
import type { ObjectValue } from './interpreter/values.js';
import { acceptedWrongShape } from './shapes.js';
import type { ModuleSyntax } from './syntax.js';
import { Stopped, Undecided } from './undecided.js';

/** Another order of summation, no more. */
const ROUNDING = 1e-9;

/**
 * What fresh inputs may leave unexplained: twice what was declared, since few inputs far off make up most
 * of it, and some more where next to nothing was; of decisions as many as chance may have missed.
 */
const FRESH_FACTOR = 2;
const FRESH_SHARE = 1e-5;
const FRESH_DECISIONS = 10;

/** Tells the seed of fresh inputs from the declared one. */
const FRESH_SEED = 0x667265;

/** @throws Undecided, Stopped, OutOfFuel where the text cannot be run. */
export function judgeApproximate(
  network: StagedNetwork,
  module: ModuleSyntax,
  constant: ObjectValue,
  declared: Declared,
  options: RunOptions,
): Verdict {
  try {
    const claims = readApproximation(constant);
    if (claims.measured.kind === 'rows') {
      return { ...NOTHING, status: 'unknown', method: 'nothing run', reason: 'the module was fitted to the rows of a table, not to a network' }; // prettier-ignore
    }
    const own = subjectOf(network, claims);
    checkRanges(own, claims);
    checkReplaces(network, claims.replaces);
    const verdict = new Measurement(own, createConcrete(own, module, options), claims, options).judge(declared); // prettier-ignore
    return verdict.status === 'approximate' ? withDecisions(verdict, own, module, claims, options) : verdict; // prettier-ignore
  } catch (error) {
    if (!(error instanceof FalseStatement)) throw error;
    const { where, message } = error;
    return refuted('the network constant is false', 0, { inputs: [], expected: [], actual: message, where }); // prettier-ignore
  }
}

/**
 * A module that explains decisions and misses none of them may decide as the network does everywhere: where
 * that is proved, the verdict says so. It stays approximate, since of scores nothing is known.
 */
function withDecisions(
  verdict: Verdict,
  network: StagedNetwork,
  module: ModuleSyntax,
  { explains, fidelity }: Approximation,
  options: RunOptions,
): Verdict {
  if (explains !== 'decisions' || fidelity < 1) return verdict;
  const proved = proveDecisions(network, module, options);
  if (proved === undefined) return verdict;
  const { regions, apart } = proved;
  const pieces = `${regions} region${regions === 1 ? '' : 's'} of the inputs`;
  const method = `${verdict.method}, decisions proved on ${pieces} apart from scores closer than ${roundedUp(apart)}`;
  return { ...verdict, method, provedDecisions: proved };
}

const NOTHING = { checked: 0, ties: 0, maxError: Infinity };

function refuted(method: string, checked: number, counterexample: Counterexample): Verdict {
  return { ...NOTHING, status: 'refuted', method, checked, counterexample };
}

/** What the module is about: the network, or a part of it. */
function subjectOf(network: StagedNetwork, { target }: Approximation): StagedNetwork {
  if (target === undefined) return network;
  const resolved = resolveTarget(network, target);
  if (resolved === undefined) {
    throw new FalseStatement('network.target', 'declares a target that the network has not');
  }
  return networkOfTarget(network, resolved);
}

/** What running over some inputs gave. */
interface Run {
  readonly fidelity: number;
  /** Largest |module − network| of a score. */
  readonly maxError: number;
  /** The input that counts most against the module. */
  readonly worst: Counterexample | undefined;
  /** An input without a number for an answer. */
  readonly failure: Counterexample | undefined;
}

class Measurement {
  private readonly teacher: Teacher;
  private checked = 0;

  constructor(
    private readonly network: StagedNetwork,
    private readonly concrete: Concrete,
    private readonly claims: Approximation,
    private readonly options: RunOptions,
  ) {
    this.teacher = createTeacher(network);
  }

  judge(declared: Declared): Verdict {
    const { claims, network } = this;
    const shape = acceptedWrongShape(network, this.concrete, false, () => {
      this.tick();
    });
    if (shape !== undefined) return refuted('run on inputs', this.checked, shape);
    const seed = claims.measured.kind === 'probes' ? claims.measured.seed : 0;
    const first = this.run(this.inRange(seed));
    const fresh = this.run(this.inRange(seed ^ FRESH_SEED));
    for (const { failure } of [first, fresh]) {
      if (failure !== undefined) return refuted('run on inputs in range', this.checked, failure);
    }
    if (!(first.fidelity >= claims.fidelity - ROUNDING)) {
      return this.missed(first, 'the declared inputs', claims.fidelity);
    }
    if (!(fresh.fidelity >= this.leastFresh())) {
      return this.missed(fresh, 'fresh inputs', claims.fidelity);
    }
    for (const { maxError, worst } of [first, fresh]) {
      if (maxError <= (claims.bound ?? Infinity)) continue;
      const method = `off by ${roundedUp(maxError)}, ${String(claims.bound)} declared`;
      const none = { inputs: [], expected: [], actual: method, where: 'bound' };
      return refuted(method, this.checked, worst ?? none);
    }
    const outside = this.outside(seed);
    if (outside !== undefined && !(outside.fidelity >= (claims.fidelityOutOfRange ?? 0) - ROUNDING)) {
      return this.missed(outside, 'inputs out of range', claims.fidelityOutOfRange ?? 0);
    } // prettier-ignore
    const lie = falseClaim(network, declared, 'approximate', false);
    if (lie !== undefined) return refuted('the network constant is false', this.checked, lie);
    const words = [
      `fidelity ${tellFidelity(first.fidelity)} on the declared inputs`,
      `${tellFidelity(fresh.fidelity)} on fresh ones`,
      ...(outside === undefined ? [] : [`${tellFidelity(outside.fidelity)} out of range`]),
      ...(claims.bound === undefined ? [] : [`no error above the bound ${claims.bound}`]),
    ];
    return {
      status: 'approximate',
      method: `${words.join(', ')}${notesOn(network, declared)}`,
      checked: this.checked,
      ties: 0,
      // Of decisions nothing is said of the scores.
      maxError: claims.explains === 'decisions' ? Infinity : Math.max(first.maxError, fresh.maxError), // prettier-ignore
      fidelity: first.fidelity,
      ...(outside === undefined ? {} : { fidelityOutOfRange: outside.fidelity }),
    };
  }

  /** Below this the fidelity on fresh inputs speaks against the declared one. */
  private leastFresh(): number {
    const { fidelity, measured } = this.claims;
    const spare =
      this.network.decision.kind === 'none' ? FRESH_SHARE : FRESH_DECISIONS / measured.count;
    return 1 - FRESH_FACTOR * (1 - fidelity) - spare;
  }

  private inRange(seed: number): readonly FidelityProbe[] {
    return inRangeProbes(this.network, this.settings(seed));
  }

  private outside(seed: number): Run | undefined {
    if (this.claims.fidelityOutOfRange === undefined) return undefined;
    const probes = outOfRangeProbes(this.network, this.settings(seed));
    if (probes !== undefined) return this.run(probes);
    throw new FalseStatement('network.fidelityOutOfRange', 'the domain has no outside');
  }

  private settings(seed: number) {
    const { ranges, measured } = this.claims;
    return { count: measured.count, seed, ...(ranges === undefined ? {} : { ranges }) };
  }

  private run(probes: readonly FidelityProbe[]): Run {
    const expected: Answered[] = [];
    const actual: Answered[] = [];
    let [most, maxError] = [-1, 0];
    let worst: Counterexample | undefined;
    let failure: Counterexample | undefined;
    for (const probe of probes) {
      this.tick();
      const own = this.answerOfNetwork(probe);
      const answer = this.answerOfModule(probe);
      expected.push(own);
      actual.push(typeof answer === 'string' ? { scores: own.scores.map(() => NaN) } : answer);
      const off = typeof answer === 'string' ? Infinity : distance(own, answer);
      if (off > most) {
        most = off;
        worst = counterexample(probe, own, answer, 'fidelity');
      }
      if (off === Infinity) failure ??= counterexample(probe, own, answer, 'scores');
      else if (typeof answer !== 'string' && this.contradictsItself(answer)) {
        failure ??= counterexample(probe, own, answer, 'predict, which its own scores contradict');
      }
      if (typeof answer !== 'string') maxError = Math.max(maxError, largestError(own, answer));
    }
    return { fidelity: fidelityOf(expected, actual), maxError, worst, failure };
  }

  private answerOfNetwork(probe: FidelityProbe): Answers {
    const outputs = this.teacher.forward(probe);
    const scores = outputs.flatMap((output) => [...output]);
    if (this.network.decision.kind === 'none') return { scores };
    return { scores, decision: labelOf(this.network, this.teacher.decide(outputs)) };
  }

  /** What the module answers, or the message of what it throws. */
  private answerOfModule(probe: FidelityProbe): Answers | string {
    this.checked++;
    try {
      const { scores, decision } = this.concrete.run(probe);
      return { scores: scores.flat(), ...(decision === undefined ? {} : { decision }) };
    } catch (error) {
      if (error instanceof Undecided || error instanceof Stopped) throw error;
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Whether `predict` gives something else than the decision that follows from `scores`. */
  private contradictsItself({ scores, decision }: Answers): boolean {
    if (decision === undefined) return false;
    const first = scores.slice(0, sizeOf(this.network.outputs[0].shape));
    return labelOf(this.network, this.teacher.decide([first])) !== decision;
  }

  private missed({ fidelity, worst }: Run, where: string, claimed: number): Verdict {
    const method = `fidelity ${tellFidelity(fidelity)} on ${where}, ${tellFidelity(claimed)} declared`;
    const none = { inputs: [], expected: [], actual: method, where: 'fidelity' };
    return refuted(method, this.checked, worst ?? none);
  }

  private tick(): void {
    if (this.options.shouldStop?.() === true) throw new Stopped('stopped before a decision');
  }
}

interface Answers extends Answered {
  readonly scores: readonly number[];
}

/** How much an answer counts against the module; infinite for what is no number. */
function distance(expected: Answers, actual: Answers): number {
  const error = largestError(expected, actual);
  if (!Number.isFinite(error) || expected.decision === undefined) return error;
  return expected.decision === actual.decision ? 0 : 1 + error;
}

function largestError(expected: Answers, actual: Answers): number {
  return expected.scores.reduce((most, score, k) => {
    const off = Math.abs(score - actual.scores[k]);
    return Number.isNaN(off) ? Infinity : Math.max(most, off);
  }, 0);
}

function counterexample(
  probe: FidelityProbe,
  expected: Answers,
  actual: Answers | string,
  where: string,
): Counterexample {
  return {
    inputs: probe.map((cells) => [...cells]),
    expected: expected.scores,
    actual: typeof actual === 'string' ? actual : actual.scores,
    where,
  };
}
