/**
 * The order in which a text is judged: read, run on a few inputs, wrong shapes, symbolic proof of
 * `scores`, proof of `predict`, and where one of them gives up, the search for a counterexample.
 */
import type { StagedNetwork } from '../../ir/network.js';
import type { Counterexample, Verdict, VerdictStatus } from '../../ir/verdict.js';
import type { Probe } from '../probes.js';
import { probeFamilies } from '../probes.js';
import { createRandom } from '../../numeric/random.js';
import { sampleModule } from '../sampling.js';
import { createTeacher } from '../teacher.js';
import type { Teacher } from '../teacher.js';
import { createFloat32Teacher } from '../teacher-float32.js';
import { whereParted } from '../where-parted.js';
import { forwardWork } from '../work.js';
import { judgeApproximate } from './approximate.js';
import type { Attempt, Attempted } from './attempt.js';
import { attemptProof, reasonOf, toldBy } from './attempt.js';
import { candidateProbes } from './candidates.js';
import { climb } from './climb.js';
import type { Concrete } from './concrete.js';
import { Judge, createConcrete } from './concrete.js';
import type { Declared } from './declared.js';
import { judgeClaims } from './claims.js';
import { isGeneric, notesOn, readDeclared } from './declared.js';
import { MAX_INPUTS, allInputs, domainSize } from './exhaustive.js';
import { FunctionValue } from './interpreter/values.js';
import type { ObjectValue } from './interpreter/values.js';
import type { ScoresProof } from './prove-scores.js';
import { hasUnboundedCells } from './prove-scores.js';
import { decisionVerdict, outputVerdicts } from './output-verdicts.js';
import { readText } from './read-text.js';
import { acceptedWrongShape } from './shapes.js';
import type { ModuleSyntax } from './syntax.js';
import { Stopped } from './undecided.js';

/** Default tolerance on outputs (contract). */
const DEFAULT_TOLERANCE = 1e-6;
/** Inputs tried before the proof: a wrong module mostly shows at once; fewer where one costs much. */
const [LEAST_FIRST, MOST_FIRST] = [2, 12];
/** Multiplications that all of them may take together. */
const FIRST_WORK = 4e6;
/** Work on inputs at thresholds: about two seconds; a step of the interpreter in multiplications. */
const SEARCH_WORK = 2e9;
const STEP_WORK = 100;
/** Inputs among which scores are looked for that `predict` decides wrongly: equal ones are common. */
const TIE_PROBES = 256;
/** Inputs that climbs may run. */
const MOST_CLIMBED = 4096;
/** Samples: as many as cost about this many multiplications, within bounds. */
const SAMPLE_WORK = 4e8;
const [FEWEST_SAMPLES, MOST_SAMPLES] = [128, 2048];

export interface TextOptions {
  readonly weights?: string;
  readonly tolerance?: number;
  readonly ignoreVerdictString?: boolean;
  readonly sample?: boolean;
  readonly explain?: boolean;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly shouldStop?: () => boolean;
}

/** What was found out about a text. */
export interface Examined {
  readonly verdict: Verdict;
  /** The tolerance that it was judged by. */
  readonly tolerance: number;
  /** What was proved, or tried; absent where it did not come to that. */
  readonly attempt?: Attempt;
}

/** See `verify`; with what the verdict rests on. */
export async function examineText(
  network: StagedNetwork,
  code: string,
  options: TextOptions,
): Promise<Examined> {
  let examination: Examination | undefined;
  try {
    const module = await readText(code);
    const weights = options.weights === undefined ? undefined : await readText(options.weights);
    examination = new Examination(network, module, weights, options);
    return examination.found(await examination.judge());
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    const verdict: Verdict = { status: 'unknown', method: 'nothing decided', checked: 0, ties: 0, maxError: Infinity, reason }; // prettier-ignore
    return examination?.found(verdict) ?? { verdict, tolerance: DEFAULT_TOLERANCE };
  }
}

class Examination {
  private teacher: Teacher;
  /** Multiplications of one forward pass. */
  private readonly work: number;
  private declared: Declared | undefined;
  private tolerance = DEFAULT_TOLERANCE;
  private ties = 0;
  private attempt: Attempt | undefined;
  private concrete: Concrete | undefined;

  constructor(
    private readonly network: StagedNetwork,
    private readonly module: ModuleSyntax,
    private readonly weights: ModuleSyntax | undefined,
    private readonly options: TextOptions,
  ) {
    this.teacher = createTeacher(network);
    this.work = forwardWork(network);
  }

