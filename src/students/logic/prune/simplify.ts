/**
 * The same function as a shorter tree: conditions that a path already answers go, splits that make no
 * difference go, and where a question can be turned around the shorter side is told first.
 */
import type { CellDomain } from '../../../ir/model-interface.js';
import { isSamePrediction, leavesOf } from '../tree.js';
import type { Condition, Leaf, Tree } from '../tree.js';
import { answerOf, learnFrom, unknownBut } from './known.js';
import type { Known } from './known.js';

/** @param domains of the features, where they are known: what they rule out need not be asked. */
export function simplifyTree(tree: Tree, domains: readonly CellDomain[] = []): Tree {
  return simplify(tree, unknownBut(domains));
}

function simplify(tree: Tree, known: Known): Tree {
  if (tree.kind === 'leaf') return tree;
  const condition = answerOf(tree.condition, known);
  if (condition === true) return simplify(tree.yes, known);
  if (condition === false) return simplify(tree.no, known);
  const yes = simplify(tree.yes, learnFrom(condition, true, known));
  const no = simplify(tree.no, learnFrom(condition, false, known));
  return mergeEqual(yes, no) ?? turnAround(condition, yes, no, known);
}

/** Both trees as one, where they say the same everywhere. */
function mergeEqual(first: Tree, second: Tree): Tree | undefined {
  if (first.kind === 'leaf' && second.kind === 'leaf') {
    return isSamePrediction(first.prediction, second.prediction)
      ? mergeLeaves(first, second)
      : undefined;
  }
  if (first.kind === 'leaf' || second.kind === 'leaf') return undefined;
  if (JSON.stringify(first.condition) !== JSON.stringify(second.condition)) return undefined;
  const yes = mergeEqual(first.yes, second.yes);
  const no = yes && mergeEqual(first.no, second.no);
  return yes && no && { kind: 'split', condition: first.condition, yes, no };
}

function mergeLeaves({ prediction, support, agreeing }: Leaf, other: Leaf): Leaf {
  return {
    kind: 'leaf',
    prediction,
    support: support + other.support,
    agreeing: agreeing + other.agreeing,
  };
}

/** A set of values may be told by the others: the shorter set, and of equal ones the shorter side first. */
function turnAround(condition: Condition, yes: Tree, no: Tree, known: Known): Tree {
  const split: Tree = { kind: 'split', condition, yes, no };
  if (condition.kind !== 'among') return split;
  const allowed = known.get(condition.feature)?.values;
  if (allowed === undefined) return split;
  const others = allowed.filter((value) => !condition.values.includes(value));
  const longer = others.length - condition.values.length;
  if (longer > 0 || (longer === 0 && leavesOf(yes).length <= leavesOf(no).length)) return split;
  return { kind: 'split', condition: { ...condition, values: others }, yes: no, no: yes };
}
