/**
 * The last hand on a formula before it stands on the front: constants fitted to the last digit, the form
 * simplified, constants snapped where the data allow it. Nothing gets worse by it.
 */
import { hullOf } from '../../../numeric/hull.js';
import { createRandom } from '../../../numeric/random.js';
import { simplifyFormula } from '../algebra/simplify.js';
import { complexityOf, isAllowed } from '../complexity.js';
import type { DataSize } from '../description-length.js';
import type { Engine } from '../engine/engine.js';
import type { Formula } from '../formula.js';
import { countPenalties } from '../knowledge/rules.js';
import type { Candidate, Problem } from '../problem.js';
import { fitConstants } from './fit-constants.js';
import type { Fitted } from './fit-constants.js';
import { snapConstants } from './snap.js';

const ITERATIONS = 200;
const RESTARTS = 2;
const ITERATIONS_OF_DIRECTIONS = 40;

/** Rows of directions count as fewer still: along a border they turn slowly. */
const ROWS_OF_DIRECTIONS = 10;
/** Rows of a network's answers count as no more than this many: its errors are smooth, not noise. */
const ROWS_OF_A_TEACHER = 30;
/** Share of the loss of the best constant below which nothing but rounding is left, of a square and a size. */
const ROUNDING_OF_SQUARES = 1e-24;
const ROUNDING_OF_SIZES = 1e-12;

/** What the data of an engine can tell. */
export function dataSizeOf({ problem, rows, variance }: Engine): DataSize {
  const { operators, loss } = problem.settings;
  const isSize = loss.kind === 'mae' || loss.kind === 'pinball';
  const isScaled = loss.kind === 'relative' || loss.kind === 'log';
  const scale = isScaled ? 1 : isSize ? Math.sqrt(variance) : variance;
  return {
    effectiveRows: Math.min(rows, mostRowsOf(problem)),
    symbols: operators.length + problem.data.columns.length + 1,
    scale,
    floor: (isSize ? ROUNDING_OF_SIZES : ROUNDING_OF_SQUARES) * scale,
    loss: loss.kind,
    ...(loss.kind === 'direction' && loss.tolerance !== undefined
      ? { tolerance: loss.tolerance }
      : {}),
    penaltiesOf: (formula) => countPenalties(formula, problem.settings),
  };
}

function mostRowsOf({ ask, settings }: Problem): number {
  if (settings.loss.kind === 'direction') return ROWS_OF_DIRECTIONS;
  return ask === undefined ? Infinity : ROWS_OF_A_TEACHER;
}

/**
 * The candidate polished. What simplifying or snapping turns into something that is undefined at a row,
 * not allowed, or worse than the data excuse, is taken back.
 */
export function polish(candidate: Candidate, engine: Engine): Candidate {
  const { settings } = engine.problem;
  const random = createRandom(settings.seed);
  const accept = (fitted: Fitted | undefined, before: Candidate): Candidate => {
    if (fitted === undefined || !isAllowed(fitted.formula, settings)) return before;
    const complexity = complexityOf(fitted.formula, settings);
    if (complexity > before.complexity) return before;
    return { ...before, formula: fitted.formula, complexity, loss: fitted.loss };
  };
  const size = dataSizeOf(engine);
  // Where gradients are judged slopes are differences, which take their time and bring no last digits.
  const effort =
    engine.directions === undefined
      ? { iterations: ITERATIONS, restarts: RESTARTS, random }
      : { iterations: ITERATIONS_OF_DIRECTIONS };
  let best = accept(fitConstants(candidate.formula, engine, effort), candidate);
  best = simplifyCandidate(best, engine, size.floor);
  if (!settings.snaps) return best;
  const snapped = snapConstants({ formula: best.formula, loss: best.loss }, engine, size);
  const judged = engine.judge(snapped.formula, candidate.origin);
  if (judged === undefined) return best;
  return simplifyCandidate(judged, engine, size.floor);
}

/** Another form may round differently, and no more than that. */
function simplifyCandidate(candidate: Candidate, engine: Engine, floor: number): Candidate {
  const { data, settings } = engine.problem;
  const accepts = (formula: Formula): boolean => {
    const judged = engine.judge(formula, candidate.origin);
    return judged !== undefined && judged.loss <= candidate.loss * (1 + 1e-9) + floor;
  };
  const simpler = simplifyFormula(candidate.formula, (formula) => complexityOf(formula, settings), {
    operators: settings.operators,
    // The variables of a template's trees are no columns.
    ...(settings.knowledge?.template === undefined ? { ranges: data.columns.map(hullOf) } : {}),
    accepts,
  });
  const judged = engine.judge(simpler, candidate.origin);
  return judged !== undefined && accepts(simpler) ? judged : candidate;
}
