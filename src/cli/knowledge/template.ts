/** `--template 'f(x1, x2) + g(x3)'`: functions that nobody knows are holes. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Subject } from '../../distil/subject.js';
import type { Formula } from '../../students/math/formula.js';
import { expandOperators } from '../../students/math/knowledge/custom-operator.js';
import type { CustomOperator } from '../../students/math/knowledge/custom-operator.js';
import type { Hole, Template } from '../../students/math/knowledge/template.js';
import { PAIR } from '../../students/math/operators/slots.js';
import { FUNCTION_ALIASES, FUNCTIONS } from '../../students/math/text/notation.js';
import { parseFormula } from '../../students/math/text/parse-formula.js';
import { tokensOf } from '../../students/math/text/tokens.js';
import { refuse, textOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import { functionsOf } from './operators.js';

const PLACE = { key: '--template' };

/**
 * The subject whose formulas all have the shape of the template, where one is given.
 *
 * @throws Diagnostic of a formula, TEMPLATE_WITHOUT_HOLES, CLI_OPTIONS_CONFLICT.
 */
export function withTemplate(parsed: Arguments, subject: Subject): Subject {
  const text = textOption(parsed, 'template');
  if (text === undefined) return subject;
  refuse(parsed, '--template', ['guess'], 'a guess would have to be taken apart: leave one out');
  if (textOption(parsed, 'mode') === 'scouts') {
    const hint = 'scouts find whole formulas: holes are filled by evolution';
    const conflict = { first: '--template', second: '--mode scouts', hint };
    throw diagnose('CLI_OPTIONS_CONFLICT', {}, conflict);
  }
  const cells = subject.cells.map((cell) => {
    const { problem } = cell;
    const { settings, data } = problem;
    const template = readTemplate(text, data.names, settings.knowledge?.operators ?? []);
    const ruled = {
      ...settings,
      operators: [...settings.operators, PAIR],
      // What holds the trees together is not told.
      complexities: { ...settings.complexities, [PAIR]: 0 },
      maxDepth: settings.maxDepth + template.holes.length - 1,
      knowledge: { ...settings.knowledge, template },
    };
    return { ...cell, problem: { ...problem, settings: ruled } };
  });
  return { ...subject, cells };
}

function readTemplate(
  text: string,
  names: readonly string[],
  operators: readonly CustomOperator[],
): Template {
  const own = functionsOf(operators);
  const tokens = tokensOf(text, PLACE);
  const words = tokens.flatMap(({ kind, text: word }, at) => {
    const next = at + 1 < tokens.length ? tokens[at + 1] : undefined;
    const isCalled = kind === 'name' && next?.kind === 'sign' && next.text === '(';
    const isKnown = own.has(word) || FUNCTIONS.has(word) || FUNCTION_ALIASES.has(word);
    return isCalled && !isKnown ? [word] : [];
  });
  const found = [...new Set(words)];
  const functions = new Map([
    ...own,
    ...found.map((name) => [name, { operator: `#${name}` }] as const),
  ]);
  const formula = expandOperators(parseFormula(text, names, PLACE, functions), operators);
  if (found.length === 0) throw diagnose('TEMPLATE_WITHOUT_HOLES', PLACE, { text });
  const holes: Hole[] = [];
  for (const name of found) {
    const operator = `#${name}`;
    const [arity, ...others] = aritiesOf(formula, operator);
    const other = others.find((one) => one !== arity);
    if (other !== undefined) {
      throw diagnose('FORMULA_ARGUMENTS', PLACE, { name, expected: arity, actual: other });
    }
    const first = holes.reduce((sum, hole) => sum + hole.arity, 0);
    holes.push({ name, operator, first, arity });
  }
  return { formula, holes };
}

/** With how many arguments a hole is called, place by place. */
function aritiesOf(formula: Formula, operator: string): readonly number[] {
  if (formula.kind !== 'call') return [];
  const own = formula.operator === operator ? [formula.arguments.length] : [];
  return [...own, ...formula.arguments.flatMap((part) => aritiesOf(part, operator))];
}
