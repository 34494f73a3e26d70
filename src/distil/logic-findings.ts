/** What the Logic student found, as reports tell it. */
import { decisionsOf } from '../ir/decision.js';
import type {
  Disagreement, LogicFindings, RowFigure, StudentFeature, TableFigures,
} from '../ir/student.js'; // prettier-ignore
import { wilsonInterval } from '../numeric/wilson.js';
import { guardHolds } from '../students/logic/guards.js';
import type { Block } from '../students/logic/guards.js';
import { rulesOf, tellGuards, tellPrediction, tellTree } from '../students/logic/words.js';
import type { Rule } from '../students/logic/words.js';
import { featuresOf, leafOf } from '../students/logic/tree.js';
import type { Leaf, Tree } from '../students/logic/tree.js';
import type { Dataset } from '../students/math/problem.js';
import { answersOf, countAnswers, fidelityOnRows } from './logic-measure.js';
import type { LogicChoice } from './logic-measure.js';
import type { LogicSubject } from './logic-subject.js';
import { rangeOf } from './subject.js';

/** Rules that are listed with what they miss, those that miss most first. */
const MOST_DISAGREEMENTS = 5;

export function logicFindingsOf(
  subject: LogicSubject,
  { asked, front, selected, selection, tree, block, rounded, exact }: LogicChoice,
  settings: LogicFindings['settings'],
): LogicFindings {
  const { problem, inRange, outOfRange, decides, kind, name } = subject;
  const { names } = problem.data;
  const features = { names, domains: problem.domains, oneHot: problem.oneHot ?? [] };
  const answers = answerNamesOf(subject);
  const rules = rulesOf(block);
  const heldOut = heldOutCounts(subject, block);
  const fidelity = exact === undefined ? fidelityOnRows(subject, tree, inRange) : 1;
  const equal = Math.round(fidelity * inRange.target.length);
  return {
    target: name,
    data: kind,
    rows: kind === 'table' ? inRange.target.length : problem.data.target.length,
    asked,
    decides,
    features: featuresFor(subject, tree),
    front: front.map((candidate) => ({
      leaves: candidate.leaves,
      trainingFidelity: candidate.trainingFidelity,
      fidelity: candidate.fidelity,
      ...(outOfRange === undefined || exact !== undefined
        ? {}
        : { fidelityOutOfRange: fidelityOnRows(subject, candidate.tree, outOfRange) }),
    })),
    selected,
    selection,
    fidelity,
    ...(decides && exact === undefined && kind === 'network'
      ? { interval: wilsonInterval(equal, inRange.target.length) }
      : {}),
    ...(outOfRange === undefined || exact !== undefined
      ? {}
      : { fidelityOutOfRange: fidelityOnRows(subject, tree, outOfRange) }),
    ...tableFiguresOf(subject, tree),
    tree: tellTree(tree, features, answers),
    answers,
    rules: rules.map(({ guards, leaf }, at) => ({
      conditions: tellGuards(guards, features),
      answer: tellPrediction(leaf, names, answers),
      ...shareOf(leaf),
      ...(heldOut === undefined ? {} : { heldOut: shareOf(heldOut[at].leaf) }),
    })),
    rounded: rounded
      .filter(({ feature }) => problem.domains[feature].kind !== 'values')
      .map(({ from, to }) => ({ from, to })),
    ...(exact === undefined ? {} : { exact }),
    disagreements:
      decides && exact === undefined ? disagreementsOf(subject, tree, rules, answers) : [],
    settings,
  };
}

function shareOf({ support, agreeing }: Leaf): { support: number; agreement: number } {
  return { support, agreement: support > 0 ? agreeing / support : 1 };
}

/** The rules with the rows held out counted. */
function heldOutCounts({ table }: LogicSubject, block: Block): readonly Rule[] | undefined {
  if (table?.heldOut === undefined) return undefined;
  return rulesOf(countAnswers(block, table.heldOut, false));
}

