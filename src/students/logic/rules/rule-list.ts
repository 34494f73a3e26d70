/**
 * A tree as a list of rules: the first whose conditions all hold decides, else the default. Every leaf gives
 * a rule out of its path; conditions that the rows do not miss go (Quinlan 1987), and the rules are ordered
 * by how right they are about what the rules before them leave. Rules that say what the default says need
 * not be there: every prediction is tried as the default, with the rules for all others, and rules that
 * decide next to nothing go.
 */
import { allRows, divideRows, leafWithSupport, lossOf, weightOf, worstLoss } from '../measure.js';
import type { LogicData } from '../problem.js';
import { featuresOfCondition, holds, isSamePrediction } from '../tree.js';
import type { Condition, Leaf, Literal, Prediction, Tree } from '../tree.js';
import { literalsOf } from './literals.js';

export interface Rule {
  /** All of them; never empty. */
  readonly literals: readonly Literal[];
  readonly prediction: Prediction;
  /** Weight of the rows that it decides, and of those for which it is right. */
  readonly support: number;
  readonly agreeing: number;
}

export interface RuleList {
  readonly rules: readonly Rule[];
  /** What holds where no rule applies. */
  readonly otherwise: Omit<Rule, 'literals'>;
}

export interface RuleOptions {
  /** Literals of a rule at most; default 4. */
  readonly mostLiterals?: number;
}

const DEFAULT_LITERALS = 4;

/** Losses per weight that differ by less are equal. */
const TIE = 1e-9;

/** @param data rows that decide which conditions matter, and in which order rules stand. */
export function ruleListOf(tree: Tree, data: LogicData, options: RuleOptions = {}): RuleList {
  const { mostLiterals = DEFAULT_LITERALS } = options;
  const rows = someRows(data);
  const drafts = draftsOf(tree, data, rows, mostLiterals);
  const mixed = order(drafts, data, rows);
  const lists: List[] = [
    {
      rules: mixed.rules,
      fallback: defaultOf(tree, data, mixed.left.length > 0 ? mixed.left : rows),
    },
    ...classesOf(tree).map((fallback): List => {
      const others = drafts.filter((one) => !isSamePrediction(one.prediction, fallback));
      return { rules: order(others, data, rows).rules, fallback };
    }),
  ];
  const price = (list: List): number => priceOf(list, tree, data, rows);
  const tidied = lists.map((list) => withoutIdle(list, price));
  const best = tidied.reduce((a, b) => (price(b) < price(a) ? b : a));
  return counted(best, data);
}

/** The rule that decides an input; the default where none applies. */
export function ruleFor(
  { rules, otherwise }: RuleList,
  valueAt: (feature: number) => number,
): Rule | RuleList['otherwise'] {
  const applies = ({ literals }: Rule): boolean =>
    literals.every(({ condition, isTrue }) => holds(condition, valueAt) === isTrue);
  return rules.find(applies) ?? otherwise;
}

/** The list as a tree: every rule is one split, whose other side is what follows. */
export function treeOfList({ rules, otherwise }: RuleList): Tree {
  const leafOf = ({ prediction, support, agreeing }: Omit<Rule, 'literals'>): Leaf => ({
    kind: 'leaf',
    prediction,
    support,
    agreeing,
  });
  return rules.reduceRight<Tree>(
    (no, rule) => ({ kind: 'split', condition: conditionOf(rule), yes: leafOf(rule), no }),
    leafOf(otherwise),
  );
}

function conditionOf({ literals }: Rule): Condition {
  const [first] = literals;
  return literals.length === 1 && first.isTrue ? first.condition : { kind: 'all', literals };
}

interface Draft {
  readonly literals: readonly Literal[];
  readonly prediction: Prediction;
}

interface List {
  readonly rules: readonly Draft[];
  readonly fallback: Prediction;
}

/** Rows that are looked at while rules are chosen: every so many, where there are more than this. */
const MOST_ROWS = 8000;

function someRows(data: LogicData): Uint32Array {
  const rows = allRows(data);
  const step = Math.ceil(rows.length / MOST_ROWS);
  return step > 1 ? rows.filter((row) => row % step === 0) : rows;
}

/** One for each leaf, without what it does not need; each once. */
function draftsOf(
  tree: Tree,
  data: LogicData,
  rows: Uint32Array,
  mostLiterals: number,
): readonly Draft[] {
  const drafts = literalsOf(tree).map(({ literals, prediction }): Draft => ({
    literals: dropLiterals(literals, prediction, data, rows, mostLiterals),
    prediction,
  }));
  // A tree that is a single leaf, or a rule that lost all conditions, is a default.
  const useful = drafts.filter(({ literals }) => literals.length > 0);
  return [...new Map(useful.map((draft) => [JSON.stringify(draft), draft])).values()];
}

/** The classes that a tree predicts, each once; none of numbers, which hardly ever repeat. */
function classesOf(tree: Tree): readonly Prediction[] {
  const found = literalsOf(tree).filter(({ prediction }) => prediction.kind === 'class');
  return [
    ...new Map(found.map(({ prediction }) => [JSON.stringify(prediction), prediction])).values(),
  ];
}

