/**
 * Expressions in the form in which two programs are laid over each other: what is written in several ways
 * has one form, so that the way of writing is no change.
 *
 *   savings / 4 - 2 * debt + 1  ⟶  sum of 0.25 · savings, −2 · debt, and 1
 *   3 < total                   ⟶  total > 3
 */
import { divide, multiply, negate, num } from '../../ir/program-builders.js';
import type { BinaryOperator, Expression, ProgramSymbol } from '../../ir/program.js';

export interface Term {
  readonly coefficient: number;
  /** Holds no number factor. */
  readonly form: Form;
}

/** `size` counts the parts; `expression` is what is printed. */
export type Form = FormBody & { readonly size: number; readonly expression: Expression };

type FormBody =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'symbol'; readonly symbol: ProgramSymbol }
  | { readonly kind: 'element'; readonly array: ProgramSymbol; readonly indices: readonly Form[] }
  | { readonly kind: 'sum'; readonly terms: readonly Term[]; readonly constant: number }
  /** Two factors or more, none of them a number. */
  | { readonly kind: 'product'; readonly factors: readonly Form[] }
  | {
      readonly kind: 'comparison';
      readonly operator: BinaryOperator;
      readonly left: Form;
      readonly right: Form;
    }
  | { readonly kind: 'list'; readonly operator: '&&' | '||'; readonly parts: readonly Form[] }
  /** A function, a quotient, a remainder, a negation, an array: by name and operands in order. */
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Form[] }
  | {
      readonly kind: 'choice';
      readonly condition: Form;
      readonly then: Form;
      readonly otherwise: Form;
    };

/** Names of constants that only stand for a cell of an input, with what they stand for. */
export type Aliases = ReadonlyMap<ProgramSymbol, Extract<Expression, { kind: 'element' }>>;

const TURNED: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '===': '===',
  '!==': '!==',
};

/** What an array literal is called. */
export const ARRAY = '[…]';

/** What `Math.max(0, x)` is called: the order of its operands says nothing. */
export const RECTIFIED = 'Math.max(0, …)';

/** The form of an expression of a lowered program. */
export function formOf(expression: Expression, aliases: Aliases): Form {
  const inner = (part: Expression): Form => formOf(part, aliases);
  const made = (body: FormBody): Form => ({ ...body, size: sizeOfBody(body), expression });
  switch (expression.kind) {
    case 'number':
      return made({ kind: 'number', value: expression.value });
    case 'boolean':
      return made({ kind: 'boolean', value: expression.value });
    case 'symbol': {
      const cell = aliases.get(expression.symbol);
      return cell === undefined
        ? made({ kind: 'symbol', symbol: expression.symbol })
        : { ...inner(cell), expression };
    }
    case 'element':
      return made({
        kind: 'element',
        array: expression.array,
        indices: expression.indices.map(inner),
      });
    case 'unary':
      if (expression.operator === '-') return linear(expression, aliases);
      return made({ kind: 'call', name: '!', operands: [inner(expression.operand)] });
    case 'binary':
      return binaryForm(expression, aliases);
    case 'conditional':
      return made({
        kind: 'choice',
        condition: inner(expression.condition),
        then: inner(expression.then),
        otherwise: inner(expression.otherwise),
      });
    case 'math': {
      const name = `Math.${expression.function}`;
      const rectified =
        expression.function === 'max' ? besideZero(expression.arguments) : undefined;
      return rectified === undefined
        ? made({ kind: 'call', name, operands: expression.arguments.map(inner) })
        : made({ kind: 'call', name: RECTIFIED, operands: [inner(rectified)] });
    }
    case 'helper':
      return made({
        kind: 'call',
        name: expression.helper,
        operands: expression.arguments.map(inner),
      });
    case 'array':
      return made({ kind: 'call', name: ARRAY, operands: expression.elements.map(inner) });
    case 'reduction':
      throw new Error('a reduction has no form: it must be lowered first');
  }
}

/** The other of two arguments where one is 0. */
function besideZero(parts: readonly Expression[]): Expression | undefined {
  if (parts.length !== 2) return undefined;
  const zero = parts.findIndex((part) => part.kind === 'number' && part.value === 0);
  return zero < 0 ? undefined : parts[1 - zero];
}

function binaryForm(expression: Extract<Expression, { kind: 'binary' }>, aliases: Aliases): Form {
  const { operator, left, right } = expression;
  const made = (body: FormBody): Form => ({ ...body, size: sizeOfBody(body), expression });
  const [first, second] = [formOf(left, aliases), formOf(right, aliases)];
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
      return linear(expression, aliases);
    case '%':
    case '**':
      return made({ kind: 'call', name: operator, operands: [first, second] });
    case '&&':
    case '||': {
      const parts = [first, second].flatMap((part) =>
        part.kind === 'list' && part.operator === operator ? part.parts : [part],
      );
      return made({ kind: 'list', operator, parts });
    }
    case '===':
    case '!==':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const turned = TURNED[operator];
      if (first.kind === 'number' && second.kind !== 'number' && turned !== undefined) {
        return made({ kind: 'comparison', operator: turned, left: second, right: first });
      }
      return made({ kind: 'comparison', operator, left: first, right: second });
    }
  }
}

