/**
 * Measures a module on rows of data: accuracy is agreement with labels, fidelity agreement with the
 * network. The two are never mixed.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import type { Answered } from '../ir/fidelity.js';
import { fidelityOf } from '../ir/fidelity.js';
import type { StagedNetwork } from '../ir/network.js';
import { sizeOf } from '../ir/model-interface.js';
import { networkOfTarget, resolveTarget } from '../ir/target.js';
import type { DeclaredTarget } from '../ir/target.js';
import type { CsvTable } from '../parse/csv/scan.js';
import { flattenOutputs, labelOf, nest } from '../verify/run-module.js';
import type { LoadedModule } from '../verify/run-module.js';
import { createFloat32Teacher } from '../verify/teacher-float32.js';
import { createTeacher } from '../verify/teacher.js';
import { reasonOf } from './read-file.js';

/** How often something agreed. */
export interface Agreement {
  readonly equal: number;
  readonly of: number;
  readonly share: number;
}

export interface Fidelity extends Agreement {
  /** Largest |module − network| over all scores of all rows. */
  readonly maxError: number;
  /** Of a module that approximates scores: R² of its scores for the network's; see `fidelityOf`. */
  readonly explained?: number;
}

/** What a model without a decision may differ by and still agree; the contract's tolerance. */
const SCORE_TOLERANCE = 1e-6;

/** Runs a module on flat rows. @throws Diagnostic `MODULE_CALL_FAILED` with the row as its place. */
export function runRows<Result>(
  table: CsvTable,
  file: string,
  shapes: readonly (readonly number[])[],
  run: (inputs: readonly Float64Array[]) => Result,
): readonly Result[] {
  const sizes = shapes.map(sizeOf);
  const results: Result[] = [];
  for (let row = 0; row < table.rows; row++) {
    let offset = row * table.columns;
    const inputs = sizes.map((size) => table.cells.subarray(offset, (offset += size)));
    try {
      results.push(run(inputs));
    } catch (error) {
      const reason = error instanceof Error ? error.message : reasonOf(error);
      throw diagnose('MODULE_CALL_FAILED', { file, row: row + 1 }, { reason });
    }
  }
  return results;
}

/** What `predict` gives for each row. */
export function predictRows(
  module: LoadedModule,
  table: CsvTable,
  file: string,
  shapes: readonly (readonly number[])[],
): readonly unknown[] {
  return runRows(table, file, shapes, (inputs) =>
    module.predict(...inputs.map((input, index) => nest(input, shapes[index]))),
  );
}

/**
 * Agreement of predictions with labels; `labels` has one for each prediction, and came from `file`.
 *
 * @throws Diagnostic `LABEL_KIND` when names would have to be compared with indices.
 */
export function measureAccuracy(
  predictions: readonly unknown[],
  labels: readonly (string | number)[],
  file: string,
): Agreement {
  let equal = 0;
  predictions.forEach((answer, row) => {
    const label = labels[row];
    if (typeof answer !== typeof label) {
      const values = { label: JSON.stringify(label), answer: JSON.stringify(answer) };
      throw diagnose('LABEL_KIND', { file, row: row + 1 }, values);
    }
    if (answer === label) equal++;
  });
  return agreement(equal, labels.length);
}

/** What a module is about: the network, or the part of it that the module declares as its target. */
export function subjectOf(module: LoadedModule, network: StagedNetwork): StagedNetwork {
  const target = property(module.network, 'target');
  if (typeof target !== 'object' || target === null) return network;
  const resolved = resolveTarget(network, target as DeclaredTarget);
  return resolved === undefined ? network : networkOfTarget(network, resolved);
}

/** Agreement of the module with the network on every row: decisions, or scores without a decision. */
export function measureFidelity(
  module: LoadedModule,
  network: StagedNetwork,
  table: CsvTable,
  file: string,
): Fidelity {
  // A module that rounds to float32 owes what the network gives in float32.
  const isFloat32 = property(module.network, 'precision') === 'float32';
  const teacher = isFloat32 ? createFloat32Teacher(network) : createTeacher(network);
  const shapes = network.inputs.map(({ shape }) => shape);
  let maxError = 0;
  const [answers, wanted]: Answered[][] = [[], []];
  const rows = runRows(table, file, shapes, (inputs) => {
    const nested = inputs.map((input, index) => nest(input, shapes[index]));
    const actual = flattenOutputs(module.scores(...nested), network).flat();
    const outputs = teacher.forward(inputs);
    const expected = outputs.flatMap((output) => [...output]);
    const error = Math.max(...actual.map((score, index) => Math.abs(score - expected[index])));
    maxError = Math.max(maxError, error);
    answers.push({ scores: actual });
    wanted.push({ scores: expected });
    if (network.decision.kind === 'none') return error <= SCORE_TOLERANCE;
    return module.predict(...nested) === labelOf(network, teacher.decide(outputs));
  });
  const isApproximate = property(module.network, 'verdict') === 'approximate';
  const explained =
    isApproximate && network.decision.kind === 'none'
      ? { explained: fidelityOf(wanted, answers) }
      : {};
  return { ...agreement(rows.filter(Boolean).length, rows.length), maxError, ...explained };
}

function agreement(equal: number, of: number): Agreement {
  return { equal, of, share: equal / of };
}

/** The input shapes that a module's `network` declares; `undefined` where a size is not fixed. */
export function declaredShapes(network: unknown): readonly (readonly number[])[] | undefined {
  const shape = property(network, 'inputShape');
  if (isShape(shape)) return [shape];
  const shapes = property(network, 'inputShapes');
  return Array.isArray(shapes) && shapes.every(isShape) ? shapes : undefined;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((extent) => Number.isInteger(extent));
}
