/**
 * The proof that `scores` computes the network's output vector: both sides in one context, subtracted
 * output by output; what does not cancel is bounded by intervals or tables.
 */
import type { StagedNetwork } from '../../ir/network.js';
import { sizeOf } from '../../ir/model-interface.js';
import { proveBranching } from './branching.js';
import { Budget } from './budget.js';
import type { Extremes, Witness } from './components.js';
import { Means, extremesOf } from './components.js';
import { Context } from './context.js';
import type { Form } from './forms.js';
import type { RunOptions } from './interpreter/index.js';
import { FUEL, callExport, flattenValue, nest, runModule } from './interpreter/index.js';
import { isNumeric } from './interpreter/machine.js';
import type { Value } from './interpreter/values.js';
import { ObjectValue, describeValue } from './interpreter/values.js';
import { addCells, evaluateNetwork } from './network-side.js';
import type { Num } from './num.js';
import { rangeOf } from './products.js';
import { SOFTMAX_LIPSCHITZ } from './functions.js';
import { softmaxMove } from './softmax-bound.js';
import type { ModuleSyntax } from './syntax.js';
import { Undecided } from './undecided.js';

/** Steps of one proof: one or two seconds. */
const MAX_STEPS = 2 ** 30;

const TABULATED = 'canonical forms and tables of states';

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
}

