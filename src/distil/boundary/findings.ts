/** What was found about a decision, as reports tell it: the front, the answer, and what rivals it. */
import type { BoundaryFindings, BoundaryMember, LatentFindings } from '../../ir/boundary.js';
import { descriptionLength } from '../../students/math/description-length.js';
import type { Engine } from '../../students/math/engine/engine.js';
import { compileTape } from '../../students/math/engine/tape.js';
import { dataSizeOf } from '../../students/math/fit/polish.js';
import {
  constantsOf,
  keyOfFormula,
  variablesOf,
  withConstants,
} from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';
import { printFormula } from '../../students/math/text/print-formula.js';
import type { Choice } from '../findings.js';
import type { DistilOptions } from '../index.js';
import { rangeOf } from '../subject.js';
import { nameOfDecision } from './readout.js';
import { rivalsOf } from './rivals.js';
import type { Decider } from './rivals.js';
import type { BoundaryCell, BoundarySubject } from './subject.js';
import { tellDecider } from './told.js';
import type { Told } from './told.js';

/** What is told of all numbers that decide. */
export function findingsOf(
  subject: BoundarySubject,
  told: readonly Told[],
  { told: settings = {} }: DistilOptions,
): BoundaryFindings {
  const { asked, cells, secondAgreement, ranges } = subject;
  const [{ problem, inputs, latent }] = cells;
  const used = new Set(told.flatMap(({ selected }) => variablesOf(selected.formula)));
  return {
    latents: told.map((one) => latentFindings(subject, one)),
    ...(secondAgreement === undefined ? {} : { secondAgreement }),
    band: asked.band,
    isLogOdds: latent.isLogOdds,
    features: problem.data.names.map((name, k) => ({
      name,
      range: ranges?.[inputs[k]] ?? rangeOf(problem.domains[k]),
      isUsed: used.has(k),
    })),
    settings,
  };
}

function latentFindings(subject: BoundarySubject, told: Told): LatentFindings {
  const { cell, choice, engine, selected, link } = told;
  const { names } = cell.problem.data;
  const { result, front, selection } = choice;
  const decides = cell.latent.border !== undefined;
  const cosine = cosineOf(selected.formula, engine);
  return {
    target: cell.name,
    rows: cell.band.values.length,
    reach: cell.band.reach,
    front: front.map((member) => memberOf(cell, member, engine)),
    selected: choice.selected,
    selection,
    expression: printFormula(selected.formula, names),
    ...(decides ? { condition: tellCondition(selected, names) } : {}),
    cosine,
    ...(decides ? { agreement: selected.cut.agreement } : {}),
    ...(link === undefined
      ? {}
      : { link: { expression: printFormula(link.formula, ['f'], { digits: LINK_DIGITS }), share: link.share } }), // prettier-ignore
    rivals: decides ? tellRivals(subject, told) : [],
    ...(cell.disagreement === undefined ? {} : { disagreement: cell.disagreement }),
    ...(cell.tolerance === undefined ? {} : { tolerance: cell.tolerance }),
    evaluations: result.evaluations,
    ...(result.ended === 'stopped' ? { stopped: 'stopped by the user or by the time limit' } : {}),
  };
}

const LINK_DIGITS = 4;
const SHORT_DIGITS = 6;

function memberOf(
  cell: BoundaryCell,
  { complexity, loss, formula, origin }: Choice['front'][number],
  engine: Engine,
): BoundaryMember {
  const { names } = cell.problem.data;
  const agreement = cell.latent.border === undefined ? undefined : cell.worthOf?.(formula);
  return {
    complexity,
    loss,
    cosine: cosineOf(formula, engine),
    ...(agreement === undefined || Number.isNaN(agreement) ? {} : { agreement }),
    expression: printFormula(formula, names),
    shortExpression: printFormula(formula, names, { digits: SHORT_DIGITS }),
    origin,
  };
}

/** Mean |cos| between the gradients of a formula and the directions. */
function cosineOf(formula: Formula, { directions, shares }: Engine): number {
  const residuals = directions?.residualsOf(compileTape(formula));
  if (residuals === undefined) return 0;
  let sum = 0;
  for (let row = 0; row < shares.length; row++) {
    const square = residuals.reduce((total, column) => total + column[row] ** 2, 0);
    sum += shares[row] * Math.sqrt(Math.max(0, 1 - square));
  }
  return sum;
}

function tellCondition({ formula, cut }: Decider, names: readonly string[]): string {
  return `${printFormula(formula, names, { digits: SHORT_DIGITS })} ${cut.isAbove ? '>' : '<='} ${cut.threshold}`;
}

/** Whether a formula is another one than those before, whatever their constants. */
function isOfNewShape(first: Formula): (decider: Decider) => boolean {
  const shapeOf = (formula: Formula): string =>
    keyOfFormula(withConstants(formula, constantsOf(formula).map(() => 0))); // prettier-ignore
  const known = new Set([shapeOf(first)]);
  return ({ formula }) => {
    const shape = shapeOf(formula);
    const isNew = !known.has(shape);
    known.add(shape);
    return isNew;
  };
}

/** Without a second network: a formula that leaves this many times more of the loss is another matter. */
const MOST_TIMES = 2;
/** A formula that is so much more complex than the selected one is no rival to a reader. */
const MOST_MORE = 8;
/** Formulas of the front that are looked at. */
const MOST_LOOKED_AT = 16;

function tellRivals(
  { network, secondAgreement }: BoundarySubject,
  { cell, choice, engine, selected }: Told,
): LatentFindings['rivals'] {
  const { front } = choice;
  const own = front[choice.selected];
  const size = dataSizeOf(engine);
  const limit = Math.max(cell.tolerance ?? 0, MOST_TIMES * own.loss);
  const { above = 1, below } = cell.latent;
  const others = front
    .filter((member) => member !== own && member.loss <= limit)
    .filter(({ complexity }) => complexity <= own.complexity + MOST_MORE)
    .toSorted(
      (a, b) =>
        descriptionLength(a.formula, a.loss, size) - descriptionLength(b.formula, b.loss, size),
    ) // prettier-ignore
    .slice(0, MOST_LOOKED_AT)
    .map(({ formula, loss }) => tellDecider(cell, engine, formula, loss))
    .filter(isOfNewShape(selected.formula));
  return rivalsOf(selected, others, 1 - (secondAgreement ?? 1), cell.inside, cell.outside, {
    names: cell.problem.data.names,
    tellCondition: (decider) => tellCondition(decider, cell.problem.data.names),
    sides: [below === undefined ? 'another' : nameOfDecision(network, below), nameOfDecision(network, above)], // prettier-ignore
  });
}
