/**
 * Local explanations: around a point a network is told by a formula that is shorter than one for all of
 * its domain, with the radius up to which its error stays within a stated bound. Sample, search, choose,
 * round, measure; the search is the Math student's, over weighted rows.
 */
import type { LocalExplanation } from '../../ir/local-explanation.js';
import { roundConstants, searchFormulas } from '../index.js';
import { overInputs } from '../over-inputs.js';
import type { CellHooks, DistilOptions } from '../index.js';
import { createEngine } from '../../students/math/engine/engine.js';
import { evaluateFormula } from '../../students/math/engine/evaluate-formula.js';
import type { Formula } from '../../students/math/formula.js';
import type { Transport } from '../../students/math/jobs.js';
import type { Candidate } from '../../students/math/problem.js';
import { dataSizeOf } from '../../students/math/fit/polish.js';
import { selectFromFront } from '../../students/math/front.js';
import { mergeFront } from '../../students/math/search/merge-front.js';
import { selectBest } from '../../students/math/select.js';
import { latexOfFormula } from '../../students/math/text/latex.js';
import { printFormula } from '../../students/math/text/print-formula.js';
import { createRandom } from '../../numeric/random.js';
import { askFinite } from '../../students/ask.js';
import { ENDED } from '../findings.js';
import type { Choice } from '../findings.js';
import { rangeOf } from '../subject.js';
import type { Cell, Subject } from '../subject.js';
import { linearCandidates } from './linear.js';
import { boundedDomains, boxAround, widthOf } from './box.js';
import type { Columns, Place } from './box.js';
import { confirmRadius } from './check.js';
import { errorsOf, reachOfEach, refineReach } from './radius.js';
import type { Surroundings } from './radius.js';
import { drawSample } from './sample.js';
import type { LocalSample, SampleOptions } from './sample.js';

/** How far a formula may be off: so much, or this share of the network's local range. */
export type Bound =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'share'; readonly share: number };

export interface LocalOptions extends SampleOptions {
  readonly bound: Bound;
  /** Whether the rows that the network was asked at are neighbours: the user's own. */
  readonly hasRows: boolean;
  /** How formulas are searched and, where the user says so, selected. */
  readonly search: DistilOptions;
}

export interface Local {
  readonly explanation: LocalExplanation;
  /** Over the input cells of the module. */
  readonly formula: Formula;
}

/** Significant digits of a bound that is a share. */
const BOUND_DIGITS = 3;

/** A bound is at least this share of the answers: rounding alone makes as much. */
const ROUNDING = 2 ** -40;

/** The search ends where a formula leaves this share of the bound, as the root of its mean square. */
const ENOUGH = 1 / 8;

/** Constants are told with the fewest digits that move the formula by at most this share of the bound. */
const DIGITS_SHARE = 0.05;
const [FEWEST_DIGITS, MOST_DIGITS] = [2, 17];

/** Seeds of points and of what is drawn for them. */
const POINT_SEED = 7919;

/**
 * Explains all cells of a subject around one point.
 *
 * @param point one number for each feature of the cells, within its domain.
 * @param position which of several points it is: it decides the seed.
 * @throws Diagnostic STUDENT_ANSWER_NOT_FINITE at the point, STUDENT_NO_FORMULA.
 */
export async function explainLocally(
  subject: Pick<Subject, 'cells'>,
  point: readonly number[],
  position: number,
  options: LocalOptions,
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks = () => ({}),
): Promise<readonly Local[]> {
  const explained: Local[] = [];
  for (const [at, cell] of subject.cells.entries()) {
    const hooks = hooksOf(cell, at);
    const near = nearCell(cell, point, position, options);
    const { choices } = await searchFormulas(
      { cells: [near.cell] },
      searchOptions(near, options),
      createTransport,
      () => hooks,
    );
    explained.push(await explainCell(near, choices[0], options));
  }
  return explained;
}

/** A cell whose rows and domains are those around the point. */
interface Near {
  readonly cell: Cell;
  readonly around: Surroundings;
  readonly sample: LocalSample;
  readonly ofNetwork: number;
  readonly bound: number;
}

function nearCell(
  cell: Cell,
  point: readonly number[],
  position: number,
  options: LocalOptions,
): Near {
  const { problem } = cell;
  const { data, ask, settings } = problem;
  if (ask === undefined) throw new TypeError('only a network can be asked around a point');
  const place: Place = { point, domains: boundedDomains(problem.domains) };
  const { names } = data;
  const { target } = askFinite(ask, names, point.map((value) => Float64Array.of(value))); // prettier-ignore
  const seed = settings.seed + POINT_SEED * (position + 1);
  const rows: Columns | undefined = options.hasRows ? data.columns : undefined;
  const sample = drawSample(place, names, ask, options, createRandom(seed), rows);
  const domains = boxAround(place, options.width);
  return {
    cell: { ...cell, problem: { ...problem, data: sample.data, domains } },
    around: { place, ask, seed },
    sample,
    ofNetwork: target[0],
    bound: boundOf(options.bound, sample),
  };
}

