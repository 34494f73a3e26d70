/**
 * The verdict on a module that a student fitted to the rows of a table: there is no network to ask, so the
 * fidelity that it declares is measured again on these rows, from the text, by the checker's interpreter.
 */
import { fidelityOf, tellFidelity } from '../../ir/fidelity.js';
import type { Answered } from '../../ir/fidelity.js';
import type { ModelInterface } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Counterexample, Verdict } from '../../ir/verdict.js';
import { createConcrete } from './concrete.js';
import type { Concrete } from './concrete.js';
import { FalseStatement, readApproximation } from './declared-approximation.js';
import { falseClaim, readDeclared } from './declared.js';
import { ObjectValue } from './interpreter/values.js';
import { readText } from './read-text.js';
import { acceptedWrongShape } from './shapes.js';
import { ModuleError, OutOfFuel, Stopped, Undecided } from './undecided.js';

/** Rows of one input, given as columns, and what the module should answer to them. */
export interface TableRows {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
}

/** Another order of summation, no more. */
const ROUNDING = 1e-9;

/**
 * `approximate` where the declared fidelity holds on the rows; `refuted` where it does not, where an answer
 * is no number, or where the module's other claims are false; `unknown` where the text cannot be run.
 *
 * @param model one input of shape [columns], one output of shape [1], no decision.
 */
export async function verifyRows(
  model: ModelInterface,
  code: string,
  rows: TableRows,
): Promise<Verdict> {
  try {
    const module = await readText(code);
    // A network of the same interface without a layer: whatever is asked of it here is its interface.
    const network = { ...model, layers: [], results: [], parameters: 0, warnings: [] };
    return judgeRows(network, createConcrete(network, module, {}), rows);
  } catch (error) {
    if (error instanceof FalseStatement) return refuted(error.message, claimed(error.where, error.message)); // prettier-ignore
    if (error instanceof ModuleError) return refuted('run on the rows of the table', claimed('scores', error.message)); // prettier-ignore
    if (!(error instanceof Undecided || error instanceof Stopped || error instanceof OutOfFuel)) {
      throw error;
    }
    return { ...NOTHING, status: 'unknown', method: 'nothing decided', reason: error.message };
  }
}

const NOTHING = { checked: 0, ties: 0, maxError: Infinity };

function refuted(method: string, counterexample: Counterexample, checked = 0): Verdict {
  return { ...NOTHING, status: 'refuted', method, checked, counterexample };
}

function claimed(where: string, actual: string): Counterexample {
  return { inputs: [], expected: [], actual, where };
}

function judgeRows(network: StagedNetwork, concrete: Concrete, rows: TableRows): Verdict {
  const constant = concrete.running.exports.get('network');
  const declared = readDeclared(constant);
  if (declared === undefined || !(constant instanceof ObjectValue)) {
    throw new FalseStatement('exports', '`network` is no object');
  }
  const { fidelity: least, measured } = readApproximation(constant);
  if (measured.kind !== 'rows' || measured.count !== rows.target.length) {
    throw new FalseStatement('network.measured', 'declares other rows than those of the table');
  }
  const shape = acceptedWrongShape(network, concrete, false, () => undefined);
  if (shape !== undefined) return refuted('run on inputs', shape);
  const { fidelity, maxError, failure } = runRows(concrete, rows);
  const checked = rows.target.length;
  if (failure !== undefined) return refuted('run on the rows of the table', failure, checked);
  if (!(fidelity >= least - ROUNDING)) {
    const method = `fidelity ${tellFidelity(fidelity)} on the rows of the table, ${tellFidelity(least)} declared`; // prettier-ignore
    return refuted(method, claimed('fidelity', method), checked);
  }
  const lie = falseClaim(network, declared, 'approximate', false);
  if (lie !== undefined) return refuted('the network constant is false', lie, checked);
  const method = `fidelity ${tellFidelity(fidelity)} on the rows of the table`;
  return { status: 'approximate', method, checked, ties: 0, maxError, fidelity };
}

/** Fidelity and largest error over the rows, and the first row whose answer is no number. */
function runRows(
  concrete: Concrete,
  { columns, target }: TableRows,
): { fidelity: number; maxError: number; failure?: Counterexample } {
  const expected: Answered[] = [];
  const actual: Answered[] = [];
  let maxError = 0;
  for (let row = 0; row < target.length; row++) {
    const input = columns.map((column) => column[row]);
    const scores = concrete.run([Float64Array.from(input)]).scores.flat();
    const error = Math.abs(scores[0] - target[row]);
    if (!Number.isFinite(error)) {
      const failure = { inputs: [input], expected: [target[row]], actual: scores, where: 'scores' };
      return { fidelity: NaN, maxError, failure };
    }
    expected.push({ scores: [target[row]] });
    actual.push({ scores });
    maxError = Math.max(maxError, error);
  }
  return { fidelity: fidelityOf(expected, actual), maxError };
}
