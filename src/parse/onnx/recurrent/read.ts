/**
 * RNN, LSTM and GRU as scans: the three differ in what happens within one step, and in nothing else.
 */
import type { ScanOutput } from '../../../ir/network.js';
import { checkShape } from '../../shape.js';
import { addValues } from '../arithmetic.js';
import { computeEach } from '../compute.js';
import type { Importer, OperatorContext } from '../context.js';
import { joinValues } from '../operators/concat.js';
import { permuteAxes } from '../permute.js';
import { multiplyFactors } from '../products.js';
import { exactSum } from '../exact.js';
import type { ConstantValue, TensorValue, Value } from '../values.js';
import { COMMON_ATTRIBUTES, kept, recurrentArguments } from './arguments.js';
import type { RecurrentArguments, RecurrentKind } from './arguments.js';
import { blockOf, ScanBody } from './body.js';
import type { GateFunction } from './functions.js';

/** What one step has to work with. */
export interface Step {
  readonly functions: readonly GateFunction[];
  /** The states before the step. */
  readonly states: readonly TensorValue[];
  /** The context for a part of the step, which is called `name`. */
  readonly part: (name: string) => OperatorContext;
  /** What a gate sums up: of the row and of `state`, with both biases. May wait for an activation. */
  readonly sum: (gate: number, state: Value) => Value;
  /** The same, computed here. */
  readonly gate: (gate: number, state: Value) => Value;
  /** The same apart: what it takes from the row, and what from the state. */
  readonly apart: (gate: number, state: Value) => readonly [Value, Value];
  /** Peephole weights, where the node has any. */
  readonly peephole: (block: number, name: string) => Value | undefined;
}

/** The values of the states after a step, in their order. */
export type StepOf = (context: OperatorContext, step: Step) => readonly Value[];

/** The importer of an operator whose step is `stepOf`. */
export function recurrentImporter(
  operator: string,
  attributes: readonly string[],
  kind: RecurrentKind,
  stepOf: StepOf,
): Importer {
  return {
    operator,
    attributes: [...COMMON_ATTRIBUTES, ...attributes],
    read(context) {
      const given = recurrentArguments(context, kind);
      const runs = given.directions.map((_, direction) =>
        addScan(context, given, direction, stepOf),
      );
      return resultsOf(context, given, runs);
    },
  };
}

/** A function of a sum: the layer's activation where the sum is a layer, else a formula of each cell. */
export function applyFunction(
  context: OperatorContext,
  value: Value,
  { ofCell, ofLayer }: GateFunction,
): Value {
  if (ofLayer !== undefined && value.kind === 'tensor' && value.form.kind === 'linear') {
    const view = { ...value, shape: kept(value.shape) };
    return { ...context.layers.activate(view, ofLayer, context.name), shape: value.shape };
  }
  return computeEach(context, [value], ofCell);
}

/** What one direction gives, for each wanted result: directions stand alone, batch and hidden last. */
type Run = readonly (Value | undefined)[];

function addScan(
  context: OperatorContext,
  given: RecurrentArguments,
  direction: number,
  stepOf: StepOf,
): Run {
  const { kind, sequence, steps, batch, hidden } = given;
  checkShape([steps, given.directions.length, batch, hidden], context.place);
  const { word, reversed } = given.directions[direction];
  const body = new ScanBody(context);
  const row = body.row(sequence, 'row');
  const shape = batch === 1 ? [hidden] : [batch, hidden];
  const states = kind.states.map((name, state) => {
    const first = given.first[state];
    const own =
      first === undefined ? undefined : blockOf(context, first, direction, 0, batch, name);
    return body.state(name, shape, sequence, own);
  });
  const own: TensorValue = batch === 1 ? { ...row, shape: [given.features] } : row;
  const next = stepOf(context, stepIn(body, given, direction, own, states));
  next.forEach((value, state) => {
    body.next(value, next.length === 1 ? 'next' : `next ${kind.states[state]}`);
  });
  const wanted = [
    { position: 0, state: 0, every: true },
    ...kind.states.map((_, state) => ({ position: 1 + state, state, every: false })),
  ].filter(({ position }) => context.wants(position));
  const outputs = wanted.map(({ state, every }): ScanOutput => {
    return { state: body.positionOf(states[state]), every };
  });
  const { name } = context;
  const refs = context.layers.addScan({
    kind: 'scan',
    name,
    word,
    sources: body.sources,
    steps,
    reversed,
    ...body.finish(name),
    outputs,
  });
  const results: (Value | undefined)[] = [undefined, ...kind.states.map(() => undefined)];
  wanted.forEach(({ position, every }, output) => {
    results[position] = {
      kind: 'tensor',
      type: sequence.type,
      shape: every ? [steps, 1, batch, hidden] : [1, batch, hidden],
      batch: false,
      form: { kind: 'stored', ref: refs[output] },
    };
  });
  return results;
}

