/**
 * `--transform 'd = x - y'`: variables by formula, over the features and the transforms before. Where
 * `--features` names one, the features that it is made of are read for it.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { expandOperators } from '../../students/math/knowledge/custom-operator.js';
import type { CustomOperator } from '../../students/math/knowledge/custom-operator.js';
import { NUMBER_NAMES } from '../../students/math/text/notation.js';
import { parseFormula } from '../../students/math/text/parse-formula.js';
import { tokensOf } from '../../students/math/text/tokens.js';
import type { Definition } from '../../students/math/to-program.js';
import { listOption, textOptions } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { readEquation } from './equations.js';
import type { Equation } from './equations.js';
import { functionsOf } from './operators.js';

/** @throws Diagnostic of the command line. */
export function readTransformTexts(parsed: Arguments): readonly Equation[] {
  const found: Equation[] = [];
  for (const text of textOptions(parsed, 'transform')) {
    const equation = readEquation(text, 'transform', false, "'d = x - y'");
    const { name } = equation;
    if (found.some((one) => one.name === name)) {
      throw diagnose('KNOWLEDGE_NAME_TAKEN', {}, { name, by: 'another transform' });
    }
    found.push(equation);
  }
  return found;
}

/** The arguments with `--features` naming features alone: those that transforms read in place of these. */
export function withFeaturesOfTransforms(parsed: Arguments): Arguments {
  const features = listOption(parsed, 'features');
  const transforms = readTransformTexts(parsed);
  if (features === undefined || transforms.length === 0) return parsed;
  const read = new Set<string>();
  const add = (name: string, before: number): void => {
    const at = transforms.findIndex((one) => one.name === name);
    if (at < 0 || at >= before) read.add(name);
    else for (const inner of namesIn(transforms[at])) add(inner, at);
  };
  for (const name of features) add(name, transforms.length);
  return { ...parsed, options: new Map(parsed.options).set('features', [[...read].join(',')]) };
}

/** The names in a formula that are neither functions nor numbers. */
function namesIn({ name, body }: Equation): readonly string[] {
  const tokens = tokensOf(body, { key: `--transform ${name}` });
  return tokens.flatMap(({ kind, text }, at) => {
    if (kind === 'quoted') return [text];
    const isCalled = tokens[at + 1]?.kind === 'sign' && tokens[at + 1].text === '(';
    return kind === 'name' && !isCalled && !NUMBER_NAMES.has(text) ? [text] : [];
  });
}

/**
 * The transforms over features and, as the variables that follow those, the transforms before each.
 *
 * @throws Diagnostic KNOWLEDGE_NAME_TAKEN, KNOWLEDGE_CONTRADICTION, and those of formulas.
 */
export function readTransforms(
  parsed: Arguments,
  features: readonly string[],
  operators: readonly CustomOperator[],
): readonly Definition[] {
  const equations = readTransformTexts(parsed);
  const known = [...features];
  return equations.map(({ name, body }, at) => {
    if (features.includes(name)) {
      throw diagnose('KNOWLEDGE_NAME_TAKEN', {}, { name, by: 'a feature' });
    }
    const later = equations.slice(at).map((one) => one.name);
    const early = namesIn({ name, body }).find((one) => later.includes(one));
    if (early !== undefined && !known.includes(early)) {
      const what = early === name ? 'itself' : `"${early}", which is given after it`;
      const hint = 'a transform reads features and the transforms before it';
      const reason = `the transform "${name}" reads ${what}`;
      throw diagnose('KNOWLEDGE_CONTRADICTION', {}, { reason, hint });
    }
    const place = { key: `--transform ${name}` };
    const formula = parseFormula(body, known, place, functionsOf(operators));
    known.push(name);
    return { name, formula: expandOperators(formula, operators) };
  });
}
