/** Disjunctions and counts as rule lists and as trees: what the Logic student prints. */
import type { Condition, Prediction, Tree } from '../tree.js';
import type { Cube, Dnf, Literal } from './finite-dnf.js';
import { between } from './finite-parts.js';

/** The first rule all of whose conditions hold gives the prediction; the last one has no conditions. */
export interface Rule {
  readonly conditions: readonly Condition[];
  readonly prediction: Prediction;
}

/** One rule for each term, or one that counts where the function counts, and the rest. */
export function rulesOfDnf({ terms, prediction, otherwise, count }: Dnf): readonly Rule[] {
  if (count === undefined) {
    return [
      ...terms.map((cube) => ({ conditions: conditionsOf(cube), prediction })),
      { conditions: [], prediction: otherwise },
    ];
  }
  const { all, literals, least } = count;
  const counting: Condition = { kind: 'count', conditions: conditionsOf(literals), least };
  return [
    { conditions: [...conditionsOf(all), counting], prediction: count.prediction },
    { conditions: [], prediction: count.otherwise },
  ];
}

function conditionsOf(cube: Cube): readonly Condition[] {
  return cube.map(conditionOf);
}

/** `above` of the upper value; of the lower one that the feature is it. */
export function conditionOf({ feature, value, other }: Literal): Condition {
  return value > other
    ? { kind: 'above', feature, threshold: between(other, value) }
    : { kind: 'among', feature, values: [value] };
}

/**
 * A rule list as a tree, one split for each rule: several conditions at once are counted. Leaves have no
 * support.
 *
 * @throws RangeError when the last rule has conditions.
 */
export function treeOfRules(rules: readonly Rule[]): Tree {
  const last = rules.at(-1);
  if (last === undefined || last.conditions.length > 0)
    throw new RangeError('rules without a rest');
  return rules
    .slice(0, -1)
    .reduceRight<Tree>(
      (no, { conditions, prediction }) =>
        conditions.length === 0
          ? leafOf(prediction)
          : { kind: 'split', condition: together(conditions), yes: leafOf(prediction), no },
      leafOf(last.prediction),
    );
}

function together(conditions: readonly Condition[]): Condition {
  return conditions.length === 1
    ? conditions[0]
    : { kind: 'count', conditions, least: conditions.length };
}

function leafOf(prediction: Prediction): Tree {
  return { kind: 'leaf', prediction, support: 0, agreeing: 0 };
}
