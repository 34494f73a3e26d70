/**
 * Whether a formula keeps to what is known: the one place that says so, for scouts, islands, polishing and
 * for the gate to the front (`search.ts`). Whatever is counted here is never on the front.
 */
import { countWrongDimensions } from '../dimensions/check.js';
import type { BodyOf } from '../dimensions/check.js';
import { variablesOf } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Settings } from '../problem.js';
import { compose, hasRepeatedHoles, treesOf } from './template.js';

type Known = Pick<Settings, 'knowledge'>;

/** Whether anything is known that a formula could break or pay for. */
export function hasRules({ knowledge = {} }: Known): boolean {
  const { dimensions, required = [], apart = [], template } = knowledge;
  if (template !== undefined) return true;
  return dimensions !== undefined || required.length > 0 || apart.length > 0;
}

/** How often a formula breaks a rule; 0 where it may stand on the front. */
export function countBroken(searched: Formula, { knowledge }: Known): number {
  if (knowledge === undefined) return 0;
  const { template } = knowledge;
  if (template !== undefined && treesOf(searched, template) === undefined) return 1;
  const formula = wholeFormula(searched, { knowledge });
  const { dimensions, required = [], apart = [] } = knowledge;
  let broken = 0;
  if (required.length > 0 || apart.length > 0) {
    const read = new Set(variablesOf(formula));
    // The best constant is the answer where nothing is found: it reads nothing.
    if (read.size > 0) broken += required.filter((variable) => !read.has(variable)).length;
    broken += apart.filter(([a, b]) => read.has(a) && read.has(b)).length;
  }
  if (dimensions?.policy === 'rule') broken += wrongDimensionsOf(searched, { knowledge });
  return broken;
}

/** At how many places a formula is wrong in its dimensions where that costs instead of being refused. */
export function countPenalties(formula: Formula, { knowledge }: Known): number {
  return knowledge?.dimensions?.policy === 'penalty'
    ? wrongDimensionsOf(formula, { knowledge })
    : 0;
}

/** The same whatever the policy; 0 where no units are known. */
export function wrongDimensionsOf(formula: Formula, { knowledge }: Known): number {
  if (knowledge?.dimensions === undefined) return 0;
  const { dimensions, template } = knowledge;
  // A constant that stands at two places could be asked two things: it has to be a number.
  const isTied = template !== undefined && hasRepeatedHoles(template);
  const strict = isTied ? { ...dimensions, constants: 'numbers' as const } : dimensions;
  return countWrongDimensions(
    wholeFormula(formula, { knowledge }),
    strict,
    bodiesOf({ knowledge }),
  );
}

/** The formula over the variables of the problem that is meant by one that is searched. */
export function wholeFormula(formula: Formula, { knowledge }: Known): Formula {
  const template = knowledge?.template;
  return template === undefined ? formula : compose(formula, template);
}

/** The formulas that the user's operators stand for, by what trees call them. */
export function bodiesOf({ knowledge }: Known): BodyOf {
  const operators = knowledge?.operators ?? [];
  return (name) => operators.find(({ slot }) => slot === name)?.body;
}

/** The settings for a problem of other variables, made from this one: what names variables is left out. */
export function withoutRules(settings: Settings): Settings {
  const { knowledge, ...rest } = settings;
  if (knowledge?.operators === undefined) return rest;
  return { ...rest, knowledge: { operators: knowledge.operators } };
}

/** The settings for parts of formulas: they need not have the target's dimension, nor read all variables. */
export function partSettings(settings: Settings): Settings {
  const { knowledge } = settings;
  if (knowledge === undefined) return settings;
  const { dimensions, apart, operators } = knowledge;
  return {
    ...settings,
    knowledge: {
      ...(dimensions && { dimensions: { ...dimensions, target: null } }),
      ...(apart && { apart }),
      ...(operators && { operators }),
    },
  };
}
