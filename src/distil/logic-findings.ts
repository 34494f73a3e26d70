/** What the Logic student found, as reports tell it. */
import { decisionsOf } from '../ir/decision.js';
import type { Disagreement, LogicFindings, StudentFeature } from '../ir/student.js';
import { wilsonInterval } from '../numeric/wilson.js';
import { guardHolds } from '../students/logic/guards.js';
import { rulesOf, tellGuards, tellPrediction, tellTree } from '../students/logic/words.js';
import type { Rule } from '../students/logic/words.js';
import { featuresOf, leafOf } from '../students/logic/tree.js';
import type { Tree } from '../students/logic/tree.js';
import type { Dataset } from '../students/math/problem.js';
import { fidelityOnRows } from './logic-measure.js';
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
  const answers = answerNamesOf(subject);
  const rules = rulesOf(block);
  const fidelity = exact === undefined ? fidelityOnRows(subject, tree, inRange) : 1;
  const equal = Math.round(fidelity * inRange.target.length);
  return {
    target: name,
    data: kind,
    rows: problem.data.target.length,
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
    ...(decides && exact === undefined
      ? { interval: wilsonInterval(equal, inRange.target.length) }
      : {}),
    ...(outOfRange === undefined || exact !== undefined
      ? {}
      : { fidelityOutOfRange: fidelityOnRows(subject, tree, outOfRange) }),
    tree: tellTree(tree, names, answers),
    answers,
    rules: rules.map(({ guards, leaf }) => ({
      conditions: tellGuards(guards, names),
      answer: tellPrediction(leaf, names, answers),
      support: leaf.support,
      agreement: leaf.support > 0 ? leaf.agreeing / leaf.support : 1,
    })),
    rounded: rounded.map(({ from, to }) => ({ from, to })),
    ...(exact === undefined ? {} : { exact }),
    disagreements:
      decides && exact === undefined ? disagreementsOf(subject, tree, rules, answers) : [],
    settings,
  };
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
