/**
 * The text, run on concrete inputs by the checker's own interpreter: no code of the module is ever
 * executed by the engine, and a loop that does not end runs out of fuel.
 */
import type { StagedNetwork } from '../../ir/network.js';
import { compareAnswers } from '../compare-answers.js';
import type { Probe } from '../probes.js';
import { decide } from '../../ir/decision.js';
import type { Answer } from '../run-module.js';
import { labelOf } from '../run-module.js';
import { shrinkProbe } from '../shrink-probe.js';
import type { Teacher } from '../teacher.js';
import { forwardWork } from '../work.js';
import type { Counterexample } from '../../ir/verdict.js';
import type { RunOptions, Running } from './interpreter/index.js';
import { callExport, nest, runModule } from './interpreter/index.js';
import type { Value } from './interpreter/values.js';
import { describeValue } from './interpreter/values.js';
import { outputValues } from './prove-scores.js';
import type { ModuleSyntax } from './syntax.js';
import { Stopped, Undecided } from './undecided.js';

/** Steps that the top level may take, which makes the tables of weights, and each call: beside some for each
 * multiplication of the network. What does not end is seen when a call has used up its own. */
const [TOP_FUEL, TOP_PER_PRODUCT] = [4_000_000, 64];
const [CALL_FUEL, CALL_PER_PRODUCT] = [1_000_000, 16];

/** Runs in which `predict` is run too although it decides nothing: the proof looks at its text. */
const FIRST_PREDICTIONS = 64;

/** Smaller inputs tried when a counterexample is shrunk. */
const SHRINK_TRIES = 200;

export interface Concrete {
  /** What the module answers; throws what the text throws, Undecided, OutOfFuel or Stopped. */
  readonly run: (inputs: Probe) => Answer;
  /** Calls an export on nested values as they stand. */
  readonly call: (name: string, build: (running: Running) => Value[]) => Value;
  readonly running: Running;
  /** Most steps that a call has taken so far. */
  readonly steps: () => number;
}

/** Runs the module's top level and makes it callable. @throws Undecided and what the text throws. */
export function createConcrete(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
): Concrete {
  const work = forwardWork(network);
  const fuel = CALL_FUEL + CALL_PER_PRODUCT * work;
  const running = runModule(module, { ...options, fuel: TOP_FUEL + TOP_PER_PRODUCT * work });
  let most = 0;
  let predictions = FIRST_PREDICTIONS;
  const call = (name: string, build: (running: Running) => Value[]): Value => {
    running.machine.steps = fuel;
    const value = callExport(running, name, build(running));
    most = Math.max(most, fuel - running.machine.steps);
    return value;
  };
  const nested = (inputs: Probe) => () =>
    network.inputs.map(({ shape }, k) => nest(running.machine, inputs[k], shape));
  const run = (inputs: Probe): Answer => {
    const answer = call('scores', nested(inputs));
    const scores = network.outputs.map((output, index) => {
      const values = outputValues(network, answer, index);
      if (values === undefined) throw new TypeError(`the output ${output.name} has another shape`);
      return values.map(numberOf);
    });
    if (network.decision.kind === 'none') {
      if (predictions-- > 0) requireSame(network, answer, call('predict', nested(inputs)));
      return { scores, decision: undefined };
    }
    const decision = call('predict', nested(inputs));
    if (typeof decision !== 'string' && typeof decision !== 'number') {
      throw new TypeError(`predict gives ${describeValue(decision)}`);
    }
    return { scores, decision };
  };
  return { run, call, running, steps: () => most };
}

/** Without a decision, `predict` gives what `scores` gives. */
function requireSame(network: StagedNetwork, answer: Value, prediction: Value): void {
  const same = network.outputs.every((_, index) => {
    const [own, other] = [answer, prediction].map((one) => outputValues(network, one, index));
    return own?.length === other?.length && own?.every((value, k) => Object.is(value, other?.[k]));
  });
  if (!same) throw new TypeError('predict gives something else than scores');
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`an output is ${describeValue(value)}`);
}

/** Judges inputs one at a time; counts them. */
export class Judge {
  checked = 0;

  constructor(
    private readonly network: StagedNetwork,
    private readonly teacher: Teacher,
    private readonly concrete: Concrete,
    private readonly tolerance: number,
  ) {}

  /** The disagreement at an input, or undefined. @throws Undecided, Stopped. */
  mismatch(probe: Probe): Counterexample | undefined {
    this.checked++;
    let answer: Answer | undefined;
    let failure: unknown;
    try {
      answer = this.concrete.run(probe);
    } catch (error) {
      // What the text itself throws is a disagreement; what the interpreter cannot do is not.
      if (error instanceof Undecided || error instanceof Stopped) throw error;
      failure = error;
    }
    const run = (): Answer => {
      if (answer === undefined) throw failure;
      return answer;
    };
    return compareAnswers(this.network, this.teacher, probe, run, this.tolerance).mismatch;
  }

  /** The largest |module − network| over the scores at an input; Infinity where the text gives none. @throws Undecided, Stopped. */
  difference(probe: Probe): number {
    this.checked++;
    try {
      const actual = this.concrete.run(probe).scores.flat();
      const expected = this.teacher.forward(probe).flatMap((scores) => Array.from(scores));
      return expected.reduce((most, score, k) => Math.max(most, Math.abs(score - actual[k])), 0);
    } catch (error) {
      if (error instanceof Undecided || error instanceof Stopped) throw error;
      return Infinity;
    }
  }

  /**
   * Whether `predict`, which looks at nothing but the module's own scores, decides them otherwise than the
   * network decides scores: at equal ones, mostly. @throws what `run` throws.
   */
  contradiction(probe: Probe): Counterexample | undefined {
    this.checked++;
    const { scores, decision } = this.concrete.run(probe);
    const right = labelOf(this.network, decide(this.network.decision, scores[0]));
    if (decision === right) return undefined;
    return {
      inputs: probe.map((cells) => Array.from(cells)),
      expected: scores.flat(),
      actual: `predict makes ${String(decision)} of its own scores, not ${String(right)}`,
      where: 'predict',
    };
  }

  /** The smallest disagreement found from this one on. */
  shrink(found: Counterexample): Counterexample {
    let best = found;
    // A text that does not end costs all its fuel at every try.
    if (typeof found.actual === 'string' && found.actual.includes(OUT_OF_FUEL)) return best;
    let tries = SHRINK_TRIES;
    for (let again = true; again;) {
      again = false;
      const probe = best.inputs.map((cells) => Float64Array.from(cells));
      for (const smaller of shrinkProbe(this.network, probe)) {
        if (--tries < 0) return best;
        const one = this.mismatch(smaller);
        if (one === undefined) continue;
        best = one;
        again = true;
        break;
      }
    }
    return best;
  }
}

const OUT_OF_FUEL = 'no answer in the steps';