function tableFiguresOf(
  subject: LogicSubject,
  tree: Tree,
): { readonly table: TableFigures } | undefined {
  const { table, problem } = subject;
  if (table === undefined) return undefined;
  const figureOf = (rows: Dataset): RowFigure => ({
    rows: rows.target.length,
    fidelity: fidelityOnRows(subject, tree, rows),
  });
  const learned = figureOf(problem.data);
  const confusion = subject.decides
    ? { confusion: confusionOf(subject, tree, table.heldOut ?? subject.inRange) }
    : {};
  if (table.heldOut === undefined) return { table: { learned, ...confusion } };
  const heldOut = figureOf(table.heldOut);
  const equal = Math.round(heldOut.fidelity * heldOut.rows);
  const interval = subject.decides ? { interval: wilsonInterval(equal, heldOut.rows) } : {};
  return { table: { learned, heldOut: { ...heldOut, ...interval }, ...confusion } };
}

function confusionOf(
  { problem: { classes } }: LogicSubject,
  tree: Tree,
  rows: Dataset,
): readonly (readonly number[])[] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  answersOf(tree, rows).forEach((answer, row) => counts[rows.target[row]][answer]++);
  return counts;
}

/** What the classes are called: labels, or the decisions themselves. */
export function answerNamesOf({ model, decides }: LogicSubject): readonly string[] {
  if (!decides) return [];
  const { labels } = model.outputs[0];
  const named = model.decision.kind === 'sign' ? undefined : labels;
  return decisionsOf(model).map((decided) => named?.[decided] ?? String(decided));
}

function featuresFor(subject: LogicSubject, tree: Tree): readonly StudentFeature[] {
  const used = featuresOf(tree);
  const { problem, ranges, inputs } = subject;
  return problem.data.names.map((name, k) => ({
    name,
    range: ranges?.[inputs[k]] ?? rangeOf(problem.domains[k]),
    isUsed: used.has(k),
  }));
}

/** Where the tree and the network part on fresh inputs, by the rule that answers. */
function disagreementsOf(
  subject: LogicSubject,
  tree: Tree,
  rules: readonly Rule[],
  answers: readonly string[],
): readonly Disagreement[] {
  const { inRange } = subject;
  const used = [...featuresOf(tree)].sort((a, b) => a - b);
  const byRule = new Map<number, { answered: number; parted: number[] }>();
  inRange.target.forEach((decided, row) => {
    const valueAt = (feature: number): number => inRange.columns[feature][row];
    const rule = rules.findIndex(({ guards }) => guards.every((one) => guardHolds(one, valueAt)));
    const found = byRule.get(rule) ?? { answered: 0, parted: [] };
    byRule.set(rule, found);
    found.answered++;
    const { prediction } = leafOf(tree, valueAt);
    if (prediction.kind === 'class' && prediction.index !== decided) found.parted.push(row);
  });
  return [...byRule.entries()]
    .filter(([, { parted }]) => parted.length > 0)
    .sort(([a, one], [b, other]) => other.parted.length - one.parted.length || a - b)
    .slice(0, MOST_DISAGREEMENTS)
    .map(([rule, { answered, parted }]): Disagreement => {
      const { prediction } = rules[rule].leaf;
      return {
        rule,
        answered,
        parted: parted.length,
        box: boxOf(inRange, parted, used),
        example: Object.fromEntries(
          inRange.names.map((name, feature) => [name, inRange.columns[feature][parted[0]]]),
        ),
        ofNetwork: answers[inRange.target[parted[0]]],
        ofRule: prediction.kind === 'class' ? answers[prediction.index] : '',
      };
    });
}

function boxOf(
  { names, columns }: Dataset,
  rows: readonly number[],
  features: readonly number[],
): Disagreement['box'] {
  return Object.fromEntries(
    features.map((feature) => {
      const values = rows.map((row) => columns[feature][row]);
      return [names[feature], [Math.min(...values), Math.max(...values)] as const];
    }),
  );
}
