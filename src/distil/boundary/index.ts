/**
 * The Math student on a decision (Wetzel, arXiv 2401.04978): a formula is searched whose gradients are parallel
 * to the network's in a band around the boundary, so that it grows or falls with what the network compares; then
 * the threshold that makes it decide, and what else decides likewise. What leaves has been measured from its text.
 */
import type { BoundaryFindings, BoundaryMember, LatentFindings } from '../../ir/boundary.js';
import { declareTarget } from '../../ir/target.js';
import type { Verdict } from '../../ir/verdict.js';
import { buildBoundaryReport, describeModel, describeVerdict } from '../../report/index.js';
import type { BoundaryReport } from '../../report/index.js';
import { descriptionLength } from '../../students/math/description-length.js';
import { decisionsToProgram } from '../../students/math/decisions-to-program.js';
import type { Comparison, FormulaRule } from '../../students/math/decisions-to-program.js';
import { createEngine } from '../../students/math/engine/engine.js';
import type { Engine } from '../../students/math/engine/engine.js';
import { createEvaluator } from '../../students/math/engine/evaluator.js';
import { compileTape } from '../../students/math/engine/tape.js';
import { dataSizeOf } from '../../students/math/fit/polish.js';
import { call, constant, variablesOf } from '../../students/math/formula.js';
import type { Formula } from '../../students/math/formula.js';
import type { Transport } from '../../students/math/jobs.js';
import { printFormula } from '../../students/math/text/print-formula.js';
import { formulaToProgram } from '../../students/math/to-program.js';
import { networkOfTarget } from '../../ir/target.js';
import { interfaceOf } from '../../ir/network.js';
import type { Activation } from '../../ir/network.js';
import type { Program } from '../../ir/program.js';
import { finish } from '../auto/finish.js';
import type { Choice } from '../findings.js';
import { searchFormulas } from '../index.js';
import type { CellHooks, DistilOptions } from '../index.js';
import { overInputs } from '../over-inputs.js';
import { rangeOf } from '../subject.js';
import type { Cell } from '../subject.js';
import { gauge } from './gauge.js';
import { linkOf } from './link.js';
import type { Link } from './link.js';
import { nameOfDecision } from './readout.js';
import { rivalsOf, sideOf } from './rivals.js';
import type { Decider } from './rivals.js';
import { comparisonsOf, orderClasses } from './rules.js';
import type { ClassContrast } from './rules.js';
import type { BoundaryCell, BoundarySubject } from './subject.js';
import { cutOf } from './threshold.js';

export interface BoundaryDistilled {
  readonly code: string;
  readonly verdict: Verdict;
  readonly report: BoundaryReport;
  readonly findings: BoundaryFindings;
}

/** What is known of one number when the search is over. */
interface Told {
  readonly cell: BoundaryCell;
  readonly choice: Choice;
  readonly engine: Engine;
  /** The selected formula as it is told; the threshold means nothing where nothing is decided. */
  readonly selected: Decider;
  readonly link?: Link;
}

/** @throws Diagnostic STUDENT_NO_FORMULA when the front is empty; what the transport rejects with. */
export async function distilBoundary(
  subject: BoundarySubject,
  options: DistilOptions,
  createTransport: (cell: Cell) => Transport,
  hooksOf: CellHooks = () => ({}),
): Promise<BoundaryDistilled> {
  const { choices } = await searchFormulas(subject, options, createTransport, hooksOf);
  const told = subject.cells.map((cell, k) => tell(cell, choices[k]));
  const { network, target, ranges } = subject;
  const { program, complexity } = target === undefined ? decidingProgram(subject, told) : linkedProgram(subject, told[0]); // prettier-ignore
  const { emitted, verdict } = await finish(
    network,
    {
      program,
      complexity,
      ...(target === undefined
        ? { explains: 'decisions' as const, counts: 'formulas' as const }
        : {}),
      ...(ranges === undefined ? {} : { ranges }),
    },
    {
      seed: subject.cells[0].problem.settings.seed,
      settings: options.settings ?? 'math student, by gradients',
      ...(target === undefined ? {} : { target: declareTarget(network, target) }),
    },
  );
  const findings = findingsOf(subject, told, options);
  const { lines, bytes, weightsInData } = emitted;
  const report = buildBoundaryReport(
    {
      schema: 1,
      model: describeModel(network),
      code: { lines, bytes, weightsInData },
      clusters: [],
      unexplainedNeurons: [],
      changes: [],
      verdict: describeVerdict(verdict),
    },
    findings,
  );
  return { code: emitted.code, verdict, report, findings };
}

/** How much more of the loss shorter numbers may leave. */
const GAUGE_SLACK = 1.1;

