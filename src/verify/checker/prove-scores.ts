/**
 * The proof that `scores` computes the network's output vector: both sides in one context, subtracted
 * output by output; what does not cancel is bounded by intervals or tables.
 */
import type { StagedNetwork } from '../../ir/network.js';
import { sizeOf } from '../../ir/model-interface.js';
import { proveBranching } from './branching.js';
import { Budget } from './budget.js';
import type { Mean } from './compare-values.js';
import { EQUAL, compareValues, methodOf } from './compare-values.js';
import type { Witness } from './components.js';
import { Means } from './components.js';
import { Context } from './context.js';
import type { RunOptions, Running } from './interpreter/index.js';
import { FUEL, callExport, flattenValue, nest, runModule } from './interpreter/index.js';
import { isNumeric } from './interpreter/machine.js';
import type { Value } from './interpreter/values.js';
import { ObjectValue, describeValue } from './interpreter/values.js';
import type { NetworkSide } from './network-side.js';
import { addCells, evaluateNetwork } from './network-side.js';
import type { Ledger } from './ledger.js';
import type { Num } from './num.js';
import type { ModuleSyntax } from './syntax.js';
import { Undecided } from './undecided.js';

/** Steps of one proof: one or two seconds. */
const MAX_STEPS = 2 ** 30;

/** What rests on running the text once for every order of its inputs. */
const PATHS = 'canonical forms and tables of states';

/** What was shown of one number of the output. */
export interface OutputProof {
  /** Bound on |module − network|; Infinity where there is none. */
  readonly error: number;
  /** The part of it that the text's float64 arithmetic may add. */
  readonly rounding: number;
  readonly states: number;
  readonly method: string;
  /** Why the bound is not tighter. */
  readonly reason: string | undefined;
}

export interface ScoresProof {
  /** Bound on |module − network| over all outputs and inputs; Infinity where there is none. */
  readonly maxError: number;
  readonly states: number;
  readonly ties: number;
  /** Why the bound is not tighter, or why there is none. */
  readonly reason: string | undefined;
  /** What it rests on, in words. */
  readonly method: string;
  /** Inputs at which an output's difference is largest, most promising first. */
  readonly witnesses: readonly Witness[];
  readonly context: Context;
  /** Atoms of all cells, input by input. */
  readonly cells: readonly (readonly number[])[];
  /** Atoms up to this number were made by the text, later ones by the network alone. */
  readonly boundary: number;
  /** One for each number that `scores` gives, in their order. */
  readonly outputs: readonly OutputProof[];
  readonly ledger: Ledger;
}

/** Text and network, evaluated for the same unknown inputs. */
interface Both {
  readonly context: Context;
  readonly cells: readonly (readonly Num[])[];
  readonly running: Running;
  /** What `scores` gives. */
  readonly answer: Value;
  /** See `ScoresProof`. */
  readonly boundary: number;
  readonly side: NetworkSide;
}

function evaluateBoth(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
  budget: Budget,
  tick: (done: number, total: number) => void,
): Both {
  const context = new Context();
  const cells = addCells(context, network);
  const running = runModule(module, { ...options, context });
  const inputs = network.inputs.map((input, k) => nest(running.machine, cells[k], input.shape));
  const answer = callExport(running, 'scores', inputs);
  const boundary = context.atoms.length;
  const side = evaluateNetwork(context, network, cells, budget, tick);
  return { context, cells, running, answer, boundary, side };
}

/**
 * Whether a text computes what a neuron does (by layer and position): all thresholds and functions that the
 * neuron's value is made of are among those that the text was seen to make. @throws Undecided.
 */
export function neuronsTold(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
  tick: () => void,
): (layer: number, neuron: number) => boolean {
  const { context, boundary, side } = evaluateBoth(network, module, options, new Budget(MAX_STEPS, tick), tick); // prettier-ignore
  return (layer, neuron) => {
    const value = side.values.at(layer)?.at(neuron);
    return value !== undefined && context.flatten(value).atoms.every((atom) => atom < boundary);
  };
}

