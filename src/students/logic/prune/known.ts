/**
 * What is known of the features on a path: an interval or the values that are left, from the domains and the
 * answers so far; and which conditions that already answers.
 */
import type { CellDomain } from '../../../ir/model-interface.js';
import type { Condition, Literal } from '../tree.js';

/** What is left of a feature: above < x ≤ most, x ≥ least, and one of the values where they are known. */
interface Rest {
  readonly above: number;
  readonly least: number;
  readonly most: number;
  readonly values?: readonly number[];
}

export type Known = ReadonlyMap<number, Rest>;

const ANYTHING: Rest = { above: -Infinity, least: -Infinity, most: Infinity };

/** What the domains say. */
export function unknownBut(domains: readonly CellDomain[]): Known {
  return new Map(
    domains.map((domain, feature) => {
      if (domain.kind === 'real') return [feature, ANYTHING];
      if (domain.kind === 'values') return [feature, { ...ANYTHING, values: domain.values }];
      return [feature, { ...ANYTHING, least: domain.min, most: domain.max }];
    }),
  );
}

/** The answer where it is known; else the condition, without what is known of it. */
export function answerOf(condition: Condition, known: Known): boolean | Condition {
  switch (condition.kind) {
    case 'above': {
      const { threshold } = condition;
      const { above, least, most, values } = known.get(condition.feature) ?? ANYTHING;
      if (above >= threshold || least > threshold) return true;
      if (most <= threshold) return false;
      if (values?.every((value) => value > threshold)) return true;
      if (values?.every((value) => value <= threshold)) return false;
      return condition;
    }
    case 'among': {
      const allowed = known.get(condition.feature)?.values;
      if (allowed === undefined) return condition;
      const values = condition.values.filter((value) => allowed.includes(value));
      if (values.length === 0) return false;
      return values.length === allowed.length ? true : { ...condition, values };
    }
    case 'linear':
      return condition;
    case 'count':
      return answerOfCount(condition, known);
    case 'all':
      return answerOfAll(condition, known);
  }
}

function answerOfAll(
  { literals }: Extract<Condition, { kind: 'all' }>,
  known: Known,
): boolean | Condition {
  const open: Literal[] = [];
  for (const { condition, isTrue } of literals) {
    const answer = answerOf(condition, known);
    if (typeof answer !== 'boolean') open.push({ condition: answer, isTrue });
    else if (answer !== isTrue) return false;
  }
  return open.length === 0 ? true : { kind: 'all', literals: open };
}

function answerOfCount(
  { conditions, least }: Extract<Condition, { kind: 'count' }>,
  known: Known,
): boolean | Condition {
  const answers = conditions.map((one) => answerOf(one, known));
  const open = answers.filter((answer) => typeof answer !== 'boolean');
  const needed = least - answers.filter((answer) => answer === true).length;
  if (needed <= 0) return true;
  if (needed > open.length) return false;
  return open.length === 1 ? open[0] : { kind: 'count', conditions: open, least: needed };
}

/** What is known once a condition was answered. */
export function learnFrom(condition: Condition, isYes: boolean, known: Known): Known {
  if (condition.kind === 'count') return learnFromCount(condition, isYes, known);
  if (condition.kind === 'linear') return known;
  if (condition.kind === 'all') {
    const { literals } = condition;
    // That not all hold says something where there is one alone.
    if (!isYes && literals.length > 1) return known;
    return literals.reduce(
      (all, one) => learnFrom(one.condition, one.isTrue === isYes, all),
      known,
    );
  }
  const rest = known.get(condition.feature) ?? ANYTHING;
  const { values, ...bounds } = rest;
  const keeps = (value: number): boolean =>
    isYes ===
    (condition.kind === 'above' ? value > condition.threshold : condition.values.includes(value));
  const left = values ?? (condition.kind === 'among' && isYes ? condition.values : undefined);
  const finite = left === undefined ? {} : { values: left.filter(keeps) };
  if (condition.kind === 'among') {
    return new Map(known).set(condition.feature, { ...bounds, ...finite });
  }
  const narrowed = isYes
    ? { ...bounds, above: Math.max(rest.above, condition.threshold) }
    : { ...bounds, most: Math.min(rest.most, condition.threshold) };
  return new Map(known).set(condition.feature, { ...narrowed, ...finite });
}

/** Where all conditions hold, or none, each of them says something. */
function learnFromCount(
  { conditions, least }: Extract<Condition, { kind: 'count' }>,
  isYes: boolean,
  known: Known,
): Known {
  if (isYes ? least < conditions.length : least > 1) return known;
  return conditions.reduce((all, one) => learnFrom(one, isYes, all), known);
}
