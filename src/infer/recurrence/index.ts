/**
 * Folds recurrences: points of a model that depend on more and more cells, each step on those of the
 * step before and as many new ones, become one loop with a state. Looked for among the entries of
 * each output, the points of each value along its axis, and the gates that a lone value reads one
 * behind the other (ripples through layers).
 */
import { axisNamesOf } from '../../ir/model-interface.js';
import { hintOf, valueHint } from '../hints.js';
import type { AxisAccess } from '../../ir/cluster.js';
import type { Model, ModelOutput, OutputEntry, Value } from '../values.js';
import { referencesOf } from '../values.js';
import type { CarryLoop, RecurrenceUse } from './carry-loop.js';
import type { Chain, CellRole } from './chain.js';
import { chainOf, NestedPoints } from './chain.js';
import { Circuit } from './circuit.js';
import { closedGate } from './closed.js';
import { lettersOf, machineOf, MAX_ROLES } from './machine.js';
import { gatesBehind, MIN_RIPPLE, ripplePoints } from './ripple.js';
import { runningSumOf } from './running-sum.js';
import { sayMachine, sayRunningSum } from './say.js';
import { stepPrograms } from './steps.js';

/** A loop that costs more is no easier to read than what it replaces. */
const MAX_COST = 40;

/** The model with every recurrence as a value of its own; `slack`: the largest change of an output. */
export function foldRecurrences(model: Model, slack: number): Model {
  if (!model.interface.inputs.some(hasLetters)) return model;
  const circuit = new Circuit(model);
  const outputs = model.outputs.map((output) => foldOutput(model, circuit, output, slack));
  const folded = { ...model, outputs };
  for (const id of neededValues(folded)) foldValue(folded, circuit, id, slack);
  return folded;
}

/** Whether cells of an input can be read by a machine: those that take a few values each. */
function hasLetters({ domain }: Model['interface']['inputs'][number]): boolean {
  return domain.kind === 'per-cell'
    ? domain.cells.some(({ kind }) => kind === 'values')
    : domain.kind === 'values';
}

/** The output with its entries read from a loop, where they form a chain. */
function foldOutput(
  model: Model,
  circuit: Circuit,
  output: ModelOutput,
  slack: number,
): ModelOutput {
  const { entries } = output;
  if (entries.length < MIN_POINTS || entries.some((entry) => entry.negated)) return output;
  if (!entries.some((entry) => mayChain(model, entry.value))) return output;
  const points = new NestedPoints(circuit);
  // Every step has a point of its own, so there are no more steps than entries.
  const mostCells = MAX_ROLES * entries.length;
  for (const [id, { value, rank }] of entries.entries()) {
    const sum = circuit.pointOf(value, rank, mostCells);
    if (sum === undefined || !points.add({ id, sum })) return output;
  }
  const chain = chainOf(points);
  const loop = chain === undefined ? undefined : loopOf(model, circuit, chain, true, slack);
  if (chain === undefined || loop === undefined) return output;
  const places = new Map<number, OutputEntry>();
  chain.tracks.forEach((track, index) => {
    const hint = gateHint(model.values[entries[track[0].id].value]);
    const value = addValue(model, loop, { kind: 'track', track: index }, hint);
    track.forEach(({ id }, rank) => places.set(id, { value, rank, negated: false }));
  });
  chain.finals.forEach(({ id }, index) => {
    const hint = valueHint(model.values[entries[id].value]);
    const value = addValue(model, loop, { kind: 'final', final: index }, hint);
    places.set(id, { value, rank: 0, negated: false });
  });
  return { ...output, entries: entries.map((entry, place) => places.get(place) ?? entry) };
}

/** Fewer points are no chain. */
const MIN_POINTS = 3;

/** Puts a loop in the place of a value along one axis, or of a lone value behind a ripple of gates. */
function foldValue(model: Model, circuit: Circuit, id: number, slack: number): void {
  const value = model.values[id];
  const exact = value.gate.activation.kind === 'identity' ? slack : 0;
  if (value.recurrence !== undefined || value.holes.size > 0) return;
  if (value.axes.length === 1 && value.axes[0].extent >= MIN_POINTS) {
    if (!mayChain(model, id)) return;
    const points = new NestedPoints(circuit);
    for (let rank = 0; rank < value.axes[0].extent; rank++) {
      // The point of this step reads the cells of the steps so far.
      const sum = circuit.pointOf(id, rank, MAX_ROLES * (rank + 1));
      if (sum === undefined || !points.add({ id: rank, sum })) return;
    }
    const chain = chainOf(points);
    // The loop counts steps: it can stand for the value only where these are its own index points.
    const [track] = chain?.tracks ?? [];
    if (chain === undefined || chain.finals.length > 0 || track[0].id !== 0) return;
    const loop = loopOf(model, circuit, chain, true, exact);
    if (loop !== undefined) replaceValue(model, id, { loop, part: { kind: 'track', track: 0 } });
    return;
  }
  if (value.axes.length > 0) return;
  const steps = gatesBehind(model, id) + 1;
  if (steps <= MIN_RIPPLE) return;
  const sum = circuit.pointOf(id, 0, MAX_ROLES * steps);
  const points = sum === undefined ? undefined : ripplePoints(circuit, sum);
  const chain = points === undefined ? undefined : chainOf(points);
  if (chain?.finals.length !== 1) return;
  const loop = loopOf(model, circuit, chain, false, exact);
  if (loop !== undefined) replaceValue(model, id, { loop, part: { kind: 'final', final: 0 } });
}

