/**
 * What two forms differ in: how much, as a cost in parts, and on demand each difference by itself. Sums
 * and conditions are laid over each other term by term, in whatever order they are written.
 */
import { dumpExpression } from '../../ir/program-dump.js';
import type { Expression } from '../../ir/program.js';
import type { CodeChangeKind } from '../../report/index.js';
import { assign } from './assign.js';
import type { Pairs } from './assign.js';
import { ARRAY, sumForm, termExpression } from './forms.js';
import type { Form, Term } from './forms.js';
import type { Partners } from './partners.js';

/** A difference, its code still as expressions of the programs. */
export interface Change {
  readonly kind: CodeChangeKind;
  readonly what: string;
  /** An expression of the new program. */
  readonly of?: Expression;
  readonly old?: Expression | string;
  readonly new?: Expression | string;
}

export interface Delta {
  readonly cost: number;
  readonly changes: () => readonly Change[];
}

/** Numbers so close, absolutely or relatively, may differ in the digits that a tolerance asked for alone. */
const [ABSOLUTE_ROUNDING, RELATIVE_ROUNDING] = [1e-6, 1e-5];

/** Cost of another number, operator or function: less than that of a part that is gone. */
const OTHER = 0.5;

/** A function that changed is told as that only where what it is a function of is much the same. */
const MOST_UNLIKE_INSIDE = 0.25;

const NONE: Delta = { cost: 0, changes: () => [] };

/** Whether two numbers differ by more than rounding to a tolerance explains. */
export function isOtherNumber(old: number, fresh: number): boolean {
  const size = Math.max(Math.abs(old), Math.abs(fresh));
  return Math.abs(old - fresh) > Math.max(ABSOLUTE_ROUNDING, RELATIVE_ROUNDING * size);
}

/** Compares forms of two programs whose symbols are paired by `partners`; remembers what it compared. */
export class FormComparison {
  private readonly known = new Map<Form, Map<Form, Delta>>();

  constructor(private readonly partners: Partners) {}

  compare(old: Form, fresh: Form): Delta {
    const row = this.known.get(old) ?? new Map<Form, Delta>();
    this.known.set(old, row);
    const known = row.get(fresh);
    if (known !== undefined) return known;
    const delta = this.cheapest(old, fresh);
    row.set(fresh, delta);
    return delta;
  }

  private cheapest(old: Form, fresh: Form): Delta {
    const most = old.size + fresh.size;
    const found = this.alike(old, fresh);
    if (found !== undefined && found.cost < most) return found;
    return { cost: most, changes: () => [replaced(old, fresh)] };
  }

  /** The difference of two forms that have something in common, if they have. */
  private alike(old: Form, fresh: Form): Delta | undefined {
    if (old.kind === 'number' && fresh.kind === 'number') {
      return numbers('constant', old.value, fresh.value);
    }
    if (old.kind === 'boolean' && fresh.kind === 'boolean' && old.value === fresh.value)
      return NONE;
    if (old.kind === 'symbol' && fresh.kind === 'symbol') {
      const cost = this.partners.cost(old.symbol, fresh.symbol);
      return { cost, changes: () => (cost === 0 ? [] : [replaced(old, fresh)]) };
    }
    if (old.kind === 'element' && fresh.kind === 'element') return this.elements(old, fresh);
    if (old.kind === 'sum' || fresh.kind === 'sum')
      return this.sums(old, fresh) ?? this.wrapped(old, fresh);
    if (old.kind === 'product' || fresh.kind === 'product') {
      return this.parts('factor', factorsOf(old), factorsOf(fresh));
    }
    if (old.kind === 'comparison' && fresh.kind === 'comparison')
      return this.comparisons(old, fresh);
    if (old.kind === 'list' || fresh.kind === 'list') return this.lists(old, fresh);
    if (old.kind === 'choice' && fresh.kind === 'choice') {
      return together([
        this.compare(old.condition, fresh.condition),
        this.compare(old.then, fresh.then),
        this.compare(old.otherwise, fresh.otherwise),
      ]);
    }
    return this.calls(old, fresh) ?? this.wrapped(old, fresh);
  }

  private elements(
    old: Extract<Form, { kind: 'element' }>,
    fresh: Extract<Form, { kind: 'element' }>,
  ): Delta | undefined {
    if (old.indices.length !== fresh.indices.length) return undefined;
    const cost = this.partners.cost(old.array, fresh.array);
    const inner = together(old.indices.map((index, k) => this.compare(index, fresh.indices[k])));
    const whole = cost + inner.cost;
    return { cost: whole, changes: () => (whole === 0 ? [] : [replaced(old, fresh)]) };
  }

