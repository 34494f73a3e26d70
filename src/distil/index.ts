/**
 * The Math student's pipeline: subject → search → front → selected formulas → Program → text → verdict →
 * report. The search's workers are the caller's; what leaves has been measured from its own text.
 */
import { checkProgram } from '../ir/program-check.js';
import type { StudentFindings } from '../ir/student.js';
import type { Verdict } from '../ir/verdict.js';
import { diagnose } from '../diagnostics/diagnostic.js';
import { emitProgram } from '../emit/index.js';
import type { Emitted } from '../emit/index.js';
import { buildStudentReport, describeModel, describeVerdict } from '../report/index.js';
import type { Report, StudentReport } from '../report/index.js';
import { createEngine } from '../students/math/engine/engine.js';
import { dataSizeOf } from '../students/math/fit/polish.js';
import { call, constantsOf, variable, withConstants } from '../students/math/formula.js';
import type { Formula } from '../students/math/formula.js';
import { selectFromFront } from '../students/math/front.js';
import type { Selection } from '../students/math/front.js';
import type { Transport } from '../students/math/jobs.js';
import type { Candidate } from '../students/math/problem.js';
import { SCOUT_WAVES } from '../students/math/scouts/index.js';
import { search } from '../students/math/search.js';
import type { SearchHooks, SearchOptions, SearchResult } from '../students/math/search.js';
import type { SearchState } from '../students/math/search/state.js';
import { selectBest } from '../students/math/select.js';
import { formulaToProgram } from '../students/math/to-program.js';
import { verify, verifyRows } from '../verify/index.js';
import { findingsOf } from './findings.js';
import type { Choice } from './findings.js';
import { measureSubject } from './measure.js';
import type { Cell, Subject } from './subject.js';

export interface DistilOptions extends Omit<SearchOptions, 'scouts' | 'resume'> {
  /** Stored searches to go on from, by the positions of the cells. */
  readonly resume?: readonly (SearchState | undefined)[];
  readonly selection?: Selection;
  /** Significant digits of the constants of the selected formulas; absent: all. */
  readonly digits?: number;
  /** What the search was told, for the report. */
  readonly told?: StudentFindings['settings'];
  /** Text of the options for the module's header. */
  readonly settings?: string;
}

export interface Distilled {
  readonly code: string;
  readonly verdict: Verdict;
  readonly report: StudentReport;
  /** One for each cell of the subject. */
  readonly findings: readonly StudentFindings[];
}

/** What is told of the search of one cell. */
export type CellHooks = (cell: Cell, position: number) => SearchHooks;

/**
 * Explains a subject. One search for each of its cells, one after the other, each through a transport
 * that is closed when it ends.
 */
export async function distil(
  subject: Subject,
  options: DistilOptions,
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks = () => ({}),
): Promise<Distilled> {
  const { choices, formulas } = await searchFormulas(subject, options, createTransport, hooksOf);
  const emitted = await emitFormulas(subject, formulas, choices, options);
  const verdict = await judge(subject, emitted.code);
  const tell = (cell: Cell, k: number) => findingsOf(subject, cell, choices[k], options.told ?? {});
  const [first, ...others] = subject.cells;
  const findings: [StudentFindings, ...StudentFindings[]] = [await tell(first, 0)];
  for (const [k, cell] of others.entries()) findings.push(await tell(cell, k + 1));
  const report = buildStudentReport(reportOf(subject, emitted, verdict), findings);
  return { code: emitted.code, verdict, report, findings };
}

/** What was found for the cells of a subject. */
export interface Searched {
  /** One for each cell. */
  readonly choices: readonly Choice[];
  /** The selected formulas, over the input cells of the module. */
  readonly formulas: readonly Formula[];
}

/**
 * Searches as `distil` does, without telling what was found.
 *
 * @throws Diagnostic STUDENT_NO_FORMULA when the front is empty.
 */