  async judge(): Promise<Verdict> {
    const concrete = createConcrete(this.network, this.module, this.runOptions());
    this.concrete = concrete;
    for (const name of ['scores', 'predict', 'default', 'network']) {
      if (!this.module.exports.has(name)) return this.refuted('exports', `exports no ${name}`);
    }
    if (!(concrete.running.exports.get('default') instanceof FunctionValue) || this.module.exports.get('default') !== this.module.exports.get('predict')) {
      return this.refuted('exports', 'the default export is not predict');
    } // prettier-ignore
    this.declared = readDeclared(concrete.running.exports.get('network'));
    if (this.declared === undefined) return this.refuted('exports', '`network` is no object');
    if (this.declared.verdict === 'approximate' && this.options.ignoreVerdictString !== true) {
      const constant = concrete.running.exports.get('network') as ObjectValue;
      return judgeApproximate(
        this.network,
        this.module,
        constant,
        this.declared,
        this.runOptions(),
      );
    }
    this.tolerance = this.options.tolerance ?? this.declared.tolerance ?? DEFAULT_TOLERANCE;
    if (this.isFloat32()) {
      this.teacher = createFloat32Teacher(this.network);
      this.tolerance = 0;
    }
    const judge = new Judge(this.network, this.teacher, concrete, this.tolerance);
    const found = this.search(judge, this.firstProbes()) ?? acceptedWrongShape(this.network, concrete, isGeneric(this.declared), () => {
      this.tick(0, 0, 'shapes');
    }); // prettier-ignore
    if (found !== undefined) return this.refutation(found, judge.checked, 'run on inputs');
    const attempted = this.attempted(concrete);
    this.attempt = attemptProof(attempted, this.runOptions(), (done, total) => {
      this.tick(done, total, 'layers');
    });
    const { proof, doubt } = this.attempt;
    this.ties = proof?.ties ?? 0;
    if (proof !== undefined && doubt === undefined) return this.proved(proof);
    return this.withoutProof(judge, concrete, proof, doubt ?? 'no proof');
  }

  /** A verdict, with what is known of each output and of the decision. */
  found(verdict: Verdict): Examined {
    const { attempt, tolerance, network } = this;
    if (verdict.status === 'approximate' || this.declared === undefined)
      return { verdict, tolerance };
    const outputs = outputVerdicts(network, attempt?.proof?.outputs, tolerance, verdict);
    const decision = decisionVerdict(network, attempt, tolerance, verdict);
    return {
      verdict: {
        ...this.explained(verdict),
        outputs,
        ...(decision === undefined ? {} : { decision }),
      },
      tolerance,
      ...(attempt === undefined ? {} : { attempt }),
    };
  }

  /** A counterexample with the neuron at which the two part, where that is asked for and can be told. */
  private explained(verdict: Verdict): Verdict {
    const { counterexample } = verdict;
    const { concrete, network, tolerance } = this;
    if (this.options.explain !== true || counterexample === undefined || concrete === undefined) return verdict; // prettier-ignore
    const isTold = toldBy(this.attempted(concrete), this.runOptions(), () => {
      this.tick(0, 0, 'layers');
    });
    const parting = whereParted(network, counterexample, tolerance, isTold);
    return parting === undefined ? verdict : { ...verdict, counterexample: { ...counterexample, parting } }; // prettier-ignore
  }

  private attempted(concrete: Concrete): Attempted {
    const { network, module, weights, tolerance } = this;
    return { network, module, weights, isFloat32: this.isFloat32(), tolerance, steps: concrete.steps() }; // prettier-ignore
  }

  private isFloat32(): boolean {
    return this.declared?.precision === 'float32';
  }

  private proved(proof: ScoresProof): Verdict {
    const decision = this.network.decision.kind === 'none' ? '' : '; decisions equal apart from scores closer than maxError'; // prettier-ignore
    const own = this.ownTolerance();
    const rough = own === undefined ? '' : `; within ${own}, the module's own tolerance`;
    const notes = this.declared === undefined ? '' : rough + notesOn(this.network, this.declared);
    const verdict: Verdict = {
      status: 'proved',
      method: `symbolic: ${proof.method}${decision}${notes}`,
      checked: proof.states,
      ties: proof.ties,
      maxError: proof.maxError,
    };
    return this.withClaims(verdict);
  }

  private async withoutProof(
    judge: Judge,
    concrete: Concrete,
    proof: ScoresProof | undefined,
    reason: string,
  ): Promise<Verdict> {
    const contradiction =
      this.attempt?.isPredictWrong === true ? this.contradiction(judge) : undefined;
    if (contradiction !== undefined) return this.refutation(contradiction, judge.checked, 'run on inputs'); // prettier-ignore
    if (domainSize(this.network) <= MAX_INPUTS) {
      const start = judge.checked;
      const found = this.search(judge, allInputs(this.network));
      if (found !== undefined) return this.refutation(found, judge.checked, 'every input run');
      return this.withClaims({
        status: 'exhaustive',
        method: 'every input run',
        checked: judge.checked - start,
        ties: this.ties,
        maxError: this.tolerance,
        reason,
      });
    }
    const found = proof === undefined ? undefined : this.search(judge, candidateProbes(this.network, proof), this.affordable(concrete)); // prettier-ignore
    if (found !== undefined) return this.refutation(found, judge.checked, 'inputs at thresholds');
    const climbed = proof === undefined ? undefined : this.climb(judge, proof, this.affordable(concrete)); // prettier-ignore
    if (climbed !== undefined) return this.refutation(climbed, judge.checked, 'uphill from inputs at thresholds'); // prettier-ignore
    if (this.options.sample === false) return this.undecided(judge.checked, reason);
    return this.sampled(judge, concrete, reason);
  }

