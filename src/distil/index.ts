/**
 * The Math student's pipeline: subject → search → front → selected formulas → Program → text → verdict →
 * report. The search's workers are the caller's; what leaves has been measured from its own text.
 */
import { checkProgram } from '../ir/program-check.js';
import type { Approximation } from '../ir/fidelity.js';
import type { ResidualRows } from '../ir/error-analysis.js';
import type { StudentFindings } from '../ir/student.js';
import type { Verdict } from '../ir/verdict.js';
import { diagnose } from '../diagnostics/diagnostic.js';
import { emitProgram } from '../emit/index.js';
import type { Emitted } from '../emit/index.js';
import { buildStudentReport, describeModel, describeVerdict } from '../report/index.js';
import type { Report, StudentReport } from '../report/index.js';
import { createEngine } from '../students/math/engine/engine.js';
import type { DataSize } from '../students/math/description-length.js';
import { dataSizeOf } from '../students/math/fit/polish.js';
import { constantsOf, withConstants } from '../students/math/formula.js';
import type { Formula } from '../students/math/formula.js';
import { selectFromFront } from '../students/math/front.js';
import type { Selection } from '../students/math/front.js';
import type { Transport } from '../students/math/jobs.js';
import type { Candidate } from '../students/math/problem.js';
import { DIRECTION_WAVES, SCOUT_WAVES } from '../students/math/scouts/index.js';
import { search } from '../students/math/search.js';
import type { SearchHooks, SearchOptions, SearchResult } from '../students/math/search.js';
import type { SearchState } from '../students/math/search/state.js';
import { selectBest } from '../students/math/select.js';
import { formulaToProgram } from '../students/math/to-program.js';
import { verify, verifyRows } from '../verify/index.js';
import { analyseErrors } from './errors/analyse.js';
import { findingsOf } from './findings.js';
import type { Choice } from './findings.js';
import { measureSubject } from './measure.js';
import { overDefinitions, overInputs } from './over-inputs.js';
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
  /** What the formula of each cell answers in range, for a picture. */
  readonly residuals: readonly ResidualRows[];
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
  // What is off is told by the features, whatever variables formulas were searched over.
  const analysed = analyseErrors({ ...subject, cells: subject.asked ?? subject.cells }, formulas);
  const tell = async (cell: Cell, k: number) => ({
    ...(await findingsOf(subject, cell, choices[k], options.told ?? {})),
    errors: analysed[k].analysis,
  });
  const [first, ...others] = subject.cells;
  const findings: [StudentFindings, ...StudentFindings[]] = [await tell(first, 0)];
  for (const [k, cell] of others.entries()) findings.push(await tell(cell, k + 1));
  const report = buildStudentReport(reportOf(subject, emitted, verdict), findings);
  const residuals = analysed.map((one) => one.residuals);
  return { code: emitted.code, verdict, report, findings, residuals };
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
  { cells, transforms }: Pick<Subject, 'cells' | 'transforms'>,
  options: DistilOptions,
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks = () => ({}),
): Promise<Searched> {
  const choices: Choice[] = [];
  for (const [position, cell] of cells.entries()) {
    const result = await searchCell(
      cell,
      searchOptionsOf(options, position, cell),
      createTransport,
      hooksOf(cell, position),
    );
    choices.push(choose(cell, result, options));
  }
  const formulas = choices.map(({ front, selected }, k) =>
    overInputs(front[selected].formula, cells[k], transforms),
  );
  return { choices, formulas };
}

function searchOptionsOf(
  { resume, ...options }: DistilOptions,
  position: number,
  { problem }: Cell,
): SearchOptions {
  const state = resume?.[position];
  const isOfDirections = problem.settings.loss.kind === 'direction';
  const scouts = isOfDirections ? DIRECTION_WAVES : SCOUT_WAVES;
  return { ...options, scouts, ...(state === undefined ? {} : { resume: state }) };
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
  const selected = selectFromFront(result.front, selection, (front) => bestFor(cell, front, size));
  const chosen = result.front[selected];
  const rounded = digits === undefined ? undefined : roundConstants(chosen.formula, digits);
  const judged = rounded && engine.judge(rounded, chosen.origin);
  const front = result.front.map((one, at) => (at === selected ? (judged ?? one) : one));
  return { result, front, selected, selection: wordsOf(selection) };
}

/** Share by which the answer may be worth less than the best of the front, where the cell can say. */
const MOST_WORTH_LOST = 0.01;

/** The shortest description; of a cell that judges formulas by more than their loss, among those worth enough. */
function bestFor({ worthOf }: Cell, front: readonly Candidate[], size: DataSize): number {
  if (worthOf === undefined) return selectBest(front, size);
  const worths = front.map(({ formula }) => worthOf(formula));
  const least = Math.max(...worths.filter(Number.isFinite)) - MOST_WORTH_LOST;
  const worthy = front.flatMap((_, at) => (worths[at] >= least ? [at] : []));
  if (worthy.length === 0) return selectBest(front, size);
  const among = worthy.map((at) => front[at]);
  return worthy[selectBest(among, size)];
}

function wordsOf(selection: Selection): string {
  return typeof selection === 'string' ? selection : `complexity ${selection.complexity}`;
}

/** The formula with constants of so many significant digits. */
export function roundConstants(formula: Formula, digits: number): Formula {
  return withConstants(
    formula,
    constantsOf(formula).map((value) => Number(value.toPrecision(digits))),
  );
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
  const told = choices.map(({ front, selected }, k) =>
    overDefinitions(front[selected].formula, subject.cells[k]),
  );
  return emitApproximation(subject, told, approximation, settings);
}

/**
 * The module of formulas over input cells and transforms, which states what was measured of it.
 *
 * @throws Diagnostic INTERNAL_ILLEGAL_LEVEL.
 */
export async function emitApproximation(
  { model, transforms }: Pick<Subject, 'model' | 'transforms'>,
  formulas: readonly Formula[],
  approximation: Approximation,
  settings: string | undefined,
): Promise<Emitted> {
  const program = formulaToProgram(formulas, model, {
    definitions: transforms?.definitions ?? [],
  });
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
function judge({ network, model, cells, rows }: Subject, code: string): Promise<Verdict> {
  if (network !== undefined) return verify(network, code);
  return verifyRows(model, code, rows ?? cells[0].problem.data);
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
