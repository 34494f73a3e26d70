/**
 * A subject with what is known beforehand: the variables that formulas may read (features, transforms, or
 * some of both) and the rules of each of its problems. What is searched over may then be less than what
 * the module reads, or more; cells say what each of their variables is.
 */
import { diagnose } from '../diagnostics/diagnostic.js';
import { sizeOf } from '../ir/model-interface.js';
import type { CellDomain } from '../ir/model-interface.js';
import { hullOf } from '../numeric/hull.js';
import { evaluateFormula } from '../students/math/engine/evaluate-formula.js';
import { variable } from '../students/math/formula.js';
import type { Formula } from '../students/math/formula.js';
import { substitute } from '../students/math/knowledge/custom-operator.js';
import type { Knowledge } from '../students/math/knowledge/knowledge.js';
import type { Dataset, Problem } from '../students/math/problem.js';
import type { Definition } from '../students/math/to-program.js';
import type { Cell, Subject } from './subject.js';

/** What is known of all cells of a subject; variables are the kept ones, by position. */
export interface SubjectKnowledge {
  /** Over the features of the subject's problems and, as the variables that follow those, the ones before. */
  readonly transforms: readonly Definition[];
  /** Which of features and transforms formulas may read, ascending. */
  readonly kept: readonly number[];
  /** The rules for the cell at a position. */
  readonly rulesOf: (position: number) => Knowledge;
}

/** @throws Diagnostic TRANSFORM_UNDEFINED where a transform has no value at a row that is searched. */
export function applyKnowledge(subject: Subject, known: SubjectKnowledge): Subject {
  const { transforms, kept } = known;
  const features = subject.cells[0].problem.data.names.length;
  const isPlain = transforms.length === 0 && kept.length === features;
  const cells = subject.cells.map((cell, position) => {
    const changed = isPlain ? cell : overVariables(cell, known, subject);
    return withRules(changed, known.rulesOf(position));
  });
  if (isPlain) return { ...subject, cells };
  const first = cellsOf(subject);
  const { inputs } = subject.cells[0];
  const places = [...inputs, ...transforms.map((_, k) => first + k)].map(variable);
  const definitions = transforms.map(({ name, formula }) => ({
    name,
    formula: substitute(formula, places),
  }));
  return {
    ...subject,
    cells,
    asked: subject.cells,
    transforms: { first, definitions },
    ...(subject.kind === 'table' ? { rows: subject.cells[0].problem.data } : {}),
  };
}

function cellsOf({ model }: Subject): number {
  return model.inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function withRules(cell: Cell, rules: Knowledge): Cell {
  const { problem } = cell;
  const { knowledge, ...settings } = problem.settings;
  const both: Knowledge = { ...knowledge, ...rules };
  if (Object.keys(both).length === 0) return cell;
  return { ...cell, problem: { ...problem, settings: { ...settings, knowledge: both } } };
}

/** The cell over the kept variables. */
function overVariables(cell: Cell, { transforms, kept }: SubjectKnowledge, subject: Subject): Cell {
  const { problem, inputs, outOfRange } = cell;
  const features = problem.data.names.length;
  const first = cellsOf(subject);
  const meanings = kept.map((at): Formula =>
    variable(at < features ? inputs[at] : first + at - features),
  );
  // The teacher knows nothing of transforms: it can be asked where all features come first.
  const isAskable = Array.from({ length: features }, (_, at) => at).every((at) => kept[at] === at);
  const { ask, ...rest } = problem;
  const data = extended(problem.data, transforms, kept, true);
  const domains = data.columns.map((column, k): CellDomain => {
    if (kept[k] < features) return problem.domains[kept[k]];
    const [min, max] = hullOf(column);
    return { kind: 'interval', min, max };
  });
  const changed: Problem = { ...rest, data, domains };
  const { teacher, ...others } = cell;
  return {
    ...others,
    problem: isAskable && ask !== undefined ? { ...changed, ask } : changed,
    ...(isAskable && teacher !== undefined ? { teacher } : {}),
    inputs: kept.map((at) => (at < features ? inputs[at] : -1)),
    meanings,
    inRange: extended(cell.inRange, transforms, kept, false),
    ...(outOfRange === undefined
      ? {}
      : { outOfRange: extended(outOfRange, transforms, kept, false) }),
  };
}

/**
 * The kept columns of features and transforms. Rows at which a transform has no value are refused, or left
 * out where they only judge.
 */
function extended(
  data: Dataset,
  transforms: readonly Definition[],
  kept: readonly number[],
  isSearched: boolean,
): Dataset {
  const columns = [...data.columns];
  for (const { name, formula } of transforms) {
    const column = data.target.map((_, row) =>
      evaluateFormula(
        formula,
        columns.map((one) => one[row]),
      ),
    );
    const wrong = column.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0 && isSearched) {
      const value = String(column[wrong]);
      throw diagnose('TRANSFORM_UNDEFINED', {}, { name, value, row: wrong + 1 });
    }
    columns.push(column);
  }
  const isKept = (_: number, row: number): boolean =>
    columns.every((column) => Number.isFinite(column[row]));
  const names = [...data.names, ...transforms.map(({ name }) => name)];
  return {
    names: kept.map((at) => names[at]),
    columns: kept.map((at) => columns[at].filter(isKept)),
    target: data.target.filter(isKept),
    ...(data.weights === undefined ? {} : { weights: data.weights.filter(isKept) }),
  };
}
