/** `--operator 'soft(x) = log(1 + exp(x))'`: operators of the user's, each in a slot of the table. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { variablesOf } from '../../students/math/formula.js';
import type { CustomOperator } from '../../students/math/knowledge/custom-operator.js';
import { slotName, SLOTS_PER_ARITY } from '../../students/math/operators/slots.js';
import { parseFormula } from '../../students/math/text/parse-formula.js';
import type { OwnFunction } from '../../students/math/text/parse-formula.js';
import { textOptions } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { readEquation } from './equations.js';

const EXAMPLE = "'soft(x) = log(1 + exp(x))'";

/** @throws Diagnostic of the command line or of a formula. */
export function readOperators(parsed: Arguments): readonly CustomOperator[] {
  const found: CustomOperator[] = [];
  for (const text of textOptions(parsed, 'operator')) {
    const { name, parameters = [], body } = readEquation(text, 'operator', true, EXAMPLE);
    if (found.some((one) => one.name === name)) {
      throw diagnose('KNOWLEDGE_NAME_TAKEN', {}, { name, by: 'another operator' });
    }
    const arity = parameters.length;
    if (arity !== 1 && arity !== 2) throw wrong(text, 'an operator of one or two arguments');
    const index = found.filter((one) => one.arity === arity).length;
    if (index === SLOTS_PER_ARITY) {
      throw wrong(text, `at most ${SLOTS_PER_ARITY} operators of one argument and as many of two`);
    }
    const formula = parseFormula(body, parameters, { key: `--operator ${name}` });
    const read = variablesOf(formula);
    const unread = parameters.find((_, at) => !read.includes(at));
    if (unread !== undefined) throw wrong(text, `a formula that reads ${unread}`);
    found.push({ name, arity, slot: slotName(arity, index), body: formula });
  }
  return found;
}

/** The operators as the parser of formulas takes them. */
export function functionsOf(
  operators: readonly CustomOperator[],
): ReadonlyMap<string, OwnFunction> {
  return new Map(operators.map(({ name, slot, arity }) => [name, { operator: slot, arity }]));
}

function wrong(value: string, expected: string): Error {
  return diagnose('CLI_OPTION_VALUE', {}, { option: 'operator', value, expected });
}
