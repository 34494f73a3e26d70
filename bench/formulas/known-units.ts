/** What a run that knows the units of a problem tells the student, and how its answers are read. */
import { constant, variable } from '../../src/students/math/formula.js';
import type { Formula } from '../../src/students/math/formula.js';
import { substitute } from '../../src/students/math/knowledge/custom-operator.js';
import type { Knowledge } from '../../src/students/math/knowledge/knowledge.js';
import type { Dataset } from '../../src/students/math/problem.js';
import { parseUnit } from '../../src/students/math/text/parse-unit.js';
import type { FormulaProblem } from './problem-set.js';

/**
 * Nothing is told; units, which are a rule or cost; units and the constants of nature as variables, all other
 * constants being pure numbers (of a problem without such constants they stay free).
 */
export type UnitsPolicy = 'rule' | 'penalty' | 'named' | 'off';

/** `undefined` where nothing is to be told. @throws RangeError for a problem without units. */
export async function knowledgeOf(
  { name, units, constants = [] }: FormulaProblem,
  policy: UnitsPolicy,
): Promise<Knowledge | undefined> {
  if (policy === 'off') return undefined;
  if (units === undefined) throw new RangeError(`${name} has no units`);
  const named = policy === 'named' ? constants : [];
  const texts = [...units.variables, ...named.map(({ unit }) => unit)];
  const variables = await Promise.all(texts.map((text) => parseUnit(text, {})));
  const target = await parseUnit(units.target, {});
  return {
    dimensions: {
      variables,
      target,
      constants: named.length > 0 ? 'numbers' : 'free',
      policy: policy === 'penalty' ? 'penalty' : 'rule',
    },
  };
}

/** The rows with a column for each constant that is told. */
export function withConstants(
  data: Dataset,
  { constants = [] }: FormulaProblem,
  policy: UnitsPolicy,
): Dataset {
  if (policy !== 'named') return data;
  return {
    ...data,
    names: [...data.names, ...constants.map(({ name }) => name)],
    columns: [
      ...data.columns,
      ...constants.map(({ value }) => new Float64Array(data.target.length).fill(value)),
    ],
  };
}

/** An answer with the values of the constants that it names. */
export function withValues(
  formula: Formula,
  { variables, constants = [] }: FormulaProblem,
): Formula {
  return substitute(formula, [
    ...variables.map((_, index) => variable(index)),
    ...constants.map(({ value }) => constant(value)),
  ]);
}
