/**
 * Folds tournaments: points that each compare one cell with all the others become the question for a
 * champion, or one sum over all the others. Looked for among the entries of each output and the points
 * of each value along its axis, whatever families clustering found among the comparisons.
 */
import { axisNamesOf } from '../../ir/model-interface.js';
import type { AxisAccess } from '../../ir/cluster.js';
import type { Activation } from '../../ir/network.js';
import { iteratorIndex } from '../positions.js';
import type { CellRole } from '../recurrence/chain.js';
import { roleOf } from '../recurrence/chain.js';
import type { Linear } from '../recurrence/circuit.js';
import { Circuit } from '../recurrence/circuit.js';
import { closedGate } from '../recurrence/closed.js';
import type { Gate, Model, ModelOutput, Value } from '../values.js';
import type { PairedPoint } from './pairs.js';
import { pairedPoint } from './pairs.js';
import type { Tournament } from './tournament.js';
import { championOf, isEven, tournamentOf } from './tournament.js';

/** Fewer points are written one by one. */
const MIN_POINTS = 3;

/** The model with every tournament as values of its own. */
export function foldTournaments(model: Model): Model {
  const circuit = new Circuit(model);
  const outputs = model.outputs.map((output) => foldOutput(model, circuit, output));
  for (const { id, axes, holes, gate } of [...model.values]) {
    if (axes.length !== 1 || axes[0].extent < MIN_POINTS || holes.size > 0) continue;
    if (gate.terms.some(({ reference }) => reference.source.kind === 'input')) continue;
    const { extent } = axes[0];
    const folded = foldPoints(model, circuit, extent, (rank) => circuit.pointOf(id, rank, extent));
    if (folded !== undefined) model.values[id] = { ...folded, id, axes };
  }
  return { ...model, outputs };
}

function foldOutput(model: Model, circuit: Circuit, output: ModelOutput): ModelOutput {
  const { entries } = output;
  if (entries.length < MIN_POINTS) return output;
  // A whole value is looked at as a value.
  const whole = entries.every(
    ({ value, rank, negated }, place) => value === entries[0].value && rank === place && !negated,
  );
  if (whole) return output;
  const folded = foldPoints(model, circuit, entries.length, (place) => {
    const { value, rank, negated } = entries[place];
    const sum = circuit.pointOf(value, rank, entries.length);
    return sum === undefined || !negated ? sum : negatedSum(sum);
  });
  if (folded === undefined) return output;
  const id = model.values.push({ ...folded, id: model.values.length }) - 1;
  return { ...output, entries: entries.map((_, rank) => ({ value: id, rank, negated: false })) };
}

function negatedSum(sum: Linear): Linear {
  return { ...sum, constant: -sum.constant, weights: Array.from(sum.weights, (weight) => -weight) };
}

/** Points that each compare one cell with others, and the gate that all of them put behind it. */
interface Paired {
  readonly points: readonly PairedPoint[];
  readonly activation: InnerGate['activation'];
  readonly error: number;
}

/**
 * The points of a tournament, unrolled one by one: the first that does not compare one cell with as many
 * others as there are points ends it.
 */
function pairedPoints(
  circuit: Circuit,
  count: number,
  sumOf: (place: number) => Linear | undefined,
): Paired | undefined {
  const points: PairedPoint[] = [];
  let activation: InnerGate['activation'] | undefined;
  let error = 0;
  for (let place = 0; place < count; place++) {
    const sum = sumOf(place);
    const inner = sum === undefined ? undefined : gateInside(circuit, sum);
    const same = inner?.activation === (activation ?? inner?.activation);
    const point = inner === undefined || !same ? undefined : pairedPoint(circuit, inner.sum);
    if (inner === undefined || point?.pairs.size !== count - 1) return undefined;
    points.push(point);
    ({ activation } = inner);
    error = Math.max(error, activation === 'identity' ? inner.sum.error : 0);
  }
  return activation === undefined ? undefined : { points, activation, error };
}

