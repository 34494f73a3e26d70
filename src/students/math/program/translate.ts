/**
 * Formulas as expressions of the Program level, in the form in which people write them: signs belong to
 * terms, numbers stand before what they multiply, comparisons are conditions.
 *
 *   a + (−2) · b  →  a - 2 * b        (−x)²  →  (-x) ** 2        c · (1 / d²)  →  c / d ** 2
 */
import {
  add,
  compare,
  conditional,
  constant,
  divide,
  helper,
  math,
  multiply,
  negate,
  num,
  power,
  ref,
  subtract,
  symbol,
} from '../../../ir/program-builders.js';
import type { Comparison } from '../../../ir/program-builders.js';
import type { Expression, MathFunction, ProgramSymbol, Statement } from '../../../ir/program.js';
import type { Call, Formula } from '../formula.js';
import { keyOfFormula } from '../formula.js';
import { numberExpression } from './numbers.js';
import { wordsOf } from './words.js';

/** Operators that are functions of `Math` by the same name. */
const MATH: ReadonlySet<string> = new Set([
  'min', 'max', 'sqrt', 'cbrt', 'abs', 'exp', 'log', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan',
  'sinh', 'cosh', 'tanh', 'sign', 'floor',
] satisfies MathFunction[]); // prettier-ignore

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['==', '==='],
]);

/** Operators that raise to a fixed power. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['square', 2],
  ['cube', 3],
]);

/** A term of a sum, without its sign. */
interface Term {
  readonly value: Expression;
  readonly isSubtracted: boolean;
}

/** Factors of one base: base ** exponent, for a positive integer or whatever a formula had. */
interface Factor {
  readonly base: Formula;
  exponent: number;
  readonly isDivisor: boolean;
}

/** Prints formulas one after another; what they share is declared where it is first met. */
export class FormulaPrinter {
  private readonly shared: ReadonlySet<string>;
  private readonly named = new Map<string, ProgramSymbol>();
  private readonly statements: Statement[] = [];

  constructor(
    private readonly read: (variable: number) => Expression,
    private readonly nameOf: (variable: number) => string,
    shared: readonly string[],
  ) {
    this.shared = new Set(shared);
  }

  /** Declarations of what several formulas, or several places of one, have in common. */
  declarations(): readonly Statement[] {
    return this.statements;
  }

  /** The number that a formula computes. */
  value(formula: Formula): Expression {
    if (formula.kind === 'constant') return numberExpression(formula.value);
    if (formula.kind === 'variable') return this.read(formula.index);
    const key = this.keyOfShared(formula);
    if (key === undefined) return this.call(formula);
    const known = this.named.get(key);
    if (known !== undefined) return ref(known);
    const value = this.call(formula);
    const named = symbol(wordsOf(formula, this.nameOf));
    this.named.set(key, named);
    this.statements.push(constant(named, value));
    return ref(named);
  }

  private keyOfShared(formula: Call): string | undefined {
    const key = keyOfFormula(formula);
    return this.shared.has(key) ? key : undefined;
  }

  private call(formula: Call): Expression {
    const { operator, arguments: parts } = formula;
    if (operator === '+' || operator === '-' || operator === 'neg') return this.sum(formula);
    if (operator === '*' || operator === '/') return this.product(formula);
    const fixed = POWERS.get(operator);
    if (fixed !== undefined) return power(this.value(parts[0]), num(fixed));
    if (operator === 'pow') return this.power(parts[0], parts[1]);
    if (operator === 'cond') {
      return conditional(this.condition(parts[0]), this.value(parts[1]), this.value(parts[2]));
    }
    if (COMPARISONS.has(operator)) return conditional(this.condition(formula), num(1), num(0));
    if (operator === 'erf') return helper('erf', this.value(parts[0]));
    if (!MATH.has(operator)) throw new TypeError(`the operator '${operator}' has no program`);
    return math(operator as MathFunction, ...this.argumentsOf(operator, parts));
  }

  /** `Math.min(a, b, c)` for min(min(a, b), c). */
  private argumentsOf(operator: string, parts: readonly Formula[]): readonly Expression[] {
    if (operator !== 'min' && operator !== 'max') return parts.map((part) => this.value(part));
    return parts.flatMap((part) =>
      this.isOpen(part, operator) ? this.argumentsOf(operator, part.arguments) : [this.value(part)],
    );
  }

  /** Whether a part is a call of this operator that is told where it stands. */
  private isOpen(part: Formula, ...operators: readonly string[]): part is Call {
    if (part.kind !== 'call' || !operators.includes(part.operator)) return false;
    return this.keyOfShared(part) === undefined;
  }

  /** What `cond` asks: a comparison, or whether a number is greater than 0. */
  private condition(formula: Formula): Expression {
    const comparison = formula.kind === 'call' ? COMPARISONS.get(formula.operator) : undefined;
    if (formula.kind !== 'call' || comparison === undefined) {
      return compare('>', this.value(formula), num(0));
    }
    const [left, right] = formula.arguments;
    return compare(comparison, this.value(left), this.value(right));
  }

  private power(base: Formula, exponent: Formula): Expression {
    if (exponent.kind !== 'constant') return power(this.value(base), this.value(exponent));
    return this.raised({ base, exponent: exponent.value });
  }

