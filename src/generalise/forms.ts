/**
 * The small grammar of expressions of sizes, cheapest first: a, a ± 1, a · b, a · (b − 1), a / 2, …
 *
 * A form's cost is what a reviewer has to read. Axes are given in order of preference; later ones cost
 * a little more, so that between equal extents the axis that the surroundings speak of wins.
 */
import { add, divide, multiply, num, ref } from '../ir/program-builders.js';
import { dumpExpression } from '../ir/program-dump.js';
import type { Expression, ProgramSymbol } from '../ir/program.js';
import type { AxisId } from './axes.js';
import { partsOf } from './walk.js';

/** An axis as a size: its symbol, and its extent in each of the programs. */
export interface SizeAxis {
  readonly id: AxisId;
  readonly symbol: ProgramSymbol;
  readonly extents: readonly number[];
}

/** Whether the sizes given have different extents. */
export function varies(extents: readonly number[]): boolean {
  return extents.some((extent) => extent !== extents[0]);
}

/** Whether two axes were equally long at every size given. */
export function sameExtents(left: SizeAxis, right: SizeAxis): boolean {
  return left.extents.every((extent, k) => extent === right.extents[k]);
}

/** An expression of sizes with its value in each of the programs. */
export interface Form {
  readonly expression: Expression;
  readonly values: readonly number[];
  readonly cost: number;
}

/** What an axis costs more than the one preferred to it. */
const LATER_AXIS = 0.25;

/** A number that stands in a form: ±1 is what counting gives, others are a surprise. */
const UNIT_STEP = 1;
const OTHER_STEP = 1.75;

/** Half of something: a majority. */
const HALF = 0.75;

/** An extent twice in a product, where two extents would do: rows · (rows − 1). */
const SAME_AXIS = 1.5;

/** The extent itself. */
export function sizeForm({ symbol, extents }: SizeAxis, rank = 0): Form {
  return { expression: ref(symbol), values: extents, cost: 1 + LATER_AXIS * rank };
}

/** form + step, for an integer step. */
export function shifted(form: Form, step: number): Form {
  if (step === 0) return form;
  return {
    expression: add(form.expression, num(step)),
    values: form.values.map((value) => value + step),
    cost: form.cost + (Math.abs(step) === 1 ? UNIT_STEP : OTHER_STEP),
  };
}

export function halved(form: Form): Form {
  return {
    expression: divide(form.expression, num(2)),
    values: form.values.map((value) => value / 2),
    cost: form.cost + HALF,
  };
}

function product(left: Form, right: Form): Form {
  return {
    expression: multiply(left.expression, right.expression),
    values: left.values.map((value, k) => value * right.values[k]),
    cost: left.cost + right.cost,
  };
}

function sum(left: Form, right: Form): Form {
  return {
    expression: add(left.expression, right.expression),
    values: left.values.map((value, k) => value + right.values[k]),
    cost: left.cost + right.cost + UNIT_STEP / 2,
  };
}

/**
 * Every form without a free constant over the axes, cheapest first; `far` adds those that stand for no
 * count by themselves (a ± 2), which only several sizes can tell from a coincidence.
 */
export function exactForms(axes: readonly SizeAxis[], far: boolean): readonly Form[] {
  const sizes = axes.map(sizeForm);
  const forms: Form[] = [];
  const steps = far ? [0, -1, 1, -2, 2] : [0, -1, 1];
  for (const size of sizes) {
    for (const step of steps) forms.push(shifted(size, step));
    for (const step of [0, -1, 1, 2]) forms.push(halved(shifted(size, step)));
  }
  for (const [first, left] of sizes.entries()) {
    for (const [second, right] of sizes.entries()) {
      forms.push(...productForms(left, right, first === second, first < second, far));
    }
  }
  for (const [first, second, third] of triples(sizes)) {
    forms.push(product(product(first, second), third));
  }
  return forms.sort((left, right) => left.cost - right.cost);
}

