/**
 * A shape that every formula has: `f(x1, x2) + g(x3)`, in which f and g are holes. What is searched are the
 * trees in the holes, over the holes' own arguments, held together as one formula so that everybody who
 * handles formulas handles them; what they compute is the template with the trees put in. A hole that occurs
 * twice is the same function at both places, constants and all.
 *
 *     f(x1) - f(x2) with f = 2 * a^2 + 1    →    (2 * x1^2 + 1) - (2 * x2^2 + 1)
 */
import { compileTape, CONSTANT, VARIABLE } from '../engine/tape.js';
import type { Tape } from '../engine/tape.js';
import { call, constantsOf, variable } from '../formula.js';
import type { Formula } from '../formula.js';
import { PAIR } from '../operators/slots.js';
import { substitute } from './custom-operator.js';

export interface Template {
  /** Over the variables of the problem; a hole is a call of its operator. */
  readonly formula: Formula;
  readonly holes: readonly Hole[];
}

export interface Hole {
  /** As the user wrote it: `f`. */
  readonly name: string;
  /** What the template's tree calls it. */
  readonly operator: string;
  /** Its arguments are the variables from `first` on of the trees that are searched. */
  readonly first: number;
  readonly arity: number;
}

/** One formula that holds the trees of all holes. */
export function bundle(trees: readonly Formula[]): Formula {
  const [first, ...rest] = trees;
  return rest.length === 0 ? first : call(PAIR, first, bundle(rest));
}

/** The trees of the holes; `undefined` of what is no bundle, or where a tree reads another hole's arguments. */
export function treesOf(bundled: Formula, { holes }: Template): readonly Formula[] | undefined {
  const trees: Formula[] = [];
  let rest = bundled;
  for (let k = 1; k < holes.length; k++) {
    if (rest.kind !== 'call' || rest.operator !== PAIR) return undefined;
    trees.push(rest.arguments[0]);
    rest = rest.arguments[1];
  }
  trees.push(rest);
  return trees.every((tree, k) => isTreeOf(tree, holes[k])) ? trees : undefined;
}

function isTreeOf(tree: Formula, { first, arity }: Hole): boolean {
  if (tree.kind === 'constant') return true;
  if (tree.kind === 'variable') return tree.index >= first && tree.index < first + arity;
  // A hole without arguments is a constant.
  if (tree.operator === PAIR || arity === 0) return false;
  return tree.arguments.every((part) => isTreeOf(part, { first, arity, name: '', operator: '' }));
}

/** Whether a hole stands at more than one place. */
export function hasRepeatedHoles({ formula, holes }: Template): boolean {
  return holes.some(({ operator }) => countCalls(formula, operator) > 1);
}

function countCalls(formula: Formula, operator: string): number {
  if (formula.kind !== 'call') return 0;
  const own = Number(formula.operator === operator);
  return formula.arguments.reduce((sum, part) => sum + countCalls(part, operator), own);
}

/** The formula that a bundle stands for, over the variables of the problem. @throws RangeError for no bundle. */
export function compose(bundled: Formula, template: Template): Formula {
  const trees = treesOf(bundled, template);
  if (trees === undefined) throw new RangeError('the formula is not of the shape of the template');
  return filled(template.formula, template, trees);
}

function filled(formula: Formula, template: Template, trees: readonly Formula[]): Formula {
  if (formula.kind !== 'call') return formula;
  const parts = formula.arguments.map((part) => filled(part, template, trees));
  const at = template.holes.findIndex(({ operator }) => operator === formula.operator);
  if (at < 0) return { ...formula, arguments: parts };
  const before = Array.from({ length: template.holes[at].first }, (_, index) => variable(index));
  return substitute(trees[at], [...before, ...parts]);
}

/** The numbers of the template itself, left to right: they are not fitted. */
export function literalsOf({ formula }: Template): readonly number[] {
  return constantsOf(formula);
}

/**
 * The tape of what a bundle stands for. Its constants are those of the bundle, each read wherever it comes to
 * stand; the numbers of the template are read from columns that follow the data's.
 *
 * @throws RangeError for no bundle.
 */
export function compileBundle(bundled: Formula, template: Template, columns: number): Tape {
  const literals = literalsOf(template);
  const firstConstant = columns + literals.length;
  // Marks stand for constants: variables that no column has.
  const marked = withMarks(template.formula, columns);
  const trees = treesOf(bundled, template);
  if (trees === undefined) throw new RangeError('the formula is not of the shape of the template');
  let next = firstConstant;
  const markedTrees = trees.map((tree) => {
    const own = withMarks(tree, next + OFFSET);
    next += constantsOf(tree).length;
    return own;
  });
  const whole = compileTape(unshifted(filledWithMarks(marked, template, markedTrees)));
  const codes = whole.codes.map((code, at) =>
    code === VARIABLE && whole.operands[at] >= firstConstant ? CONSTANT : code,
  );
  const operands = whole.operands.map((operand, at) =>
    codes[at] === CONSTANT ? operand - firstConstant : operand,
  );
  return { ...whole, codes, operands, constants: Float64Array.from(constantsOf(bundled)) };
}

/** Marks of constants in trees, kept apart from the trees' variables until these are gone. */
const OFFSET = 1_000_000;

function withMarks(formula: Formula, first: number): Formula {
  let next = first;
  const visit = (part: Formula): Formula => {
    if (part.kind === 'constant') return variable(next++);
    if (part.kind === 'variable') return part;
    return { ...part, arguments: part.arguments.map(visit) };
  };
  return visit(formula);
}

function filledWithMarks(formula: Formula, template: Template, trees: readonly Formula[]): Formula {
  if (formula.kind !== 'call') return formula;
  const parts = formula.arguments.map((part) => filledWithMarks(part, template, trees));
  const at = template.holes.findIndex(({ operator }) => operator === formula.operator);
  if (at < 0) return { ...formula, arguments: parts };
  const { first } = template.holes[at];
  const visit = (part: Formula): Formula => {
    if (part.kind === 'call') return { ...part, arguments: part.arguments.map(visit) };
    if (part.kind !== 'variable' || part.index >= OFFSET) return part;
    return parts[part.index - first];
  };
  return visit(trees[at]);
}

function unshifted(formula: Formula): Formula {
  if (formula.kind === 'call') return { ...formula, arguments: formula.arguments.map(unshifted) };
  if (formula.kind === 'constant' || formula.index < OFFSET) return formula;
  return variable(formula.index - OFFSET);
}
