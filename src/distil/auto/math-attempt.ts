/** The Math student on the layers behind a cut: a formula for each of the network's numbers. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { sizeOf } from '../../ir/model-interface.js';
import { interfaceOf } from '../../ir/network.js';
import type { StagedNetwork } from '../../ir/network.js';
import { describeTarget } from '../../ir/target.js';
import { DEFAULT_SETTINGS } from '../../students/math/problem.js';
import type { Transport } from '../../students/math/jobs.js';
import { formulaToProgram } from '../../students/math/to-program.js';
import { searchFormulas } from '../index.js';
import type { CellHooks } from '../index.js';
import { MOST_OUTPUTS, subjectOfNetwork, tooManyOutputs } from '../subject.js';
import type { Cell, Subject } from '../subject.js';
import { inputBehind, joinAtCut } from './attempt.js';
import type { Attempt } from './attempt.js';
import type { Cut } from './cut.js';
import { rowsOfCut } from './rows.js';

/** Formulas of more variables are not looked for here: they would not be shorter than what they replace. */
const MOST_VARIABLES = 8;

/** Evaluations of a search: some seconds. */
const MOST_EVALUATIONS = 30_000;

/** Rows of a search; more make it slower than they make it better. */
const MOST_ROWS = 1000;

export interface MathAsked {
  readonly seed: number;
  readonly createTransport: (cell: Cell) => Transport;
  readonly hooksOf?: CellHooks;
  /** Evaluations of a search at most. */
  readonly maxEvaluations?: number;
}

/** @throws Diagnostic STUDENT_TOO_MANY_OUTPUTS, STUDENT_TOO_MANY_INPUTS, and those of the search. */
export async function attemptMath(
  network: StagedNetwork,
  cut: Cut,
  { seed, createTransport, hooksOf, maxEvaluations = MOST_EVALUATIONS }: MathAsked,
): Promise<Attempt> {
  const settings = { ...DEFAULT_SETTINGS, seed };
  const { before } = cut;
  const { inputs, outputs } = before?.network ?? network;
  const variables = (before === undefined ? inputs : outputs).reduce(
    (sum, { shape }) => sum + sizeOf(shape),
    0,
  );
  if (variables > MOST_VARIABLES) {
    throw diagnose('STUDENT_TOO_MANY_INPUTS', {}, { inputs: variables, limit: MOST_VARIABLES });
  }
  const subject =
    before === undefined
      ? subjectOfNetwork(network, undefined, settings)
      : subjectBehind(network, { ...cut, before }, seed);
  const { choices, formulas } = await searchFormulas(
    subject,
    { maxEvaluations },
    createTransport,
    hooksOf,
  );
  const own = formulaToProgram(formulas, subject.model);
  const { ranges } = subject;
  return {
    program: before === undefined ? own : joinAtCut(network, { ...cut, before }, own),
    complexity: choices.reduce((sum, { front, selected }) => sum + front[selected].complexity, 0),
    ...(ranges === undefined ? {} : { ranges }),
  };
}

/** What lies behind a cut as a subject: the variables are the cells between. */
function subjectBehind(
  network: StagedNetwork,
  cut: Required<Cut>,
  seed: number,
): Pick<Subject, 'model' | 'cells' | 'ranges'> {
  const [{ shape }] = network.outputs;
  const count = sizeOf(shape);
  if (count > MOST_OUTPUTS) throw tooManyOutputs(count);
  const input = inputBehind(cut);
  const names = input.features ?? [];
  const rows = rowsOfCut(network, cut.before.network, names, seed);
  const settings = { ...DEFAULT_SETTINGS, seed };
  const cells = Array.from({ length: count }, (_, cell): Cell => {
    const { training, ...judged } = rows.scores(cell);
    const data = {
      ...training,
      columns: training.columns.map((column) => column.slice(0, MOST_ROWS)),
      target: training.target.slice(0, MOST_ROWS),
    };
    return {
      name: describeTarget(network, { kind: 'output', output: 0, cell }),
      problem: { data, settings, domains: rows.domains },
      inputs: names.map((_, position) => position),
      ...judged,
    };
  });
  return {
    model: { ...interfaceOf(network), inputs: [input] },
    cells,
    ...(rows.ranges === undefined ? {} : { ranges: rows.ranges }),
  };
}