/** A value over one axis that gives `count` points; `undefined` when they are no tournament. */
function foldPoints(
  model: Model,
  circuit: Circuit,
  count: number,
  sumOf: (place: number) => Linear | undefined,
): Value | undefined {
  const paired = pairedPoints(circuit, count, sumOf);
  if (paired === undefined) return undefined;
  const { points, activation, error } = paired;
  const role = roleOf(circuit, points.map((point) => point.own)); // prettier-ignore
  const tournament = role === undefined ? undefined : tournamentOf(role, points);
  if (role === undefined || tournament === undefined) return undefined;
  const name = walkedName(model, role);
  const axis = { extent: points.length, ...(name === undefined ? {} : { name }) };
  const champion = activation === 'identity' ? undefined : championOf(activation, tournament);
  if (champion !== undefined) {
    const range = [champion.yes, champion.no].sort((a, b) => a - b);
    return {
      id: -1,
      axes: [axis],
      holes: new Set(),
      gate: closedGate(0),
      champion,
      range,
      hint: 'flag',
    };
  }
  return isEven(tournament) ? evenValue(model, tournament, axis, activation, error) : undefined;
}

interface InnerGate {
  readonly activation: 'sign' | 'step' | 'identity';
  readonly sum: Linear;
}

/** The gate that a point is, or the sum that it is. */
function gateInside(circuit: Circuit, sum: Linear): InnerGate {
  const { signals, weights, constant } = sum;
  const lone = signals.length === 1 && weights[0] === 1 && constant === 0;
  if (lone && signals[0] >= circuit.cells) return circuit.gates[signals[0] - circuit.cells];
  return { activation: 'identity', sum };
}

function walkedName(model: Model, role: CellRole): string | undefined {
  const axis = role.positions.findIndex(({ slope }) => slope !== 0);
  return axis < 0 ? undefined : axisNamesOf(model.interface.inputs[role.input])[axis];
}

/**
 * activation(c · Σ_j compare(x_i, x_j) + constant), j over all cells: the cell itself adds nothing,
 * because equality does not. The comparison is a value of its own, over pairs.
 */
function evenValue(
  model: Model,
  { role, before, constants }: Tournament,
  axis: Value['axes'][number],
  activation: 'sign' | 'step' | 'identity',
  error: number,
): Value | undefined {
  const { larger, smaller } = before;
  const kind = larger === -smaller ? 'sign' : larger === 0 || smaller === 0 ? 'step' : undefined;
  if (kind === undefined) return undefined;
  const upwards = larger !== 0 && (kind === 'step' || larger > 0) ? 1 : -1;
  const weight = kind === 'sign' ? Math.abs(larger) : larger + smaller;
  const cell = (iterator: 0 | 1, coefficient: number): Gate['terms'][number] => ({
    coefficient,
    spread: 0,
    reference: {
      source: { kind: 'input', index: role.input },
      accesses: role.positions.map(({ constant, slope }): AxisAccess => {
        const coefficients = [0, 0];
        coefficients[iterator] = slope;
        return { kind: 'at', index: { kind: 'affine', constant, coefficients } };
      }),
    },
  });
  const compared: Activation = { kind };
  const pairs = model.values.push({
    id: model.values.length,
    axes: [axis, { extent: axis.extent, name: 'other' }],
    holes: new Set(),
    gate: {
      terms: [cell(0, upwards), cell(1, -upwards)],
      tables: [],
      bias: { kind: 'constant', value: 0 },
      activation: compared,
    },
    range: kind === 'sign' ? [-1, 0, 1] : [0, 1],
  });
  return {
    id: -1,
    axes: [axis],
    holes: new Set(),
    gate: {
      terms: [
        {
          coefficient: weight,
          spread: 0,
          reference: {
            source: { kind: 'value', id: pairs - 1 },
            accesses: [{ kind: 'at', index: iteratorIndex(0, 1) }, { kind: 'all' }],
          },
        },
      ],
      tables: [],
      bias: { kind: 'constant', value: constants[0] },
      activation: { kind: activation },
      snapError: error,
    },
    ...(activation === 'identity' ? {} : { range: activation === 'sign' ? [-1, 0, 1] : [0, 1] }),
  };
}
