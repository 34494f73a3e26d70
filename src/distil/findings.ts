/** What the student found for one cell, as reports and pictures tell it. */
import { explainedShare } from '../ir/fidelity.js';
import type { FrontMember, SnappedConstant, StudentFindings } from '../ir/student.js';
import { createEngine } from '../students/math/engine/engine.js';
import type { Engine } from '../students/math/engine/engine.js';
import { evaluateFormula } from '../students/math/engine/evaluate-formula.js';
import { fitConstants } from '../students/math/fit/fit-constants.js';
import { constantsOf, variablesOf } from '../students/math/formula.js';
import type { Formula } from '../students/math/formula.js';
import { kneeOf, mostAccurateOf, scoresOf } from '../students/math/front.js';
import type { Candidate, Dataset } from '../students/math/problem.js';
import { latexOfFormula } from '../students/math/text/latex.js';
import type { SearchResult } from '../students/math/search.js';
import { printFormula } from '../students/math/text/print-formula.js';
import { plainFormula, toldFormula } from './over-inputs.js';
import { rangeOf } from './subject.js';
import type { Cell, Subject } from './subject.js';

/** Relative: a constant that moved by less was not snapped but is where the fit ended. */
const SNAPPED = 1e-12;
const ITERATIONS = 100;

/** Significant digits of constants in tables. */
const SHORT_DIGITS = 6;

/** Why a search ended early, in words. */
export const ENDED: Partial<Record<SearchResult['ended'], string>> = {
  stopped: 'stopped by the user or by the time limit',
};

export interface Choice {
  readonly result: SearchResult;
  /** The front that is shown: that of the result, with the selected formula as it is printed. */
  readonly front: readonly Candidate[];
  readonly selected: number;
  readonly selection: string;
}

export async function findingsOf(
  subject: Subject,
  cell: Cell,
  choice: Choice,
  settings: StudentFindings['settings'],
): Promise<StudentFindings> {
  const { names } = cell.problem.data;
  const { result, front, selected } = choice;
  const { formula } = front[selected];
  const used = variablesOf(plainFormula(formula, cell));
  const stopped = ENDED[result.ended];
  return {
    target: cell.name,
    data: subject.kind,
    rows: cell.problem.data.target.length,
    features: names.map((name, k) => ({
      name,
      range: subject.ranges?.[cell.inputs[k]] ?? rangeOf(cell.problem.domains[k]),
      isUsed: used.includes(k),
    })),
    front: membersOf(cell, front),
    selected,
    knee: kneeOf(front),
    mostAccurate: mostAccurateOf(front),
    selection: choice.selection,
    latex: await latexOfFormula(toldFormula(formula, cell), names),
    snapped: snappedOf(formula, createEngine(cell.problem)),
    settings,
    evaluations: result.evaluations,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

/** The front for tables and pictures. */
export function membersOf(cell: Cell, front: readonly Candidate[]): readonly FrontMember[] {
  const { problem, inRange, outOfRange, worthOf } = cell;
  const { names } = problem.data;
  const scores = scoresOf(front);
  return front.map(({ complexity, loss, formula, origin }, at) => ({
    complexity,
    loss,
    score: scores[at],
    fidelity: worthOf?.(formula) ?? shareOf(plainFormula(formula, cell), inRange),
    ...(outOfRange === undefined
      ? {}
      : { fidelityOutOfRange: shareOf(plainFormula(formula, cell), outOfRange) }),
    expression: printFormula(toldFormula(formula, cell), names),
    shortExpression: printFormula(toldFormula(formula, cell), names, { digits: SHORT_DIGITS }),
    origin,
  }));
}

function shareOf(formula: Formula, { columns, target }: Dataset): number {
  const values = target.map((_, row) =>
    evaluateFormula(
      formula,
      columns.map((column) => column[row]),
    ),
  );
  return explainedShare(target, values);
}

/** The constants that a free fit would put elsewhere. */
function snappedOf(formula: Formula, engine: Engine): readonly SnappedConstant[] {
  const fitted = fitConstants(formula, engine, { iterations: ITERATIONS });
  if (fitted === undefined) return [];
  const free = constantsOf(fitted.formula);
  return constantsOf(formula).flatMap((to, k) =>
    Math.abs(free[k] - to) > SNAPPED * Math.abs(to) ? [{ from: free[k], to }] : [],
  );
}
