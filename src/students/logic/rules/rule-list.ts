/**
 * A tree as a list of rules: the first whose conditions all hold decides, else the default. Every leaf gives
 * a rule out of its path; conditions that the rows do not miss go (Quinlan 1987), and the rules are ordered
 * by how right they are about what the rules before them leave.
 */
import { allRows, divideRows, leafWithSupport, lossOf, weightOf } from '../measure.js';
import type { LogicData } from '../problem.js';
import { holds } from '../tree.js';
import type { Prediction, Tree } from '../tree.js';
import { literalsOf } from './literals.js';
import type { Literal } from './literals.js';

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
  const rows = allRows(data);
  const drafts: Draft[] = [];
  for (const { literals, prediction } of literalsOf(tree)) {
    const kept = dropLiterals(literals, prediction, data, rows, mostLiterals);
    // A tree that is a single leaf, or a rule that lost all conditions, is a default.
    if (kept.length > 0) drafts.push({ literals: kept, prediction });
  }
  const { chosen, left } = order(drafts, data, rows);
  const fallback = defaultOf(tree, data, left.length > 0 ? left : rows);
  const rules = withoutIdleEnd(chosen, fallback, data);
  const covered = new Set(rules.flatMap(({ decided }) => [...decided]));
  const others = rows.filter((row) => !covered.has(row));
  return {
    rules: rules.map(({ literals, prediction, decided }) => ({
      literals,
      ...countsOf(prediction, data, decided),
    })),
    otherwise: countsOf(fallback, data, others),
  };
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

interface Draft {
  readonly literals: readonly Literal[];
  readonly prediction: Prediction;
}

interface Ordered extends Draft {
  /** The rows that it decides. */
  readonly decided: Uint32Array;
}

function countsOf(
  prediction: Prediction,
  data: LogicData,
  rows: Uint32Array,
): Omit<Rule, 'literals'> {
  const { support, agreeing } = leafWithSupport(prediction, data, rows);
  return { prediction, support, agreeing };
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
): { readonly chosen: readonly Ordered[]; readonly left: Uint32Array } {
  const chosen: Ordered[] = [];
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
    chosen.push({ ...best.draft, decided: best.decided });
    const gone = new Set(best.decided);
    left = left.filter((row) => !gone.has(row));
    open = useful.filter((one) => one !== best).map(({ draft }) => draft);
  }
  return { chosen, left };
}

/** Of the tree's predictions the one that costs least on some rows. */
function defaultOf(tree: Tree, data: LogicData, rows: Uint32Array): Prediction {
  const predictions = literalsOf(tree).map(({ prediction }) => prediction);
  const losses = predictions.map((prediction) => lossOf(prediction, data, rows));
  return predictions[losses.indexOf(Math.min(...losses))];
}

/** Rules at the end that say what the default says are not needed. */
function withoutIdleEnd(
  chosen: readonly Ordered[],
  fallback: Prediction,
  data: LogicData,
): readonly Ordered[] {
  let end = chosen.length;
  while (end > 0) {
    const { prediction, decided } = chosen[end - 1];
    if (lossOf(fallback, data, decided) > lossOf(prediction, data, decided)) break;
    end--;
  }
  return chosen.slice(0, end);
}