  private comparisons(
    old: Extract<Form, { kind: 'comparison' }>,
    fresh: Extract<Form, { kind: 'comparison' }>,
  ): Delta {
    const left = this.compare(old.left, fresh.left);
    const right =
      old.right.kind === 'number' && fresh.right.kind === 'number'
        ? numbers('threshold', old.right.value, fresh.right.value, fresh.left.expression)
        : this.compare(old.right, fresh.right);
    if (old.operator === fresh.operator) return together([left, right]);
    // Another comparison is told as a whole, its threshold with it.
    const changes = (): readonly Change[] => [
      { kind: 'condition', what: 'condition', old: old.expression, new: fresh.expression },
    ];
    return { cost: OTHER + left.cost + right.cost, changes };
  }

  private lists(old: Form, fresh: Form): Delta {
    const operator = old.kind === 'list' ? old.operator : '&&';
    const other = fresh.kind === 'list' ? fresh.operator : operator;
    const inner = this.parts('condition', partsOf(old), partsOf(fresh));
    if (old.kind !== 'list' || operator === other) return inner;
    const changed: Delta = {
      cost: OTHER,
      changes: () => [{ kind: 'condition', what: 'junction', old: operator, new: other }],
    };
    return together([changed, inner]);
  }

  private calls(old: Form, fresh: Form): Delta | undefined {
    if (old.kind !== 'call' || fresh.kind !== 'call') return undefined;
    if (old.operands.length !== fresh.operands.length) {
      const isArray = old.name === ARRAY && fresh.name === ARRAY;
      return isArray ? this.parts('element', old.operands, fresh.operands) : undefined;
    }
    const inner = together(
      old.operands.map((operand, k) => this.compare(operand, fresh.operands[k])),
    );
    if (old.name === fresh.name) return inner;
    if (inner.cost > MOST_UNLIKE_INSIDE * (old.size + fresh.size)) return undefined;
    return together([functionChange(old.name, fresh.name), inner]);
  }

  /** One of them is a function of what the other one is. */
  private wrapped(old: Form, fresh: Form): Delta | undefined {
    const step = asStep(old) ?? asStep(fresh);
    if (step !== undefined) {
      const [one, two] = [asStep(old) ?? old, asStep(fresh) ?? fresh];
      if (one.kind === 'call' && two.kind === 'call') return this.calls(one, two);
    }
    const inside = (form: Form): Form | undefined =>
      form.kind === 'call' && form.operands.length === 1 ? form.operands[0] : undefined;
    const [oldInside, newInside] = [inside(old), inside(fresh)];
    const [oldName, newName] = [nameOf(old), nameOf(fresh)];
    const isUnlike = ({ cost }: Delta): boolean =>
      cost > MOST_UNLIKE_INSIDE * (old.size + fresh.size);
    if (oldInside !== undefined && fresh.kind !== 'call') {
      const inner = this.compare(oldInside, fresh);
      return isUnlike(inner) ? undefined : together([functionChange(oldName, 'none'), inner]);
    }
    if (newInside !== undefined && old.kind !== 'call') {
      const inner = this.compare(old, newInside);
      return isUnlike(inner) ? undefined : together([functionChange('none', newName), inner]);
    }
    return undefined;
  }

  private sums(old: Form, fresh: Form): Delta | undefined {
    const [one, two] = [asSum(old), asSum(fresh)];
    const pairs = assign(
      one.terms,
      two.terms,
      (a, b) =>
        this.compare(a.form, b.form).cost +
        (isOtherNumber(a.coefficient, b.coefficient) ? OTHER : 0),
      (term) => term.form.size + 1,
      (term) => dumpExpression(termExpression(term)),
    );
    // Two sums that share nothing are not one sum whose terms have changed.
    if (pairs.matched.length === 0 && one.terms.length > 0 && two.terms.length > 0)
      return undefined;
    if (
      isNegated(one, two, pairs) &&
      pairs.matched.every(([a, b]) => this.compare(a.form, b.form).cost === 0)
    ) {
      return {
        cost: OTHER,
        changes: () => [{ kind: 'constant', what: 'sign', of: fresh.expression }],
      };
    }
    const deltas = [
      ...pairs.matched.map(([a, b]) =>
        together([
          numbers('coefficient', a.coefficient, b.coefficient, b.form.expression),
          this.compare(a.form, b.form),
        ]),
      ),
      ...pairs.gone.map((term) => gone('term', termExpression(term), term.form.size)),
      ...pairs.fresh.map((term) => added('term', termExpression(term), term.form.size)),
      numbers('constant', one.constant, two.constant),
    ];
    return together(deltas);
  }