/** Evaluates text and network symbolically and bounds their difference. @throws Undecided. */
export function proveScores(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
  tolerance: number,
  tick: (done: number, total: number) => void,
): ScoresProof {
  const budget = new Budget(MAX_STEPS, () => {
    tick(0, 0);
  });
  const both = evaluateBoth(network, module, options, budget, tick);
  const { context, cells, running, answer, boundary, side } = both;
  const means = new Means(context, budget, tolerance);
  let maxError = 0;
  let states = 0;
  let reason: string | undefined;
  const witnesses: { size: number; witness: Witness }[] = [];
  let outputs: OutputProof[] = [];
  const used = new Set<Mean>();
  network.outputs.forEach((output, index) => {
    const values = outputValues(network, answer, index);
    if (values === undefined) {
      maxError = Infinity;
      reason = `the output ${output.name} has not the shape [${output.shape.join(', ')}]`;
      for (let k = 0; k < side.outputs[index].length; k++) {
        outputs.push({ error: Infinity, rounding: Infinity, states: 0, method: EQUAL, reason });
      }
      return;
    }
    side.outputs[index].forEach((expected, k) => {
      const pair = compareValues(context, values[k], expected, means, tolerance);
      maxError = Math.max(maxError, Number.isNaN(pair.error) ? Infinity : pair.error);
      states += pair.states;
      for (const mean of pair.means) used.add(mean);
      const [method, doubt] = [
        methodOf(pair.means),
        pair.error <= tolerance ? undefined : pair.reason,
      ];
      outputs.push({ error: pair.error, rounding: pair.rounding, states: pair.states, method, reason: doubt }); // prettier-ignore
      if (pair.error <= tolerance) return;
      reason ??= pair.reason ?? `an output may differ by ${pair.error}`;
      witnesses.push(...pair.witnesses);
    });
  });
  let method = methodOf(used);
  const points = witnesses.sort((a, b) => b.size - a.size).map(({ witness }) => witness);
  if (maxError > tolerance && reason !== undefined && hasInfiniteDomain(network)) {
    const { machine } = running;
    const left = machine.steps;
    const run = () => {
      machine.steps = left;
      const again = network.inputs.map((input, k) => nest(machine, cells[k], input.shape));
      return numbersOf(context, network, callExport(running, 'scores', again));
    };
    const text = {
      context,
      cells: cells.flatMap((one) => one.map((cell) => cell.atom)),
      run,
      mostSteps: (options.fuel ?? FUEL) - left,
      lastSteps: () => left - machine.steps,
      expected: side.outputs.flat(),
      tolerance,
      length: module.text.length,
    };
    const proof = proveBranching(text, budget, () => {
      tick(0, 0);
    });
    points.unshift(...proof.witnesses);
    reason = proof.reason ?? reason;
    if (proof.maxError <= tolerance) {
      [maxError, states, reason] = [proof.maxError, proof.followed, undefined];
      method = proof.regions === undefined ? PATHS : `linear on each of ${proof.regions}`;
      const [error, told] = [maxError, method];
      outputs = outputs.map((one) => ({
        ...one,
        error,
        states: 0,
        method: told,
        reason: undefined,
      }));
    }
  }
  return {
    maxError,
    states,
    ties: side.ties,
    reason,
    method,
    witnesses: points,
    context,
    cells: cells.map((one) => one.map((cell) => cell.atom)),
    boundary,
    outputs,
    ledger: side.ledger,
  };
}

function hasInfiniteDomain(network: StagedNetwork): boolean {
  return network.inputs.some(({ domain }) => domain.kind !== 'values');
}

/** Whether some input may be any number. */
export function hasUnboundedCells(network: StagedNetwork): boolean {
  return network.inputs.some(({ domain }) =>
    domain.kind === 'per-cell'
      ? domain.cells.some(({ kind }) => kind === 'real')
      : domain.kind === 'real',
  );
}

/** All outputs of the text, as numbers. @throws Undecided where one is none, or is not there. */
function numbersOf(context: Context, network: StagedNetwork, answer: Value): Num[] {
  return network.outputs.flatMap((_, index) => {
    const values = outputValues(network, answer, index);
    if (values === undefined) throw new Undecided('an output of another shape, depending on the input'); // prettier-ignore
    return values.map((value) => {
      if (!isNumeric(value)) throw new Undecided(`an output is ${describeValue(value)}`);
      return typeof value === 'number' ? context.constant(value) : value;
    });
  });
}

/** The flat values of one output; several outputs come as an object keyed by name. */
export function outputValues(
  network: StagedNetwork,
  answer: Value,
  index: number,
): Value[] | undefined {
  const { name, shape } = network.outputs[index];
  if (network.outputs.length === 1) return flattenValue(answer, shape);
  if (!(answer instanceof ObjectValue)) return undefined;
  const values = flattenValue(answer.entries.get(name), shape);
  return values?.length === sizeOf(shape) ? values : undefined;
}
