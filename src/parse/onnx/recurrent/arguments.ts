/**
 * What RNN, LSTM and GRU have in common: the shapes of their arguments, directions, layouts, and which of
 * the results are wanted.
 */
import { sizeOf } from '../../../ir/model-interface.js';
import { hasBatch } from '../axes.js';
import type { OperatorContext } from '../context.js';
import { permuteAxes } from '../permute.js';
import { sameShape } from '../shapes.js';
import type { TensorValue, Value } from '../values.js';
import { functionsOf } from './functions.js';
import type { GateFunction } from './functions.js';

/** A kind of recurrent operator. */
export interface RecurrentKind {
  /** Names of the gates, in the order of their blocks in the weights. */
  readonly gates: readonly string[];
  /** Names of the states, that of the result first. */
  readonly states: readonly string[];
  /** Activations of one direction. */
  readonly activations: readonly string[];
  /** Blocks of peephole weights. */
  readonly peepholes: number;
}

export interface RecurrentArguments {
  readonly kind: RecurrentKind;
  /** The sequence: steps × batch × features. */
  readonly sequence: TensorValue;
  readonly steps: number;
  /** Number of examples; the symbolic batch counts 1. */
  readonly batch: number;
  readonly features: number;
  readonly hidden: number;
  /** Weights of the input: directions × gates · hidden × features. */
  readonly weights: Value;
  /** Weights of the state: directions × gates · hidden × hidden. */
  readonly recurrence: Value;
  /** Biases of both: directions × 2 · gates · hidden. */
  readonly biases: Value | undefined;
  /** For each state its first values, directions × batch × hidden; zeros where absent. */
  readonly first: readonly (Value | undefined)[];
  readonly peepholes: Value | undefined;
  readonly directions: readonly Direction[];
  /** Whether the batch stands before the steps in arguments and results. */
  readonly batchFirst: boolean;
  /** Whether the batch is the symbolic one. */
  readonly isBatch: boolean;
}

export interface Direction {
  /** Word for it, where there are two. */
  readonly word: string;
  readonly reversed: boolean;
  readonly functions: readonly GateFunction[];
}

/** Attributes that all three operators have. */
export const COMMON_ATTRIBUTES = [
  'activation_alpha',
  'activation_beta',
  'activations',
  'clip',
  'direction',
  'hidden_size',
  'layout',
];

/** Reads and checks the arguments of a node. @throws Diagnostic of the ONNX area. */
export function recurrentArguments(
  context: OperatorContext,
  kind: RecurrentKind,
): RecurrentArguments {
  const batchFirst = isBatchFirst(context);
  const given = context.tensor(0);
  if (given.shape.length !== 3) throw context.mismatch(given.shape, [0, 0, 0]);
  if (hasBatch(given) && !batchFirst) throw context.unsupported('with any number of steps');
  const sequence = stepsFirst(context, given, batchFirst);
  const [steps, batch, features] = sequence.shape;
  const recurrence = context.argument(2);
  const hidden = recurrence.shape.at(-1) ?? 0;
  const size = context.integer('hidden_size', hidden);
  if (size !== hidden) throw context.unsupportedAttribute('hidden_size', String(size));
  const directions = directionsOf(context, kind);
  const [count, gates] = [directions.length, kind.gates.length];
  const expect = (value: Value, shape: readonly number[]): Value => {
    if (!sameShape(value.shape, shape)) throw context.mismatch(value.shape, shape);
    return value;
  };
  const expectGiven = (position: number, shape: readonly number[]): Value | undefined => {
    const value = context.optional(position);
    return value === undefined ? undefined : expect(value, shape);
  };
  checkLengths(context, steps, batch);
  return {
    kind,
    sequence,
    steps,
    batch,
    features,
    hidden,
    weights: expect(context.argument(1), [count, gates * hidden, features]),
    recurrence: expect(recurrence, [count, gates * hidden, hidden]),
    biases: expectGiven(3, [count, 2 * gates * hidden]),
    first: kind.states.map((_, state) => {
      const shape = batchFirst ? [batch, count, hidden] : [count, batch, hidden];
      const value = expectGiven(5 + state, shape);
      return value === undefined || !batchFirst
        ? value
        : permuteAxes(context, value, [1, 0, 2], false);
    }),
    peepholes: kind.peepholes === 0 ? undefined : expectGiven(7, [count, kind.peepholes * hidden]),
    directions,
    batchFirst,
    isBatch: hasBatch(given),
  };
}

function isBatchFirst(context: OperatorContext): boolean {
  const layout = context.integer('layout', 0);
  const isKnown = layout === 0 || (layout === 1 && context.opset >= 14);
  if (!isKnown) throw context.unsupportedAttribute('layout', String(layout));
  return layout === 1;
}

function stepsFirst(
  context: OperatorContext,
  given: TensorValue,
  batchFirst: boolean,
): TensorValue {
  const turned = batchFirst ? permuteAxes(context, given, [1, 0, 2], false) : given;
  if (turned.kind === 'constant') throw new TypeError('a selection of a tensor is a tensor');
  return turned;
}

function directionsOf(context: OperatorContext, kind: RecurrentKind): readonly Direction[] {
  const text = context.text('direction', 'forward');
  const isBoth = text === 'bidirectional';
  if (!isBoth && text !== 'forward' && text !== 'reverse') {
    throw context.unsupportedAttribute('direction', text);
  }
  const count = kind.activations.length;
  const functions = functionsOf(context, kind.activations, isBoth ? 2 : 1);
  if (!isBoth) return [{ word: '', reversed: text === 'reverse', functions }];
  return [
    { word: 'forward', reversed: false, functions: functions.slice(0, count) },
    { word: 'backward', reversed: true, functions: functions.slice(count) },
  ];
}

/** Every sequence must fill the tensor: rows beyond its end would be another network. */
function checkLengths(context: OperatorContext, steps: number, batch: number): void {
  const lengths = context.optionalConstant(4, 'its sequence_lens');
  if (lengths === undefined) return;
  if (lengths.data.length !== batch) throw context.mismatch(lengths.shape, [batch]);
  const short = lengths.data.find((length) => length !== steps);
  if (short !== undefined) {
    throw context.unsupported(`with sequences of ${short} in a tensor of ${steps} steps`);
  }
}

/** Extents without those of one cell, as stages and states have them. */
export function kept(shape: readonly number[]): readonly number[] {
  return sizeOf(shape) === 1 ? [] : shape.filter((extent) => extent !== 1);
}