function tell(cell: BoundaryCell, choice: Choice): Told {
  const engine = createEngine(cell.problem);
  const { formula, loss } = choice.front[choice.selected];
  const selected = tellDecider(cell, engine, formula, loss);
  const values = valuesAt(cell, selected.formula);
  const link = values && linkOf(values, cell.inRange.target);
  return { cell, choice, engine, selected, ...(link === undefined ? {} : { link }) };
}

/** A formula of the front with its threshold, told with short numbers. */
function tellDecider(cell: BoundaryCell, engine: Engine, formula: Formula, loss: number): Decider {
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

interface Written {
  readonly program: Program;
  readonly complexity: number;
}

/** Rules that decide. */
function decidingProgram({ network, decided }: BoundarySubject, told: readonly Told[]): Written {
  const model = interfaceOf(network);
  const contrasts = told.map(({ cell }): ClassContrast => {
    const { above = 1, below } = cell.latent;
    return { above, ...(below === undefined ? {} : { below }) };
  });
  const comparison = (index: number, isAbove: boolean): Comparison => {
    const { selected, cell } = told[index];
    return {
      formula: overInputs(selected.formula, cell),
      threshold: selected.cut.threshold,
      isAbove: selected.cut.isAbove === isAbove,
    };
  };
  const complexityOf = (indices: readonly number[]): number =>
    indices.reduce((sum, index) => {
      const { choice } = told[index];
      return sum + choice.front[choice.selected].complexity;
    }, 0);
  const [{ above, below }] = contrasts;
  if (told.length === 1) {
    const rule: FormulaRule = { when: [comparison(0, true)], decision: above };
    return {
      program: decisionsToProgram([rule], below ?? 0, model),
      complexity: complexityOf([0]),
    };
  }
  const classes = Math.max(...contrasts.map((one) => Math.max(one.above, one.below ?? 0))) + 1;
  const sides = told.map(({ cell, selected }) =>
    Uint8Array.from(
      cell.inside.isAbove,
      (_, row) =>
      sideOf(selected, cell.inside.columns.map((column) => column[row])), // prettier-ignore
    ),
  );
  const { order } = orderClasses(classes, contrasts, sides, decided ?? new Float64Array());
  const used = order
    .slice(0, -1)
    .map((own, k) => comparisonsOf(own, order.slice(k + 1), contrasts));
  const rules = used.map((comparisons, k): FormulaRule => ({
    when: comparisons.map(({ index, isAbove }) => comparison(index, isAbove)),
    decision: order[k],
  }));
  return {
    program: decisionsToProgram(rules, order[classes - 1], model),
    complexity: complexityOf(used.flatMap((one) => one.map(({ index }) => index))),
  };
}

/** The value of a target: its activation of the link of the formula. */
function linkedProgram(
  { network, target }: BoundarySubject,
  { cell, choice, selected, link }: Told,
): Written {
  // prettier-ignore
  if (target === undefined) throw new TypeError('nothing but a target has a value of its own');
  const layer = network.layers[cell.latent.layer];
  const activation: Activation = layer.kind === undefined ? layer.activation : { kind: 'identity' };
  const whole = activated(activation, overLink(link, selected.formula));
  return {
    program: formulaToProgram([overInputs(whole, cell)], interfaceOf(networkOfTarget(network, target))), // prettier-ignore
    complexity: choice.front[choice.selected].complexity,
  };
}

function overLink(link: Link | undefined, formula: Formula): Formula {
  if (link === undefined) return formula;
  const put = (part: Formula): Formula => {
    if (part.kind === 'variable') return formula;
    return part.kind === 'constant' ? part : call(part.operator, ...part.arguments.map(put));
  };
  return put(link.formula);
}

function activated(activation: Activation, z: Formula): Formula {
  switch (activation.kind) {
    case 'sigmoid':
    case 'softmax':
      return call('/', constant(1), call('+', constant(1), call('exp', call('neg', z))));
    case 'tanh':
      return call('tanh', z);
    case 'relu':
      return call('max', z, constant(0));
    case 'leaky-relu':
      return call('max', z, call('*', constant(activation.slope), z));
    case 'abs':
      return call('abs', z);
    case 'clamp':
      return call('min', call('max', z, constant(activation.low)), constant(activation.high));
    default:
      return z;
  }
}

function findingsOf(
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
    .map(({ formula, loss }) => tellDecider(cell, engine, formula, loss));
  return rivalsOf(selected, others, 1 - (secondAgreement ?? 1), cell.inside, cell.outside, {
    names: cell.problem.data.names,
    tellCondition: (decider) => tellCondition(decider, cell.problem.data.names),
    sides: [below === undefined ? 'another' : nameOfDecision(network, below), nameOfDecision(network, above)], // prettier-ignore
  });
}