/** A sum, a product with a number, a quotient by a number: as a sum of terms, or the lone term itself. */
function linear(expression: Expression, aliases: Aliases): Form {
  const terms: Term[] = [];
  const constant = collect(expression, 1, terms, aliases);
  if (terms.length === 0) return { kind: 'number', value: constant, size: 1, expression };
  const [only] = terms;
  if (terms.length === 1 && only.coefficient === 1 && constant === 0) return only.form;
  return sumForm(terms, constant, expression);
}

/** A sum with its size. */
export function sumForm(terms: readonly Term[], constant: number, expression: Expression): Form {
  const body = { kind: 'sum', terms, constant } as const;
  return { ...body, size: sizeOfBody(body), expression };
}

/** Adds `factor` times an expression's terms to `terms`; the value is its constant part. */
function collect(expression: Expression, factor: number, terms: Term[], aliases: Aliases): number {
  if (expression.kind === 'number') return factor * expression.value;
  if (expression.kind === 'unary' && expression.operator === '-') {
    return collect(expression.operand, -factor, terms, aliases);
  }
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression;
    if (operator === '+' || operator === '-') {
      const first = collect(left, factor, terms, aliases);
      return first + collect(right, operator === '+' ? factor : -factor, terms, aliases);
    }
    if (operator === '*' || (operator === '/' && right.kind === 'number' && right.value !== 0)) {
      const { coefficient, rest } = splitProduct(expression);
      if (rest.length === 0) return factor * coefficient;
      // A number times a sum is the sum of its products.
      if (rest.length === 1) return collect(rest[0], factor * coefficient, terms, aliases);
      terms.push({ coefficient: factor * coefficient, form: productForm(rest, aliases) });
      return 0;
    }
    if (operator === '/') {
      const operands = [formOf(left, aliases), formOf(right, aliases)];
      const body = { kind: 'call', name: '/', operands } as const;
      terms.push({
        coefficient: factor,
        form: { ...body, size: sizeOfBody(body), expression: divide(left, right) },
      });
      return 0;
    }
  }
  terms.push({ coefficient: factor, form: formOf(expression, aliases) });
  return 0;
}

/** The number in front of a product, and its other factors. */
function splitProduct(expression: Expression): { coefficient: number; rest: Expression[] } {
  if (expression.kind === 'number') return { coefficient: expression.value, rest: [] };
  if (expression.kind === 'unary' && expression.operator === '-') {
    const { coefficient, rest } = splitProduct(expression.operand);
    return { coefficient: -coefficient, rest };
  }
  if (expression.kind === 'binary' && expression.operator === '*') {
    const [left, right] = [splitProduct(expression.left), splitProduct(expression.right)];
    return {
      coefficient: left.coefficient * right.coefficient,
      rest: [...left.rest, ...right.rest],
    };
  }
  if (expression.kind === 'binary' && expression.operator === '/') {
    const { left, right } = expression;
    if (right.kind === 'number' && right.value !== 0) {
      const { coefficient, rest } = splitProduct(left);
      return { coefficient: coefficient / right.value, rest };
    }
  }
  return { coefficient: 1, rest: [expression] };
}

function productForm(parts: readonly Expression[], aliases: Aliases): Form {
  const factors = parts.map((part) => formOf(part, aliases));
  const expression = parts.slice(1).reduce((product, part) => multiply(product, part), parts[0]);
  const body = { kind: 'product', factors } as const;
  return { ...body, size: sizeOfBody(body), expression };
}

function sizeOfBody(body: FormBody): number {
  switch (body.kind) {
    case 'number':
    case 'boolean':
    case 'symbol':
      return 1;
    case 'element':
      return 1 + total(body.indices);
    case 'sum': {
      const numbers = body.terms.filter(({ coefficient }) => Math.abs(coefficient) !== 1).length;
      return total(body.terms.map(({ form }) => form)) + numbers + (body.constant === 0 ? 0 : 1);
    }
    case 'product':
      return total(body.factors);
    case 'comparison':
      return 1 + total([body.left, body.right]);
    case 'list':
      return 1 + total(body.parts);
    case 'call':
      return 1 + total(body.operands);
    case 'choice':
      return 1 + total([body.condition, body.then, body.otherwise]);
  }
}

function total(forms: readonly Form[]): number {
  return forms.reduce((sum, { size }) => sum + size, 0);
}

/** A term as an expression, its coefficient in front. */
export function termExpression({ coefficient, form }: Term): Expression {
  if (coefficient === 1) return form.expression;
  if (coefficient === -1) return negate(form.expression);
  return multiply(num(coefficient), form.expression);
}
