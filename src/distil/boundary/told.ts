/** A formula that was found, with the threshold that makes it decide and the function that leads to the network. */
import { createEngine } from '../../students/math/engine/engine.js';
import type { Engine } from '../../students/math/engine/engine.js';
import { createEvaluator } from '../../students/math/engine/evaluator.js';
import { compileTape } from '../../students/math/engine/tape.js';
import type { Formula } from '../../students/math/formula.js';
import type { Choice } from '../findings.js';
import { gauge } from './gauge.js';
import { linkOf } from './link.js';
import type { Link } from './link.js';
import type { Decider } from './rivals.js';
import type { BoundaryCell } from './subject.js';
import { cutOf } from './threshold.js';

/** What is known of one number when the search is over. */
export interface Told {
  readonly cell: BoundaryCell;
  readonly choice: Choice;
  readonly engine: Engine;
  /** The selected formula as it is told; the threshold means nothing where nothing is decided. */
  readonly selected: Decider;
  readonly link?: Link;
}

/** How much more of the loss shorter numbers may leave. */
const GAUGE_SLACK = 1.1;

/** What is known of a cell when its search is over. */
export function tell(cell: BoundaryCell, choice: Choice): Told {
  const engine = createEngine(cell.problem);
  const { formula, loss } = choice.front[choice.selected];
  const selected = tellDecider(cell, engine, formula, loss);
  const values = valuesAt(cell, selected.formula);
  const link = values && linkOf(values, cell.inRange.target);
  return { cell, choice, engine, selected, ...(link === undefined ? {} : { link }) };
}

/** A formula of the front with its threshold, told with short numbers. */
export function tellDecider(
  cell: BoundaryCell,
  engine: Engine,
  formula: Formula,
  loss: number,
): Decider {
  const cutAgain = (one: Formula) => {
    const values = valuesAt(cell, one);
    return values === undefined ? undefined : cutOf(values, cell.inside.isAbove);
  };
  const cut = cutAgain(formula) ?? { threshold: 0, isAbove: true, agreement: 0 };
  const most = Math.max(loss * GAUGE_SLACK, cell.tolerance ?? 0);
  const lossOf = (one: Formula): number => engine.lossOfTape(compileTape(one));
  const gauged = gauge({ formula, cut }, cell.problem.settings, cutAgain, (one) => lossOf(one) <= most); // prettier-ignore
  return { ...gauged, loss: lossOf(gauged.formula) };
}

/** At the inputs that decisions are judged on; `undefined` where one has no value. */
function valuesAt({ inside }: BoundaryCell, formula: Formula): Float64Array | undefined {
  const evaluator = createEvaluator(inside.columns, inside.isAbove.length);
  return evaluator.values(compileTape(formula))?.slice();
}
