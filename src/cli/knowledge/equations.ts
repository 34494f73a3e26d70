/** Texts of options that say what a name means: `d = x - y`, `soft(x) = log(1 + exp(x))`. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import {
  FUNCTION_ALIASES,
  FUNCTIONS,
  isPlainName,
  NUMBER_NAMES,
} from '../../students/math/text/notation.js';

export interface Equation {
  readonly name: string;
  /** Names of the arguments; absent where the name has none. */
  readonly parameters?: readonly string[];
  readonly body: string;
}

/**
 * `name = body`, or with `isFunction` `name(parameters) = body`.
 *
 * @param example for the hint.
 * @throws Diagnostic CLI_OPTION_VALUE, KNOWLEDGE_NAME_TAKEN.
 */
export function readEquation(
  text: string,
  option: string,
  isFunction: boolean,
  example: string,
): Equation {
  // The first sign of equality that is no comparison.
  const sign = /(?<![<>=!])=(?!=)/.exec(text);
  const wrong = (): Diagnostic => {
    const expected = `${isFunction ? 'NAME(ARGUMENTS) = FORMULA' : 'NAME = FORMULA'}, such as ${example}`;
    return diagnose('CLI_OPTION_VALUE', {}, { option, value: text, expected });
  };
  if (sign === null) throw wrong();
  const [left, body] = [text.slice(0, sign.index).trim(), text.slice(sign.index + 1)];
  const call = /^([^()]+)\(([^()]*)\)$/.exec(left);
  if ((call !== null) !== isFunction) throw wrong();
  const name = (call === null ? left : call[1]).trim();
  if (!isPlainName(name)) throw wrong();
  const isFunctionName = FUNCTIONS.has(name) || FUNCTION_ALIASES.has(name);
  if (isFunctionName || NUMBER_NAMES.has(name)) {
    const by = isFunctionName ? 'a function' : 'a number';
    throw diagnose('KNOWLEDGE_NAME_TAKEN', {}, { name, by });
  }
  if (call === null) return { name, body };
  const parameters = call[2].split(',').map((one) => one.trim());
  if (!parameters.every(isPlainName)) throw wrong();
  const repeated = parameters.find((one, k) => parameters.indexOf(one) < k);
  if (repeated !== undefined) {
    throw diagnose('KNOWLEDGE_NAME_TAKEN', {}, { name: repeated, by: 'another argument' });
  }
  return { name, parameters, body };
}
