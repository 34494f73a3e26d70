/** What a formula costs its reader, and whether the settings allow it. */
import { depthOfFormula } from './formula.js';
import type { Formula } from './formula.js';
import { countBroken } from './knowledge/rules.js';
import type { Settings } from './problem.js';

type Costs = Pick<Settings, 'complexities' | 'constantComplexity' | 'variableComplexity'>;

/** The sum of the complexities of all nodes. */
export function complexityOf(formula: Formula, costs: Costs): number {
  switch (formula.kind) {
    case 'constant':
      return costs.constantComplexity;
    case 'variable':
      return costs.variableComplexity;
    case 'call': {
      const own = Object.hasOwn(costs.complexities, formula.operator)
        ? costs.complexities[formula.operator]
        : 1;
      return formula.arguments.reduce((sum, part) => sum + complexityOf(part, costs), own);
    }
  }
}

/** Whether a formula keeps to the operators, sizes and nestings of the settings, and to what is known. */
export function isAllowed(formula: Formula, settings: Settings): boolean {
  return (
    complexityOf(formula, settings) <= settings.maxComplexity &&
    depthOfFormula(formula) <= settings.maxDepth &&
    usesOperators(formula, new Set(settings.operators)) &&
    keepsNesting(formula, settings.nesting) &&
    countBroken(formula, settings) === 0
  );
}

function usesOperators(formula: Formula, allowed: ReadonlySet<string>): boolean {
  if (formula.kind !== 'call') return true;
  return (
    allowed.has(formula.operator) && formula.arguments.every((part) => usesOperators(part, allowed))
  );
}

function keepsNesting(formula: Formula, nesting: Settings['nesting']): boolean {
  if (formula.kind !== 'call') return true;
  if (Object.hasOwn(nesting, formula.operator)) {
    const limits = Object.entries(nesting[formula.operator]);
    const within = (inner: string): number =>
      Math.max(...formula.arguments.map((part) => nestedDepth(part, inner)));
    if (limits.some(([inner, most]) => within(inner) > most)) return false;
  }
  return formula.arguments.every((part) => keepsNesting(part, nesting));
}

/** How often an operator stands along the way down on which it stands most often. */
function nestedDepth(formula: Formula, operator: string): number {
  if (formula.kind !== 'call') return 0;
  const below = Math.max(...formula.arguments.map((part) => nestedDepth(part, operator)));
  return below + Number(formula.operator === operator);
}
