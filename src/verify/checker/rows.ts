/**
 * The verdict on a module that a student fitted to the rows of a table: there is no network to ask, so the
 * fidelity that it declares is measured again on these rows, from the text, by the checker's interpreter;
 * and apart from that on the rows that it says were held out.
 */
import { decide, decisionsOf } from '../../ir/decision.js';
import { fidelityOf, tellFidelity } from '../../ir/fidelity.js';
import type { Answered, Approximation } from '../../ir/fidelity.js';
import type { ModelInterface } from '../../ir/model-interface.js';
import type { StagedNetwork } from '../../ir/network.js';
import type { Counterexample, Verdict } from '../../ir/verdict.js';
import { heldOutRows } from '../../numeric/hold-out.js';
import { labelOf } from '../run-module.js';
import { createConcrete } from './concrete.js';
import type { Concrete } from './concrete.js';
import { FalseStatement, readApproximation } from './declared-approximation.js';
import { falseClaim, readDeclared } from './declared.js';
import { runModule } from './interpreter/index.js';
import { ObjectValue } from './interpreter/values.js';
import { readText } from './read-text.js';
import { acceptedWrongShape } from './shapes.js';
import { ModuleError, OutOfFuel, Stopped, Undecided } from './undecided.js';

/** Rows of one input, given as columns, and what the module should answer to them. */
export interface TableRows {
  readonly columns: readonly Float64Array[];
  /** Numbers; of a model with a decision what is decided, as a position among `decisionsOf(model)`. */
  readonly target: Float64Array;
}

/** Another order of summation, no more. */
const ROUNDING = 1e-9;

/**
 * `approximate` where the declared fidelity holds on the rows; `refuted` where it does not, where an answer
 * is no number or no decision of its own scores, or where the module's other claims are false; `unknown`
 * where the text cannot be run.
 *
 * @param model one input of shape [columns]; one output of shape [1] without decision, or a decision.
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

/** Whether a module says that its answers are decisions, not numbers; `false` where it cannot be read. */
export async function explainsDecisions(code: string): Promise<boolean> {
  try {
    const { exports } = runModule(await readText(code), {});
    const constant = exports.get('network');
    return constant instanceof ObjectValue && constant.entries.get('explains') === 'decisions';
  } catch {
    return false;
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
  const claims = readApproximation(constant);
  if (claims.measured.kind !== 'rows' || claims.measured.count !== rows.target.length) {
    throw new FalseStatement('network.measured', 'declares other rows than those of the table');
  }
  const shape = acceptedWrongShape(network, concrete, false, () => undefined);
  if (shape !== undefined) return refuted('run on inputs', shape);
  const run = runRows(network, concrete, rows);
  const checked = rows.target.length;
  if (run.failure !== undefined) {
    return refuted('run on the rows of the table', run.failure, checked);
  }
  const parts = measureParts(network, claims, rows, run);
  for (const { fidelity, least, where } of parts) {
    if (fidelity >= least - ROUNDING) continue;
    const method = `fidelity ${tellFidelity(fidelity)} ${where}, ${tellFidelity(least)} declared`;
    return refuted(method, claimed('fidelity', method), checked);
  }
  const lie = falseClaim(network, declared, 'approximate', false);
  if (lie !== undefined) return refuted('the network constant is false', lie, checked);
  const told = parts.map(({ fidelity, where }) => `${tellFidelity(fidelity)} ${where}`).join(', ');
  return {
    status: 'approximate',
    method: `fidelity ${told}`,
    checked,
    ties: 0,
    // Of decisions nothing is said of the scores.
    maxError: network.decision.kind === 'none' ? run.maxError : Infinity,
    fidelity: parts[0].fidelity,
  };
}

interface Run {
  /** What the table says and what the module answers, by row. */
  readonly expected: readonly Answered[];
  readonly actual: readonly Answered[];
  readonly maxError: number;
  /** The first row whose answer is none. */
  readonly failure?: Counterexample;
}

/** All rows, and those held out where the module says which, with what it declares of them. */
function measureParts(
  network: StagedNetwork,
  { fidelity: least, fidelityHeldOut, measured }: Approximation,
  { target }: TableRows,
  { expected, actual }: Run,
): readonly { readonly fidelity: number; readonly least: number; readonly where: string }[] {
  const whole = {
    fidelity: fidelityOf(expected, actual),
    least,
    where: 'on the rows of the table',
  };
  if (measured.kind !== 'rows' || measured.heldOut === undefined) return [whole];
  const { share, seed } = measured.heldOut;
  const groups = network.decision.kind === 'none' ? target.map(() => 0) : target;
  const rows = [...heldOutRows(groups, share, seed)];
  const fidelity = fidelityOf(
    rows.map((row) => expected[row]),
    rows.map((row) => actual[row]),
  );
  return [whole, { fidelity, least: fidelityHeldOut ?? NaN, where: 'on those held out' }];
}

/** What the rows want and what the module answers, up to the first row whose answer is none. */
function runRows(network: StagedNetwork, concrete: Concrete, { columns, target }: TableRows): Run {
  const decisions = decisionsOf(network);
  const expected: Answered[] = [];
  const actual: Answered[] = [];
  let maxError = 0;
  for (let row = 0; row < target.length; row++) {
    const input = columns.map((column) => column[row]);
    const { scores: outputs, decision } = concrete.run([Float64Array.from(input)]);
    const scores = outputs.flat();
    const failure = (where: string): Run => ({
      ...{ expected, actual, maxError },
      failure: { inputs: [input], expected: [target[row]], actual: scores, where },
    });
    if (!scores.every(Number.isFinite)) return failure('scores');
    if (decision === undefined) {
      expected.push({ scores: [target[row]] });
      actual.push({ scores });
      maxError = Math.max(maxError, Math.abs(scores[0] - target[row]));
      continue;
    }
    if (labelOf(network, decide(network.decision, scores)) !== decision) {
      return failure('predict, which its own scores contradict');
    }
    expected.push({ scores, decision: labelOf(network, decisions[target[row]]) });
    actual.push({ scores, decision });
  }
  return { expected, actual, maxError };
}
