/** What a run that knows the units of a problem tells the student. */
import type { Knowledge } from '../../src/students/math/knowledge/knowledge.js';
import { parseUnit } from '../../src/students/math/text/parse-unit.js';
import type { FormulaProblem } from './problem-set.js';

export type UnitsPolicy = 'rule' | 'penalty' | 'off';

/** `undefined` where nothing is to be told. @throws RangeError for a problem without units. */
export async function knowledgeOf(
  { name, units }: FormulaProblem,
  policy: UnitsPolicy,
): Promise<Knowledge | undefined> {
  if (policy === 'off') return undefined;
  if (units === undefined) throw new RangeError(`${name} has no units`);
  const variables = await Promise.all(units.variables.map((text) => parseUnit(text, {})));
  const target = await parseUnit(units.target, {});
  return { dimensions: { variables, target, constants: 'free', policy } };
}
