/**
 * Formula → LaTeX, by way of the text that people read: mathjs parses it and knows how fractions, roots
 * and cases are set; products, powers and names are set here, the way textbooks have them.
 */
import type { FunctionNode, MathNode, OperatorNode, ParenthesisNode } from 'mathjs';
import type { Formula } from '../formula.js';
import { latexName } from './latex-name.js';
import { printFormula } from './print-formula.js';
import type { PrintOptions } from './print-formula.js';

/** Functions that mathjs does not know or sets in an unusual way. */
const FUNCTION_COMMANDS: Readonly<Record<string, string>> = {
  erf: '\\operatorname{erf}',
  sign: '\\operatorname{sgn}',
  asin: '\\arcsin',
  acos: '\\arccos',
  atan: '\\arctan',
};

/** Functions whose power is written at the name: sin²(x). */
const POWERED = new Set(['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh']);

interface Setting {
  readonly handler: (node: MathNode, setting: object) => string | undefined;
  readonly parenthesis: 'keep';
}

/** Loads mathjs ahead of time, which takes as long as many formulas. */
export async function prepareLatex(): Promise<void> {
  await import('mathjs');
}

/**
 * The LaTeX of a formula over variables of these names, for math mode. Loads mathjs when it is called.
 * `digits` rounds constants.
 */
export async function latexOfFormula(
  formula: Formula,
  names: readonly string[],
  options: PrintOptions = {},
): Promise<string> {
  const { parse } = await import('mathjs');
  // Names as mathjs can read them; the handler puts the true ones back.
  const places = names.map((_, index) => `v_${index}`);
  const text = printFormula(formula, places, { ...options, exact: false });
  const handler = (node: MathNode): string | undefined => setNode(node, setting, names);
  const setting: Setting = { handler, parenthesis: 'keep' };
  return tidy(parse(text).toTex(setting));
}

/** Without the spaces that end no command. */
function tidy(latex: string): string {
  return latex
    .replace(/([-+={(|^]) +/g, '$1')
    .replace(/ +/g, ' ')
    .trim();
}

/** What this file sets itself; `undefined` leaves a node to mathjs. */
function setNode(node: MathNode, setting: Setting, names: readonly string[]): string | undefined {
  const set = (part: MathNode): string => part.toTex(setting);
  if (isKind(node, 'SymbolNode')) {
    const index = /^v_(\d+)$/.exec(String(node))?.[1];
    // mathjs sets a command right before it, such as \\leq: the space ends the command.
    return index === undefined ? undefined : ` ${latexName(names[Number(index)])}`;
  }
  if (isFunction(node)) return setFunction(node, set);
  return isOperator(node) && node.args.length === 2 ? setOperator(node, set) : undefined;
}

function setFunction(node: FunctionNode, set: (part: MathNode) => string): string | undefined {
  const { name } = node.fn as unknown as { readonly name: string };
  const [argument] = node.args;
  if (name === 'exp') return ` e^{${set(argument)}}`;
  if (!Object.hasOwn(FUNCTION_COMMANDS, name)) return undefined;
  return `${FUNCTION_COMMANDS[name]}\\left(${set(argument)}\\right)`;
}

function setOperator(node: OperatorNode, set: (part: MathNode) => string): string | undefined {
  const [left, right] = node.args;
  switch (node.op as string) {
    case '*':
      return setProduct(left, right, set);
    case '/':
      return `\\frac{${set(withoutBrackets(left))}}{${set(withoutBrackets(right))}}`;
    case '^':
      return setPower(left, withoutBrackets(right), set);
    default:
      return undefined;
  }
}

/** A thin space between factors, a dot before a number. */
function setProduct(left: MathNode, right: MathNode, set: (part: MathNode) => string): string {
  if (isOperator(right) && right.args.length === 1) {
    return `${set(left)} \\left(${set(right)}\\right)`;
  }
  const text = set(right);
  return `${set(left)} ${/^[\d{]*\d/.test(text) ? '\\cdot' : '\\,'} ${text}`;
}

function setPower(base: MathNode, exponent: MathNode, set: (part: MathNode) => string): string {
  const power = set(exponent);
  if (isFunction(base)) {
    const { name } = base.fn as unknown as { readonly name: string };
    if (POWERED.has(name) && /^\d+$/.test(power)) {
      return `\\${name}^{${power}}\\left(${set(base.args[0])}\\right)`;
    }
    // The power of e^x, or of a root, needs brackets of its own.
    if (name === 'exp') return `\\left(${set(base)}\\right)^{${power}}`;
  }
  return `{${set(base)}}^{${power}}`;
}

function withoutBrackets(node: MathNode): MathNode {
  return isKind(node, 'ParenthesisNode') ? (node as ParenthesisNode).content : node;
}

function isKind(node: MathNode, kind: string): boolean {
  return node.type === kind;
}

function isFunction(node: MathNode): node is FunctionNode {
  return isKind(node, 'FunctionNode');
}

function isOperator(node: MathNode): node is OperatorNode {
  return isKind(node, 'OperatorNode');
}