/** The cheapest loop that is proved equal to a chain; without `printed` only its finals are wanted. */
function loopOf(
  model: Model,
  circuit: Circuit,
  chain: Chain,
  printed: boolean,
  slack: number,
): CarryLoop | undefined {
  const letters = lettersOf(chain.roles.map((role) => role.values));
  const programs = letters === undefined ? undefined : stepPrograms(circuit, chain);
  if (letters === undefined || programs === undefined) return undefined;
  const hints = chain.roles.map((role) => cellHint(model, role));
  const machine = machineOf(programs, letters);
  const running = runningSumOf(programs, letters);
  const said = [
    machine === undefined || machine.states === 1
      ? undefined
      : sayMachine(machine, chain.steps, chain.roles, hints, printed),
    running === undefined
      ? undefined
      : sayRunningSum(running, chain.steps, chain.roles, hints, printed),
  ].filter((loop) => loop !== undefined);
  if (said.length === 0) return undefined;
  const best = said.reduce((kept, next) => (next.cost < kept.cost ? next : kept));
  const error = best.loop.error + programs.error;
  if (best.cost > MAX_COST || best.loop.error > slack) return undefined;
  return { ...best.loop, error };
}

function cellHint(model: Model, role: CellRole): string {
  const accesses = role.positions.map(({ constant, slope }): AxisAccess => ({
    kind: 'at',
    index: { kind: 'affine', constant, coefficients: [slope] },
  }));
  const name = axisNamesOf(model.interface.inputs[role.input])[0];
  const axis = { extent: role.cells.length, ...(name === undefined ? {} : { name }) };
  return hintOf(model, { source: { kind: 'input', index: role.input }, accesses }, [axis]);
}

/** A word for what a value computes, without the name that an output gave it. */
function gateHint({ hint: _given, ...value }: Value): string {
  return valueHint(value);
}

function addValue(
  model: Model,
  loop: CarryLoop,
  part: RecurrenceUse['part'],
  hint: string,
): number {
  const id = model.values.length;
  const name = walkedAxis(model, loop);
  const axes =
    part.kind === 'final' ? [] : [{ extent: loop.steps, ...(name === undefined ? {} : { name }) }];
  model.values.push({
    id,
    axes,
    holes: new Set(),
    gate: closedGate(loop.error),
    recurrence: { loop, part },
    hint,
  });
  return id;
}

function replaceValue(model: Model, id: number, recurrence: RecurrenceUse): void {
  const value = model.values[id];
  model.values[id] = { ...value, gate: closedGate(recurrence.loop.error), recurrence };
}

/** The name of the input axis that the steps walk along. */
export function walkedAxis(model: Model, loop: CarryLoop): string | undefined {
  for (const { role } of loop.cells) {
    const axis = role.positions.findIndex(({ slope }) => slope !== 0);
    if (axis >= 0) return axisNamesOf(model.interface.inputs[role.input])[axis];
  }
  return undefined;
}

/** Whether a value, or one that it reads, sums over a run that moves, or reads lone gates. */
function mayChain(model: Model, id: number): boolean {
  const seen = new Set<number>();
  const visit = (own: number): boolean => {
    if (seen.has(own)) return false;
    seen.add(own);
    const { gate, axes } = model.values[own];
    if (axes.length === 0) return true;
    return gate.terms.some(
      ({ reference: { source, accesses } }) =>
        accesses.some((access) => access.kind === 'range') ||
        (source.kind === 'value' && visit(source.id)),
    );
  };
  return visit(id);
}

/** The values that the outputs need, readers first. */
function neededValues(model: Model): readonly number[] {
  const needed = new Set<number>();
  const visit = (id: number): void => {
    if (needed.has(id)) return;
    needed.add(id);
    for (const { source } of referencesOf(model.values[id])) {
      if (source.kind === 'value') visit(source.id);
    }
    for (const { source } of model.values[id].gate.tables) {
      if (source.kind === 'value') visit(source.id);
    }
  };
  for (const output of model.outputs) for (const entry of output.entries) visit(entry.value);
  return [...needed];
}