function productForms(
  left: Form,
  right: Form,
  same: boolean,
  ordered: boolean,
  far: boolean,
): readonly Form[] {
  const forms: Form[] = [product(left, shifted(right, -1))];
  if (same) forms.push(product(left, left), product(left, shifted(left, 1)));
  if (same) forms.push(halved(product(left, shifted(left, -1))), halved(product(left, shifted(left, 1)))); // prettier-ignore
  if (ordered) {
    const whole = product(left, right);
    forms.push(whole, shifted(whole, -1), shifted(whole, 1));
    forms.push(halved(whole), halved(shifted(whole, 1)), halved(shifted(whole, -1)));
    forms.push(product(shifted(left, -1), shifted(right, -1)), halved(shifted(whole, 2)));
    // Lines of both kinds: for sums over both, which only several sizes can tell from sums of cells.
    const both = sum(left, right);
    if (far) forms.push(both, shifted(both, -1), shifted(both, -2), halved(both));
  } else if (!same && far) forms.push(product(left, shifted(right, 1)));
  return same ? forms.map((form) => ({ ...form, cost: form.cost + SAME_AXIS })) : forms;
}

function triples(sizes: readonly Form[]): readonly (readonly [Form, Form, Form])[] {
  return sizes.flatMap((first, i) =>
    sizes
      .slice(i + 1)
      .flatMap((second, j) =>
        sizes.slice(i + j + 2).map((third): readonly [Form, Form, Form] => [first, second, third]),
      ),
  );
}

/** The forms that a free factor may scale: counts of cells, lines or pairs; `counts` come first. */
export function scalableForms(axes: readonly SizeAxis[], counts: readonly Form[]): readonly Form[] {
  const sizes = axes.map(sizeForm);
  const forms = sizes.flatMap((size) => [size, shifted(size, -1), shifted(size, 1)]);
  for (const [first, left] of sizes.entries()) {
    for (const [second, right] of sizes.entries()) {
      if (first < second) forms.push(product(left, right), sum(left, right));
      if (first !== second) forms.push(product(left, shifted(right, -1)));
      if (first < second) forms.push(product(shifted(left, -1), shifted(right, -1)));
    }
  }
  forms.sort((left, right) => left.cost - right.cost);
  const preferred = counts.filter(({ expression }) => expression.kind !== 'number');
  return [...preferred.map((form) => ({ ...form, cost: 1 })), ...forms];
}

/** The compound expressions within a form, as texts: what two constants can have in common. */
export function compoundTexts(expression: Expression): readonly string[] {
  return [...partsOf(expression)]
    .filter(({ kind }) => kind === 'binary')
    .map((part) => dumpExpression(part));
}

/** The axes whose symbols an expression reads, each once. */
export function axesIn(expression: Expression, axes: readonly SizeAxis[]): readonly AxisId[] {
  const symbols = new Set<ProgramSymbol>();
  for (const part of partsOf(expression)) if (part.kind === 'symbol') symbols.add(part.symbol);
  return axes.filter(({ symbol }) => symbols.has(symbol)).map(({ id }) => id);
}

/** The value of an expression of sizes in the program at `index`; NaN for any other expression. */
export function valueAt(expression: Expression, axes: readonly SizeAxis[], index: number): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'symbol':
      return axes.find(({ symbol }) => symbol === expression.symbol)?.extents[index] ?? NaN;
    case 'binary': {
      const left = valueAt(expression.left, axes, index);
      const right = valueAt(expression.right, axes, index);
      if (expression.operator === '+') return left + right;
      if (expression.operator === '-') return left - right;
      if (expression.operator === '*') return left * right;
      return expression.operator === '/' ? left / right : NaN;
    }
    case 'unary':
      return expression.operator === '-' ? -valueAt(expression.operand, axes, index) : NaN;
    case 'boolean':
    case 'element':
    case 'conditional':
    case 'math':
    case 'helper':
    case 'array':
    case 'reduction':
      return NaN;
  }
}