/** Evaluates text and network symbolically and bounds their difference. @throws Undecided. */
export function proveScores(
  network: StagedNetwork,
  module: ModuleSyntax,
  options: RunOptions,
  tolerance: number,
  tick: (done: number, total: number) => void,
): ScoresProof {
  const context = new Context();
  const cells = addCells(context, network);
  const running = runModule(module, { ...options, context });
  const inputs = network.inputs.map((input, k) => nest(running.machine, cells[k], input.shape));
  const answer = callExport(running, 'scores', inputs);
  const boundary = context.atoms.length;
  const budget = new Budget(MAX_STEPS, () => {
    tick(0, 0);
  });
  const side = evaluateNetwork(context, network, cells, budget, tick);
  const means = new Means(context, budget, tolerance);
  let maxError = 0;
  let states = 0;
  let reason: string | undefined;
  const witnesses: { size: number; witness: Witness }[] = [];
  network.outputs.forEach((output, index) => {
    const values = outputValues(network, answer, index);
    if (values === undefined) {
      maxError = Infinity;
      reason = `the output ${output.name} has not the shape [${output.shape.join(', ')}]`;
      return;
    }
    side.outputs[index].forEach((expected, k) => {
      const pair = compareValues(context, values[k], expected, means, tolerance);
      maxError = Math.max(maxError, Number.isNaN(pair.error) ? Infinity : pair.error);
      states += pair.states;
      if (pair.error <= tolerance) return;
      reason ??= pair.reason ?? `an output may differ by ${pair.error}`;
      witnesses.push(...pair.witnesses);
    });
  });
  let method = states === 0 ? 'canonical forms equal' : TABULATED;
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
      method = proof.regions === undefined ? TABULATED : `linear on each of ${proof.regions}`;
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

interface PairResult {
  readonly error: number;
  readonly states: number;
  readonly reason?: string;
  readonly witnesses: readonly { readonly size: number; readonly witness: Witness }[];
}

function compareValues(
  context: Context,
  value: Value,
  expected: Num,
  means: Means,
  tolerance: number,
): PairResult {
  if (!isNumeric(value) || (typeof value === 'number' && !Number.isFinite(value))) {
    const reason = `an output is ${describeValue(value)}`;
    return { error: Infinity, states: 0, reason, witnesses: [] };
  }
  const actual = typeof value === 'number' ? context.constant(value) : value;
  const [a, b] = [context.flatten(actual), context.flatten(expected)];
  const errors = actual.err + expected.err;
  // Where rounding has no bound, it is still worth knowing that there is nothing but rounding.
  const room = Number.isFinite(errors) ? tolerance - errors : tolerance;
  const apart = (one: Form, other: Form, enough: number): Extremes => {
    const form = subtract(context, one, other);
    const bound = boundedBy(context, form, enough, means);
    if (bound !== undefined) return bound;
    const distance = means.piecewise.distance(one, other, enough);
    if (distance === undefined) return extremesOf(context, form, means);
    const { size, pieces, witness } = distance;
    if (witness === undefined) return { ...within(size), states: pieces };
    return { ...within(size), atMax: witness, doubt: 'a difference on a piece' };
  };
  const [left, others] = [softmaxParts(context, a), softmaxParts(context, b)];
  if (left !== undefined && others?.length === left.length) {
    // Softmax moves by no more than a quarter of its logits' differences.
    const enough = Math.max(tolerance, room / SOFTMAX_LIPSCHITZ);
    const isNear = (part: Form, k: number): boolean =>
      boundedBy(context, subtract(context, part, others[k]), enough, means) !== undefined;
    const right = left.every(isNear) ? others : paired(context, left, others);
    const ranges = left.map((part, k) => apart(part, right[k], enough));
    const worst = ranges.reduce((most, range) => Math.max(most, sizeOfRange(range)), 0);
    let moved = worst * SOFTMAX_LIPSCHITZ;
    if (moved + errors > tolerance && worst < 1) {
      const moves = left.map((part, k) => subtract(context, part, right[k]));
      moved = softmaxMove(context, moves, right, worst, (form) => {
        return extremesOf(context, form, means).max;
      });
    }
    return result(Math.min(1, moved), errors, ranges, tolerance);
  }
  const range = apart(a, b, Math.max(0, room));
  return result(sizeOfRange(range), errors, [range], tolerance);
}

/** `apart`: how far the two are in real arithmetic; `errors`: what rounding adds to that. */
function result(
  apart: number,
  errors: number,
  ranges: readonly Extremes[],
  tolerance: number,
): PairResult {
  const states = ranges.reduce((sum, range) => sum + range.states, 0);
  const error = apart + errors;
  if (error <= tolerance) return { error, states, witnesses: [] };
  if (apart <= tolerance) {
    const size = Number.isFinite(errors) ? `may add up to ${errors.toPrecision(2)}` : 'has no bound, since the inputs have none'; // prettier-ignore
    return {
      error,
      states,
      witnesses: [],
      reason: `${apart === 0 ? 'equal' : `at most ${apart.toPrecision(2)} apart`} in real arithmetic, but rounding ${size}`,
    };
  }
  const doubt = ranges.find((range) => range.doubt !== undefined)?.doubt;
  const witnesses = ranges.flatMap(({ min, max, atMin, atMax }) => [
    { size: Math.abs(max), witness: atMax },
    { size: Math.abs(min), witness: atMin },
  ]);
  return { error, states, witnesses, ...(doubt === undefined ? {} : { reason: doubt }) };
}

/** The interval of a form, or a bound with its units paired, where one alone is small enough. */
function boundedBy(
  context: Context,
  form: Form,
  enough: number,
  means: Means,
): Extremes | undefined {
  let { lo, hi } = rangeOf(context, form);
  if (Math.max(Math.abs(lo), Math.abs(hi)) > enough) {
    hi = means.relaxation.magnitudeOf(form);
    lo = -hi;
    if (hi > enough) return undefined;
  }
  return { ...within(hi), min: lo };
}

/** Extremes of which no more is known than how far from 0 they are at most. */
function within(size: number): Extremes {
  return { min: -size, max: size, atMin: new Map(), atMax: new Map(), states: 0, doubt: undefined };
}

function sizeOfRange(range: Extremes): number {
  return Math.max(Math.abs(range.min), Math.abs(range.max));
}

function subtract(context: Context, a: Form, b: Form): Form {
  context.accumulator.addForm(a, 1);
  context.accumulator.addForm(b, -1);
  return context.accumulator.finish();
}

/** Most classes that are paired by what they are; of more, the k-th is taken for the k-th. */
const MAX_PAIRED = 64;

/** The parts of the one softmax in the order of those of the other that are nearest to them. */
function paired(context: Context, left: readonly Form[], right: readonly Form[]): readonly Form[] {
  if (left.length > MAX_PAIRED) return right;
  const rest = [...right];
  return left.map((part) => {
    const sizes = rest.map((other) => {
      const { lo, hi } = rangeOf(context, subtract(context, part, other));
      return Math.max(Math.abs(lo), Math.abs(hi));
    });
    const nearest = sizes.indexOf(Math.min(...sizes));
    return rest.splice(Math.max(0, nearest), 1)[0];
  });
}

/** The differences of logits, when a form is softmax of one class and nothing else. */
function softmaxParts(context: Context, form: Form): readonly Form[] | undefined {
  if (form.atoms.length !== 1 || form.coefficients[0] !== 1 || form.constant !== 0)
    return undefined;
  const atom = context.atoms[form.atoms[0]];
  return atom.kind === 'operation' && atom.name === 'softmax' ? atom.parts : undefined;
}