function boundOf(bound: Bound, { range, data }: LocalSample): number {
  if (bound.kind === 'value') return bound.value;
  const largest = data.target.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // A short number, as it is told.
  return Number(Math.max(bound.share * range, ROUNDING * largest).toPrecision(BOUND_DIGITS));
}

/** Without a budget and a selection of the user's, what keeps the bound well is enough. */
function searchOptions({ cell, bound }: Near, { search }: LocalOptions): DistilOptions {
  const { kind } = cell.problem.settings.loss;
  const isAsked = search.maxEvaluations !== undefined || search.selection !== undefined;
  const others = withoutDigits(search);
  return isAsked || kind !== 'mse' ? others : { ...others, targetLoss: (ENOUGH * bound) ** 2 };
}

/** Digits are chosen when the formula is. */
function withoutDigits({ digits: _, ...others }: DistilOptions): DistilOptions {
  return others;
}

async function explainCell(near: Near, choice: Choice, options: LocalOptions): Promise<Local> {
  const { cell, around, sample, bound } = near;
  const { names } = cell.problem.data;
  const { width, search } = options;
  const engine = createEngine(cell.problem);
  const size = dataSizeOf(engine);
  const { perComplexity } = cell.problem.settings;
  const merged = mergeFront(choice.front, linearCandidates(engine), perComplexity, size);
  const front = merged.map((candidate): Candidate => {
    const rounded = shortConstants(candidate.formula, near, search.digits);
    return engine.judge(rounded, candidate.origin) ?? candidate;
  });
  const formulas = front.map(({ formula }) => formula);
  const reaches = reachOfEach(formulas, bound, width, around);
  const { selection } = search;
  const selected =
    selection === undefined
      ? simplestReaching(reaches, width)
      : selectFromFront(front, selection, (members) => selectBest(members, size));
  const { formula, complexity } = front[selected];
  const reach = refineReach(formula, bound, reaches[selected], around);
  const { radius, check } = confirmRadius(formula, bound, reach, around);
  const { point, domains } = around.place;
  const box = boxAround({ point, domains }, radius).map(rangeOf);
  const stopped = ENDED[choice.result.ended];
  const byName = <Value>(values: readonly Value[]): Readonly<Record<string, Value>> =>
    Object.fromEntries(names.map((name, k) => [name, values[k]]));
  const explanation: LocalExplanation = {
    target: cell.name,
    point: byName(point),
    ofNetwork: near.ofNetwork,
    ofFormula: evaluateFormula(formula, point),
    expression: printFormula(formula, names),
    latex: await latexOfFormula(formula, names),
    complexity,
    width,
    rows: { neighbours: sample.neighbours, samples: sample.samples },
    bound,
    ...(options.bound.kind === 'share' ? { boundShare: options.bound.share } : {}),
    radius,
    box: byName(box),
    isWhole: domains.every((domain, k) => widthOf(domain) <= box[k][1] - box[k][0]),
    ...(check === undefined ? {} : { check }),
    front: front.map((member, k) => ({
      complexity: member.complexity,
      loss: member.loss,
      reach: reaches[k],
      expression: printFormula(member.formula, names),
      origin: member.origin,
    })),
    selected,
    selection:
      selection === undefined ? selectionWords(reaches[selected], width) : choice.selection,
    evaluations: choice.result.evaluations,
    ...(stopped === undefined ? {} : { stopped }),
  };
  return { explanation, formula: overInputs(formula, cell) };
}

/** The simplest formula that keeps its bound as far as the rows reach; where none does, the one furthest out. */
function simplestReaching(reaches: readonly number[], width: number): number {
  const first = reaches.findIndex((reach) => reach >= Math.min(1, width));
  return first >= 0 ? first : reaches.indexOf(Math.max(...reaches));
}

function selectionWords(reach: number, width: number): string {
  if (reach >= Math.min(1, width)) return 'the simplest that keeps the bound among the samples';
  return reach > 0 ? 'the one that keeps the bound furthest' : 'the simplest; none keeps the bound';
}

/** The formula with constants as short as the bound allows, or of as many digits as the user wants. */
function shortConstants(
  formula: Formula,
  { cell, bound }: Near,
  digits: number | undefined,
): Formula {
  if (digits !== undefined) return roundConstants(formula, digits);
  const { columns } = cell.problem.data;
  const values = columns[0].map((_, row) => evaluateFormula(formula, columns.map((column) => column[row]))); // prettier-ignore
  for (let count = FEWEST_DIGITS; count < MOST_DIGITS; count++) {
    const rounded = roundConstants(formula, count);
    const moved = errorsOf(rounded, columns, values);
    if (moved.every((by) => by <= DIGITS_SHARE * bound)) return rounded;
  }
  return formula;
}
