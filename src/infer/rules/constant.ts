/** A table with one value:  any gate that cannot change  →  the number. */
import { costOf } from '../cost.js';
import { num } from '../../ir/program-builders.js';
import type { Rule } from './rule.js';

/** Applies when every state has the same target. */
export const constantRule: Rule = ({ target }) => {
  if (!target.every((value) => value === target[0])) return undefined;
  const expression = num(target[0]);
  return { features: [], expression, cost: costOf(expression) };
};
