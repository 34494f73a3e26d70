/**
 * What a tree may split on: a feature, by a threshold or (of few values) by a set of values; or a one-hot
 * group, which is one category by a set of its features.
 */
import type { LogicProblem } from '../problem.js';
import type { Condition } from '../tree.js';
import type { Choice } from './best-split.js';
import { ONE_HOT_THRESHOLD } from './row-store.js';

export interface Axis {
  /** Its column in the row store. */
  readonly column: number;
  /** The features that stand behind it: one, or those of a group. */
  readonly features: readonly number[];
  readonly isGroup: boolean;
  /** Whether sets of values are tried. */
  readonly hasCategories: boolean;
  /** 1 or −1 where the prediction may only rise or fall along it; else 0. */
  readonly monotone: -1 | 0 | 1;
}

/** More values than this are no categories. */
const MOST_CATEGORIES = 64;

/** The axes of a problem: features outside of groups, then groups. */
export function axesOf({ data, domains, oneHot = [], settings }: LogicProblem): readonly Axis[] {
  const grouped = new Set(oneHot.flatMap(({ features }) => features));
  const single = domains.flatMap((domain, feature): Axis[] => {
    if (grouped.has(feature)) return [];
    const monotone = feature in settings.monotone ? settings.monotone[feature] : 0;
    const size = domain.kind === 'values' ? domain.values.length : Infinity;
    const hasCategories = monotone === 0 && size > 2 && size <= MOST_CATEGORIES;
    return [{ column: feature, features: [feature], isGroup: false, hasCategories, monotone }];
  });
  const groups = oneHot.map(({ features }, k): Axis => ({
    column: data.columns.length + k,
    features,
    isGroup: true,
    hasCategories: true,
    monotone: 0,
  }));
  return [...single, ...groups];
}

/** The question of a split that was found. */
export function conditionOf(choice: Choice): Condition {
  if (choice.kind === 'rich') return choice.condition;
  return choice.kind === 'among'
    ? amongCondition(choice.axis, choice.values)
    : { kind: 'above', feature: choice.axis.features[0], threshold: choice.threshold };
}

/** Whether a feature is one of these values; of a group, whether one of these of its features is 1. */
function amongCondition(axis: Axis, values: readonly number[]): Condition {
  if (!axis.isGroup) return { kind: 'among', feature: axis.features[0], values };
  const conditions = values.map((code): Condition => ({
    kind: 'above',
    feature: axis.features[code],
    threshold: ONE_HOT_THRESHOLD,
  }));
  return conditions.length === 1 ? conditions[0] : { kind: 'count', conditions, least: 1 };
}