function counted({ rules, fallback }: List, data: LogicData): RuleList {
  let left = allRows(data);
  const counts = (prediction: Prediction, decided: Uint32Array): Omit<Rule, 'literals'> => {
    const { support, agreeing } = leafWithSupport(prediction, data, decided);
    return { prediction, support, agreeing };
  };
  return {
    rules: rules.map(({ literals, prediction }): Rule => {
      const decided = coveredBy(literals, data, left);
      left = without(left, decided);
      return { literals: inOrder(literals), ...counts(prediction, decided) };
    }),
    otherwise: counts(fallback, left),
  };
}

/** By the features that they read. */
function inOrder(literals: readonly Literal[]): readonly Literal[] {
  const first = ({ condition }: Literal): number => Math.min(...featuresOfCondition(condition));
  return [...literals].sort((a, b) => first(a) - first(b));
}

/** What a condition has to be right about, of all rows: one in a thousand. */
const WORTH_OF_A_CONDITION = 0.001;

/** The share that is lost, and what there is to be read. */
function priceOf(
  { rules, fallback }: List,
  tree: Tree,
  data: LogicData,
  rows: Uint32Array,
): number {
  let [left, loss, conditions] = [rows, 0, 0];
  for (const { literals, prediction } of rules) {
    const decided = coveredBy(literals, data, left);
    loss += lossOf(prediction, data, decided);
    conditions += literals.length;
    left = without(left, decided);
  }
  loss += lossOf(fallback, data, left);
  return loss / worstLoss(tree, data, rows) + WORTH_OF_A_CONDITION * conditions;
}

/** Again and again the rule goes without which the list is cheapest, as long as that does not cost. */
function withoutIdle(list: List, price: (list: List) => number): List {
  let best = list;
  let now = price(best);
  for (;;) {
    const shorter = best.rules.map((_, k): List => ({
      ...best,
      rules: best.rules.toSpliced(k, 1),
    }));
    const prices = shorter.map(price);
    const least = Math.min(...prices);
    if (!(least <= now)) return best;
    best = shorter[prices.indexOf(least)];
    now = least;
  }
}

/** The rows that are not among those decided; both ascending. */
function without(rows: Uint32Array, decided: Uint32Array): Uint32Array {
  let at = 0;
  return rows.filter((row) => {
    if (decided[at] !== row) return true;
    at++;
    return false;
  });
}

function coveredBy(literals: readonly Literal[], data: LogicData, rows: Uint32Array): Uint32Array {
  return literals.reduce((left, { condition, isTrue }) => {
    const { yes, no } = divideRows(condition, data.columns, left);
    return isTrue ? yes : no;
  }, rows);
}

/** Loss by weight: 0 is never wrong; of no rows at all it is the worst. */
function lossRate(prediction: Prediction, data: LogicData, rows: Uint32Array): number {
  const weight = rows.reduce((sum, row) => sum + weightOf(data, row), 0);
  return weight > 0 ? lossOf(prediction, data, rows) / weight : Infinity;
}

/** Drops what precision does not fall by, the best first; then, of too many, what it falls by least. */
function dropLiterals(
  literals: readonly Literal[],
  prediction: Prediction,
  data: LogicData,
  rows: Uint32Array,
  mostLiterals: number,
): readonly Literal[] {
  let kept = literals;
  let rate = lossRate(prediction, data, coveredBy(kept, data, rows));
  while (kept.length > 0) {
    const shorter = kept.map((_, k) => kept.toSpliced(k, 1));
    const rates = shorter.map((one) => lossRate(prediction, data, coveredBy(one, data, rows)));
    const best = rates.indexOf(Math.min(...rates));
    if (rates[best] > rate + TIE && kept.length <= mostLiterals) break;
    kept = shorter[best];
    rate = rates[best];
  }
  return kept;
}

/** Again and again the rule that is most right about the rows left; of equal ones the one of most rows. */
function order(
  drafts: readonly Draft[],
  data: LogicData,
  rows: Uint32Array,
): { readonly rules: readonly Draft[]; readonly left: Uint32Array } {
  const rules: Draft[] = [];
  let open = drafts;
  let left = rows;
  while (open.length > 0 && left.length > 0) {
    const judged = open.map((draft) => {
      const decided = coveredBy(draft.literals, data, left);
      return { draft, decided, rate: lossRate(draft.prediction, data, decided) };
    });
    const useful = judged.filter(({ decided }) => decided.length > 0);
    if (useful.length === 0) break;
    const best = useful.reduce((a, b) => {
      const isBetter =
        b.rate < a.rate - TIE || (b.rate <= a.rate + TIE && b.decided.length > a.decided.length);
      return isBetter ? b : a;
    });
    rules.push(best.draft);
    left = without(left, best.decided);
    open = useful.filter((one) => one !== best).map(({ draft }) => draft);
  }
  return { rules, left };
}

/** Of the tree's predictions the one that costs least on some rows. */
function defaultOf(tree: Tree, data: LogicData, rows: Uint32Array): Prediction {
  const predictions = literalsOf(tree).map(({ prediction }) => prediction);
  const losses = predictions.map((prediction) => lossOf(prediction, data, rows));
  return predictions[losses.indexOf(Math.min(...losses))];
}