  private parts(what: string, old: readonly Form[], fresh: readonly Form[]): Delta {
    const pairs = assign(
      old,
      fresh,
      (a, b) => this.compare(a, b).cost,
      ({ size }) => size,
      ({ expression }) => dumpExpression(expression),
    );
    return together([
      ...pairs.matched.map(([a, b]) => this.compare(a, b)),
      ...pairs.gone.map((part) => gone(what, part.expression, part.size)),
      ...pairs.fresh.map((part) => added(what, part.expression, part.size)),
    ]);
  }
}

/** All of them. */
export function together(deltas: readonly Delta[]): Delta {
  const cost = deltas.reduce((sum, delta) => sum + delta.cost, 0);
  if (cost === 0) return NONE;
  return { cost, changes: () => deltas.flatMap((delta) => delta.changes()) };
}

/** Another number at a place; no difference within rounding. */
export function numbers(what: string, old: number, fresh: number, of?: Expression): Delta {
  if (!isOtherNumber(old, fresh)) return NONE;
  const kind: CodeChangeKind = what === 'threshold' ? 'condition' : what === 'end' || what === 'start' || what === 'step' ? 'loop' : 'constant'; // prettier-ignore
  return {
    cost: OTHER,
    changes: () => [
      {
        kind,
        what,
        ...(of === undefined ? {} : { of }),
        old: String(old),
        new: String(fresh),
      },
    ],
  };
}

/** Whether every number of a sum has the other sign. */
function isNegated(
  old: ReturnType<typeof asSum>,
  fresh: ReturnType<typeof asSum>,
  { matched, gone: without, fresh: added }: Pairs<Term>,
): boolean {
  if (without.length > 0 || added.length > 0 || matched.length === 0) return false;
  const isOpposite = (one: number, two: number): boolean => !isOtherNumber(-one, two);
  return (
    isOpposite(old.constant, fresh.constant) &&
    matched.length + (old.constant === 0 ? 0 : 1) > 1 &&
    matched.every(([a, b]) => isOpposite(a.coefficient, b.coefficient))
  );
}

function functionChange(old: string, fresh: string): Delta {
  return {
    cost: OTHER,
    changes: () => [{ kind: 'function', what: 'function', old, new: fresh }],
  };
}

function gone(what: string, expression: Expression, size: number): Delta {
  const kind: CodeChangeKind = what === 'condition' ? 'condition' : 'term';
  return { cost: size, changes: () => [{ kind, what, old: expression }] };
}

function added(what: string, expression: Expression, size: number): Delta {
  const kind: CodeChangeKind = what === 'condition' ? 'condition' : 'term';
  return { cost: size, changes: () => [{ kind, what, new: expression }] };
}

function replaced(old: Form, fresh: Form): Change {
  return { kind: 'expression', what: '', old: old.expression, new: fresh.expression };
}

function nameOf(form: Form): string {
  return form.kind === 'call' ? form.name : 'none';
}

/** `x > 0 ? 1 : 0` as a function of x, which the sign and others may take the place of. */
function asStep(form: Form): Form | undefined {
  if (form.kind !== 'choice' || form.condition.kind !== 'comparison') return undefined;
  const { condition, then, otherwise } = form;
  const isOne = then.kind === 'number' && then.value === 1;
  const isZero = otherwise.kind === 'number' && otherwise.value === 0;
  if (!isOne || !isZero || condition.operator !== '>' || condition.right.kind !== 'number') {
    return undefined;
  }
  const { terms, constant } = asSum(condition.left);
  const operand = sumForm(terms, constant - condition.right.value, condition.left.expression);
  return { kind: 'call', name: '… > 0 ? 1 : 0', operands: [operand], size: form.size, expression: form.expression }; // prettier-ignore
}

function asSum(form: Form): { readonly terms: readonly Term[]; readonly constant: number } {
  if (form.kind === 'sum') return form;
  if (form.kind === 'number') return { terms: [], constant: form.value };
  return { terms: [{ coefficient: 1, form }], constant: 0 };
}

function factorsOf(form: Form): readonly Form[] {
  return form.kind === 'product' ? form.factors : [form];
}

function partsOf(form: Form): readonly Form[] {
  return form.kind === 'list' ? form.parts : [form];
}