export async function searchFormulas(
  { cells }: Pick<Subject, 'cells'>,
  options: DistilOptions,
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks = () => ({}),
): Promise<Searched> {
  const choices: Choice[] = [];
  for (const [position, cell] of cells.entries()) {
    const result = await searchCell(
      cell,
      searchOptionsOf(options, position),
      createTransport,
      hooksOf(cell, position),
    );
    choices.push(choose(cell, result, options));
  }
  const formulas = choices.map(({ front, selected }, k) =>
    overInputs(front[selected].formula, cells[k].inputs),
  );
  return { choices, formulas };
}

function searchOptionsOf({ resume, ...options }: DistilOptions, position: number): SearchOptions {
  const state = resume?.[position];
  return { ...options, scouts: SCOUT_WAVES, ...(state === undefined ? {} : { resume: state }) };
}

async function searchCell(
  cell: Cell,
  options: SearchOptions,
  createTransport: (cell: Cell) => Transport,
  hooks: SearchHooks,
): Promise<SearchResult> {
  const transport = createTransport(cell);
  try {
    return await search(cell.problem, options, transport, hooks);
  } finally {
    await transport.close();
  }
}

/** @throws Diagnostic STUDENT_NO_FORMULA when the front is empty. */
function choose(cell: Cell, result: SearchResult, options: DistilOptions): Choice {
  const { selection = 'best', digits } = options;
  if (result.front.length === 0) throw diagnose('STUDENT_NO_FORMULA', {}, { target: cell.name });
  const engine = createEngine(cell.problem);
  const size = dataSizeOf(engine);
  const selected = selectFromFront(result.front, selection, (front) => selectBest(front, size));
  const chosen = result.front[selected];
  const rounded = digits === undefined ? undefined : roundConstants(chosen, digits);
  const judged = rounded && engine.judge(rounded, chosen.origin);
  const front = result.front.map((one, at) => (at === selected ? (judged ?? one) : one));
  return { result, front, selected, selection: wordsOf(selection) };
}

function wordsOf(selection: Selection): string {
  return typeof selection === 'string' ? selection : `complexity ${selection.complexity}`;
}

function roundConstants({ formula }: Candidate, digits: number): Formula {
  return withConstants(
    formula,
    constantsOf(formula).map((value) => Number(value.toPrecision(digits))),
  );
}

/** The formula over the input cells of the module, in place of the features that were searched over. */
export function overInputs(formula: Formula, inputs: readonly number[]): Formula {
  if (formula.kind === 'variable') return variable(inputs[formula.index]);
  if (formula.kind === 'constant') return formula;
  return call(formula.operator, ...formula.arguments.map((part) => overInputs(part, inputs)));
}

async function emitFormulas(
  subject: Subject,
  formulas: readonly Formula[],
  choices: readonly Choice[],
  { settings }: DistilOptions,
): Promise<Emitted> {
  const { seed } = subject.cells[0].problem.settings;
  const complexity = choices.reduce(
    (sum, { front, selected }) => sum + front[selected].complexity,
    0,
  );
  const approximation = { complexity, ...measureSubject(subject, formulas, seed) };
  const program = formulaToProgram(formulas, subject.model);
  const problems = checkProgram(program, { lowered: true });
  if (problems.length > 0) {
    throw diagnose('INTERNAL_ILLEGAL_LEVEL', {}, { level: 'program', problem: problems[0] });
  }
  return emitProgram(program, {
    verdict: 'approximate',
    tolerance: 0,
    approximation,
    ...(settings === undefined ? {} : { settings }),
  });
}

/** The module is measured again from its text: on fresh answers of the network, or on the table's rows. */
function judge({ network, model, cells }: Subject, code: string): Promise<Verdict> {
  if (network !== undefined) return verify(network, code);
  return verifyRows(model, code, cells[0].problem.data);
}

function reportOf(subject: Subject, emitted: Emitted, verdict: Verdict): Report {
  const { model, network } = subject;
  const { lines, bytes, weightsInData } = emitted;
  return {
    schema: 1,
    model:
      network === undefined
        ? { name: model.name, source: model.source, parameters: 0, neurons: 0, layers: 0 }
        : describeModel(network),
    code: { lines, bytes, weightsInData },
    clusters: [],
    unexplainedNeurons: [],
    changes: [],
    verdict: describeVerdict(verdict),
  };
}