  private raised({ base, exponent }: Pick<Factor, 'base' | 'exponent'>): Expression {
    if (exponent === 0.5) return math('sqrt', this.value(base));
    if (exponent === -1) return divide(num(1), this.value(base));
    return power(this.value(base), numberExpression(exponent));
  }

  /** Terms in their order, but one that is added first where there is one. */
  private sum(formula: Call): Expression {
    const terms: Term[] = [];
    this.addTerms(formula, false, terms);
    const first = terms.findIndex(({ isSubtracted }) => !isSubtracted);
    if (first > 0) terms.unshift(...terms.splice(first, 1));
    const [{ value, isSubtracted }, ...rest] = terms;
    return rest.reduce<Expression>(
      (sum, term) => (term.isSubtracted ? subtract(sum, term.value) : add(sum, term.value)),
      isSubtracted ? negate(value) : value,
    );
  }

  private addTerms({ operator, arguments: parts }: Call, isTurned: boolean, terms: Term[]): void {
    parts.forEach((part, place) => {
      const isSubtracted = isTurned !== (operator === 'neg' || (operator === '-' && place === 1));
      if (this.isOpen(part, '+', '-', 'neg')) {
        this.addTerms(part, isSubtracted, terms);
        return;
      }
      const value = this.value(part);
      const positive = withoutSign(value);
      terms.push(
        positive === undefined
          ? { value, isSubtracted }
          : { value: positive, isSubtracted: !isSubtracted },
      );
    });
  }

  /** Numbers first, then the other factors in their order, over what they are divided by. */
  private product(formula: Call): Expression {
    const factors: Factor[] = [];
    this.addFactors(formula, factors);
    const signs: boolean[] = [];
    const side = (isDivisor: boolean): Expression | undefined => {
      const own = factors.filter((factor) => factor.isDivisor === isDivisor);
      const numbers = own.flatMap(({ base }) => (base.kind === 'constant' ? [base.value] : []));
      const others = own.filter(({ base }) => base.kind !== 'constant');
      const coefficient = numbers.length === 0 ? [] : [numbers.reduce((a, b) => a * b)];
      const all = [
        ...coefficient.map(numberExpression),
        ...others.map((factor) => this.raised(factor)),
      ];
      const values = all.map((value) => {
        const positive = withoutSign(value);
        signs.push(positive !== undefined);
        return positive ?? value;
      });
      return values.length === 0 ? undefined : values.reduce(multiply);
    };
    const [above, below] = [side(false) ?? num(1), side(true)];
    const isNegative = signs.filter(Boolean).length % 2 === 1;
    const signed = isNegative ? withSign(above) : above;
    return below === undefined ? signed : divide(signed, below);
  }

  private addFactors(
    { operator, arguments: parts }: Call,
    factors: Factor[],
    isTurned = false,
  ): void {
    parts.forEach((part, place) => {
      const isDivisor = isTurned !== (operator === '/' && place === 1);
      // (a / b) · c is a · c / b, but a / (b · c) stays as it is.
      if (this.isOpen(part, '*', '/') && !isDivisor) this.addFactors(part, factors);
      else addFactor(factors, this.factorOf(part, isDivisor));
    });
  }

  private factorOf(formula: Formula, isDivisor: boolean): Factor {
    const fixed = this.isOpen(formula, 'square', 'cube', 'pow') ? exponentOf(formula) : undefined;
    if (fixed === undefined || formula.kind !== 'call') {
      return { base: formula, exponent: 1, isDivisor };
    }
    const [base] = formula.arguments;
    const isFlipped = fixed < 0;
    return { base, exponent: Math.abs(fixed), isDivisor: isDivisor !== isFlipped };
  }
}

/** The fixed exponent of a power; `undefined` where it varies, or of a base that is a number. */
function exponentOf({ operator, arguments: [base, exponent] }: Call): number | undefined {
  if (base.kind === 'constant') return undefined;
  const fixed = POWERS.get(operator);
  if (fixed !== undefined) return fixed;
  return exponent.kind === 'constant' ? exponent.value : undefined;
}

/** Adds a factor; x · x² is x³. */
function addFactor(factors: Factor[], factor: Factor): void {
  const key = keyOfFormula(factor.base);
  const same = factors.find(
    ({ base, exponent, isDivisor }) =>
      isDivisor === factor.isDivisor &&
      Number.isInteger(exponent) &&
      base.kind !== 'constant' &&
      keyOfFormula(base) === key,
  );
  if (same !== undefined && Number.isInteger(factor.exponent)) same.exponent += factor.exponent;
  else factors.push(factor);
}

/** The opposite of an expression that is told with a sign; `undefined` for any other. */
function withoutSign(value: Expression): Expression | undefined {
  if (value.kind === 'number') return value.value < 0 ? num(-value.value) : undefined;
  if (value.kind === 'unary') return value.operator === '-' ? value.operand : undefined;
  if (value.kind !== 'binary' || (value.operator !== '*' && value.operator !== '/'))
    return undefined;
  const left = withoutSign(value.left);
  if (left === undefined) return undefined;
  return value.operator === '*' ? multiply(left, value.right) : divide(left, value.right);
}

/** The opposite of a product, its sign at the first factor. */
function withSign(value: Expression): Expression {
  if (value.kind !== 'binary' || (value.operator !== '*' && value.operator !== '/')) {
    return negate(value);
  }
  return { ...value, left: withSign(value.left) };
}