  /** The first disagreement on the way uphill from where a difference may be large. */
  private climb(judge: Judge, proof: ScoresProof, limit: number): Counterexample | undefined {
    if (proof.witnesses.length === 0) return undefined;
    const most = judge.checked + Math.min(limit, MOST_CLIMBED);
    const differenceAt = (probe: Probe): number => {
      this.tick(judge.checked, 0, 'inputs');
      return judge.checked > most ? 0 : judge.difference(probe);
    };
    return this.search(
      judge,
      climb(this.network, candidateProbes(this.network, proof), differenceAt),
    );
  }

  private async sampled(judge: Judge, concrete: Concrete, reason: string): Promise<Verdict> {
    const count = this.sampleCount(concrete);
    const outcome = await sampleModule(this.network, (inputs) => concrete.run(inputs), {
      count,
      seed: 1,
      tolerance: this.tolerance,
      teacher: this.teacher,
      shouldStop: () => this.options.shouldStop?.() === true,
    });
    if (outcome.counterexample !== undefined) {
      // Judged again, since what the interpreter cannot run is no disagreement.
      const probe = outcome.counterexample.inputs.map((cells) => Float64Array.from(cells));
      const again = judge.mismatch(probe);
      if (again !== undefined) return this.refutation(again, outcome.count, 'sampled');
    }
    if (outcome.count < count) return this.undecided(judge.checked + outcome.count, reason);
    return this.withClaims({
      status: 'sampled',
      method: `run on ${outcome.count} inputs of ${outcome.distributions.length} distributions, seed 1${this.isFloat32() ? ', equal to the last bit' : hasUnboundedCells(this.network) ? ', maxError relative to the values' : ''}`,
      checked: judge.checked + outcome.count,
      ties: this.ties,
      maxError: outcome.maxError,
      reason,
    });
  }

  /** As many samples as forward passes can be afforded, and runs of the text. */
  private sampleCount(concrete: Concrete): number {
    const affordable = Math.min(SAMPLE_WORK / (1 + this.work), this.affordable(concrete));
    return Math.round(Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, affordable)));
  }

  private undecided(checked: number, reason: string): Verdict {
    return { status: 'unknown', method: 'no proof, no counterexample', checked, ties: this.ties, maxError: Infinity, reason }; // prettier-ignore
  }

  private withClaims(verdict: Verdict): Verdict {
    const ignore = this.options.ignoreVerdictString === true;
    return this.declared === undefined ? verdict : judgeClaims(this.network, this.teacher, this.declared, verdict, this.ownTolerance(), ignore); // prettier-ignore
  }

  /** The tolerance where it is the module's choice, and rougher than the default. */
  private ownTolerance(): number | undefined {
    const isOwn = this.options.tolerance === undefined && this.tolerance > DEFAULT_TOLERANCE;
    return isOwn ? this.tolerance : undefined;
  }

  /** The first disagreement among some inputs, shrunk. */
  private search(
    judge: Judge,
    probes: Iterable<Probe>,
    limit = Infinity,
  ): Counterexample | undefined {
    let count = 0;
    for (const probe of probes) {
      if (++count > limit) return undefined;
      this.tick(judge.checked, 0, 'inputs');
      const found = judge.mismatch(probe);
      if (found !== undefined) return judge.shrink(found);
    }
    return undefined;
  }

  /** Probes that can be run in about SEARCH_WORK multiplications. */
  private affordable(concrete: Concrete): number {
    return SEARCH_WORK / (STEP_WORK * concrete.steps() + this.work + 1);
  }

  /** An input whose scores `predict` decides wrongly. */
  private contradiction(judge: Judge): Counterexample | undefined {
    const families = probeFamilies(this.network);
    const random = createRandom(1);
    for (let k = 0; k < TIE_PROBES; k++) {
      this.tick(judge.checked, 0, 'inputs');
      const found = judge.contradiction(families[k % families.length].draw(random));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private *firstProbes(): Generator<Probe> {
    const families = probeFamilies(this.network);
    const random = createRandom(1);
    const affordable = Math.floor(FIRST_WORK / (1 + this.work));
    const count = Math.max(LEAST_FIRST, Math.min(MOST_FIRST, affordable));
    for (let k = 0; k < count; k++) yield families[k % families.length].draw(random);
  }

  private tick(done: number, total: number, what: string): void {
    if (total > 0) this.options.onProgress?.(done, total, what);
    if (this.options.shouldStop?.() === true) throw new Stopped('stopped before a decision');
  }

  private runOptions() {
    const shouldStop = () => this.options.shouldStop?.() === true;
    return this.weights === undefined ? { shouldStop } : { weights: this.weights, shouldStop };
  }

  private refuted(where: string, actual: string): Verdict {
    return this.refutation({ inputs: [], expected: [], actual, where }, 0, 'the text');
  }

  private refutation(counterexample: Counterexample, checked: number, how: string): Verdict {
    const status: VerdictStatus = 'refuted';
    return { status, method: how, checked, ties: this.ties, maxError: Infinity, counterexample };
  }
}
