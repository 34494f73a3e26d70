/**
 * Lone values of few cells, tabulated cell by cell: whatever families clustering found among the gates
 * between, the table is the function. Asked for here is only whether one cell is picked by the others,
 * which families of gates hide best (every address is a gate of its own).
 */
import type { AxisAccess } from '../ir/cluster.js';
import { hintOf } from './hints.js';
import { constantIndex } from './positions.js';
import { cellsOf } from './recurrence/chain.js';
import { Circuit } from './recurrence/circuit.js';
import type { Linear } from './recurrence/circuit.js';
import { selectionRule } from './rules/index.js';
import { applyActivation } from './tabulate.js';
import type { Formula, Model, Reference, Value } from './values.js';

/** Larger tables are left to cones, which know of sums. */
const MAX_CELLS = 12;
const MAX_STATES = 2 ** MAX_CELLS;
/** Cells that pick and are picked: fewer are no multiplexer. */
const MIN_CELLS = 5;

/** Gives every output that picks a cell its formula, in `model.values`; the numbers of these values. */
export function pickOutputs(model: Model): readonly number[] {
  const circuit = new Circuit(model);
  const entries = model.outputs.flatMap((output) => output.entries);
  if (entries.length > MAX_OUTPUTS) return [];
  return entries.flatMap(({ value: id }) => {
    const value = model.values[id];
    const formula = value.axes.length > 0 ? undefined : pickOf(model, circuit, value);
    if (formula === undefined) return [];
    model.values[id] = { ...value, formula };
    return [id];
  });
}

/** More outputs than this come from families. */
const MAX_OUTPUTS = 16;

/** The pick that a lone value is, as a formula over cells; `undefined` for any other value. */
function pickOf(model: Model, circuit: Circuit, value: Value): Formula | undefined {
  const sum = circuit.pointOf(value.id, 0, MAX_CELLS);
  if (sum === undefined || circuit.gates.length < MIN_CELLS - 1 || sum.error > 0) return undefined;
  const cells = cellsOf(circuit.supportOf(sum));
  const columns = cells.length < MIN_CELLS ? undefined : columnsOf(circuit, cells);
  if (columns === undefined) return undefined;
  const target = tabulate(circuit, cells, columns, sum);
  const leaves = cells.map((cell): Reference => {
    const { input, position } = circuit.cellAt(cell);
    return {
      source: { kind: 'input', index: input },
      accesses: position.map((place): AxisAccess => ({
        kind: 'at',
        index: constantIndex(place, 0),
      })),
    };
  });
  const found = selectionRule({
    leaves,
    leafNumbers: [...leaves.keys()],
    hints: leaves.map((leaf) => hintOf(model, leaf, [], leaves)),
    columns,
    states: target.length,
    target,
  });
  if (found === undefined) return undefined;
  return {
    features: found.features.map(({ leaf, ...feature }) => ({
      ...feature,
      parts: [{ coefficient: 1, reference: leaves[leaf] }],
    })),
    expression: found.expression,
  };
}

/** Every combination of the cells' values, one column for each cell. */
function columnsOf(
  circuit: Circuit,
  cells: readonly number[],
): readonly Float64Array[] | undefined {
  const values = cells.map((cell) => circuit.cellAt(cell).values);
  let states = 1;
  for (const own of values) states *= own?.length ?? Infinity;
  if (states > MAX_STATES) return undefined;
  let period = 1;
  return values.map((own = []) => {
    const stride = period;
    period *= own.length;
    return Float64Array.from({ length: states }, (_, state) => own[Math.floor(state / stride) % own.length]); // prettier-ignore
  });
}

function tabulate(
  circuit: Circuit,
  cells: readonly number[],
  columns: readonly Float64Array[],
  sum: Linear,
): Float64Array {
  const signals = new Map(cells.map((cell, k) => [cell, columns[k]]));
  const states = columns[0].length;
  const evaluate = (own: Linear): Float64Array => {
    const result = new Float64Array(states).fill(own.constant);
    for (let k = 0; k < own.signals.length; k++) {
      const column = signals.get(own.signals[k]);
      const weight = own.weights[k];
      for (let state = 0; state < states; state++) result[state] += weight * (column?.[state] ?? 0);
    }
    return result;
  };
  for (const [gate, { activation, sum: own }] of circuit.gates.entries()) {
    const z = evaluate(own);
    signals.set(
      circuit.cells + gate,
      z.map((value) => applyActivation({ kind: activation }, value)),
    );
  }
  return evaluate(sum);
}