function stepIn(
  body: ScanBody,
  given: RecurrentArguments,
  direction: number,
  row: TensorValue,
  states: readonly TensorValue[],
): Step {
  const { kind, hidden, biases } = given;
  const part = (name: string): OperatorContext => body.part(name);
  const block = (value: Value, at: number, name: string): Value =>
    blockOf(part(name), body.inside(value), direction, at * hidden, hidden, name);
  const product = (name: string, vector: Value, matrix: Value): Value =>
    multiplyFactors(
      part(name),
      { value: vector, transposed: false },
      { value: matrix, transposed: true },
    );
  const biased = (name: string, sum: Value, positions: readonly number[]): Value => {
    if (biases === undefined) return sum;
    const blocks = positions.map((at) => block(biases, at, `${name} biases ${at}`));
    return mergeBiases(part(name), blocks).reduce(
      (all, bias) => addValues(part(name), all, bias),
      sum,
    );
  };
  const apart = (
    gate: number,
    state: Value,
    names: readonly [string, string],
  ): readonly [Value, Value] => [
    product(names[0], row, block(given.weights, gate, names[0])),
    product(names[1], state, block(given.recurrence, gate, names[1])),
  ];
  const count = kind.gates.length;
  const sum = (gate: number, state: Value): Value => {
    const name = kind.gates[gate];
    const [fromRow, fromState] = apart(gate, state, [name, name]);
    return biased(name, addValues(part(name), fromRow, fromState), [gate, count + gate]);
  };
  return {
    functions: given.directions[direction].functions,
    states,
    part,
    sum,
    gate: (gate, state) => body.stored(sum(gate, state), kind.gates[gate]),
    apart: (gate, state) => {
      const name = kind.gates[gate];
      const names = [`input ${name}`, `recurrent ${name}`] as const;
      const [fromRow, fromState] = apart(gate, state, names);
      return [
        body.stored(biased(names[0], fromRow, [gate]), names[0]),
        body.stored(biased(names[1], fromState, [count + gate]), names[1]),
      ];
    },
    peephole: (at, name) =>
      given.peepholes === undefined ? undefined : block(given.peepholes, at, name),
  };
}

/** Two constants as their sum, where that rounds nothing: most exporters leave one of them zero. */
function mergeBiases(context: OperatorContext, biases: readonly Value[]): readonly Value[] {
  const constants = biases.filter((bias): bias is ConstantValue => bias.kind === 'constant');
  if (constants.length !== biases.length) return biases;
  constants.forEach((bias) => context.useWeights(bias));
  const [first] = constants;
  const sums = first.data.map((value, cell) =>
    constants.slice(1).reduce((sum, { data }) => exactSum(sum, data[cell]) ?? NaN, value),
  );
  return sums.some((sum) => Number.isNaN(sum)) ? biases : [{ ...first, data: sums }];
}

/** The results of the node: directions joined, axes in the order of the layout. */
function resultsOf(
  context: OperatorContext,
  { batchFirst, isBatch }: RecurrentArguments,
  runs: readonly Run[],
): readonly (Value | undefined)[] {
  return runs[0].map((_, position) => {
    const values = runs.map((run) => run[position]).filter((value) => value !== undefined);
    if (values.length === 0) return undefined;
    const joined =
      values.length === 1 ? values[0] : joinDirections(context, values, position === 0);
    if (!batchFirst) return joined;
    return permuteAxes(context, joined, position === 0 ? [2, 0, 1, 3] : [1, 0, 2], isBatch);
  });
}

/**
 * The states of both directions, of every step or after the last one. Who reads on wants those of one step
 * behind each other, as one row; as a result of the graph they stand apart.
 */
function joinDirections(context: OperatorContext, values: readonly Value[], every: boolean): Value {
  if (!every) return joinValues(context, values, 0);
  const [steps, , batch, hidden] = values[0].shape;
  if (batch > 1 || context.isResult) return joinValues(context, values, 1);
  const rows = values.map((value) => ({ ...value, shape: [steps, hidden] }));
  return { ...joinValues(context, rows, 1), shape: [steps, values.length, batch, hidden] };
}
