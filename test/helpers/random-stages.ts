/** Random stages over small tensors: bodies of every kind of expression, on domains of every kind. */
import type { Domain } from '../../src/ir/model-interface.js';
import type { StagedNetwork } from '../../src/ir/network.js';
import {
  add,
  and,
  compare,
  conditional,
  divide,
  helper,
  math,
  multiply,
  negate,
  not,
  num,
  or,
  power,
  reduction,
  ref,
  remainder,
  subtract,
  symbol,
} from '../../src/ir/program-builders.js';
import type { Comparison } from '../../src/ir/program-builders.js';
import type { Expression } from '../../src/ir/program.js';
import { stageOf } from '../../src/ir/stage.js';
import type { Read } from '../../src/ir/stage.js';
import type { Random } from '../../src/numeric/random.js';
import { input, stagedNetwork, table, tensor } from './stages.js';

const DOMAINS: readonly Domain[] = [
  { kind: 'values', values: [0, 1] },
  { kind: 'values', values: [-1, 0, 1] },
  { kind: 'values', values: [0, 0.5, 2] },
  { kind: 'interval', min: -1, max: 1 },
  { kind: 'real' },
];

const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>=', '===', '!=='];

const NUMBERS = [0, 1, -1, 2, 0.5, 3, 0.1, -0.7];

/** A network of one or two stages of random bodies over one or two inputs. */
export function randomStages(random: Random): StagedNetwork {
  const rows = 1 + random.below(2);
  const columns = 2 + random.below(2);
  const shape = [rows, columns];
  const domain = DOMAINS[random.below(DOMAINS.length)];
  const names = ['x', 'z'].slice(0, 1 + random.below(2));
  const inputs = names.map((name) => ({ name, shape, domain }));
  const weights = table(
    shape,
    Array.from({ length: rows * columns }, (_, k) => k / 4 - 1),
  );
  const own = [...inputs.map(({ name }, k) => input(k, shape, name)), weights];
  const first = stageOf({ name: 'first', shape, operands: own }, (at, reads) =>
    new Bodies(random, shape, reads, at).number(3),
  );
  if (random.below(3) > 0) return stagedNetwork('random', inputs, [first]);
  const operands = [tensor(0, shape, 'first'), input(0, shape)];
  const second = stageOf({ name: 'second', shape: [rows], operands }, ([row], reads) =>
    new Bodies(random, shape, reads, [row, num(random.below(columns))]).number(2),
  );
  return stagedNetwork('random', inputs, [first, second]);
}

class Bodies {
  constructor(
    private readonly random: Random,
    private readonly shape: readonly number[],
    private readonly reads: readonly Read[],
    private readonly at: readonly Expression[],
  ) {}

  number(depth: number): Expression {
    if (depth === 0) return this.leaf();
    const [x, y] = [() => this.number(depth - 1), () => this.number(depth - 1)];
    return this.pick<Expression>([
      () => this.leaf(),
      () => add(x(), y()),
      () => subtract(x(), y()),
      () => multiply(x(), y()),
      () => multiply(x(), y()),
      () => divide(x(), num(3)),
      () => divide(x(), add(num(2), math('abs', y()))),
      () => negate(x()),
      () => math('abs', x()),
      () => math('max', x(), y()),
      () => math('min', x(), y()),
      () => math('sign', x()),
      () => math('tanh', x()),
      () => math('exp', math('min', x(), num(2))),
      () => math('sqrt', math('abs', x())),
      () => math('log1p', math('abs', x())),
      () => math(this.pick([() => 'sin' as const, () => 'cos', () => 'atan', () => 'cbrt']), x()),
      () =>
        math(
          this.pick([() => 'sinh' as const, () => 'cosh', () => 'tan', () => 'asin', () => 'acos']),
          multiply(num(0.9), math('tanh', x())),
        ),
      () => math(this.pick([() => 'floor' as const, () => 'ceil', () => 'trunc']), x()),
      () => power(x(), num(2)),
      () => helper(this.pick([() => 'sigmoid' as const, () => 'erf', () => 'roundHalfEven']), x()),
      () => conditional(this.condition(depth - 1), x(), y()),
      () => conditional(this.condition(depth - 1), x(), num(0)),
      () => this.over(depth, 'sum'),
      () => this.over(depth, this.pick([() => 'max' as const, () => 'min'])),
      () => this.over(depth, 'count'),
    ]);
  }

  condition(depth: number): Expression {
    const operator = COMPARISONS[this.random.below(COMPARISONS.length)];
    if (depth === 0) return compare(operator, this.leaf(), this.leaf());
    const inner = () => this.condition(depth - 1);
    return this.pick<Expression>([
      () => compare(operator, this.number(depth - 1), this.number(depth - 1)),
      () => and(inner(), inner()),
      () => or(inner(), inner()),
      () => not(inner()),
      () => this.over(depth, this.pick([() => 'any' as const, () => 'all'])),
    ]);
  }

  private leaf(): Expression {
    const read = () => this.reads[this.random.below(this.reads.length)];
    const [row, column] = this.at;
    return this.pick<Expression>([
      () => num(NUMBERS[this.random.below(NUMBERS.length)]),
      () => read()([row, column]),
      () => read()([row, column]),
      () => read()([row, remainder(add(column, num(1)), num(this.shape[1]))]),
      () => read()([num(0), column]),
      () => column,
    ]);
  }

  /** A reduction along a row. */
  private over(depth: number, operation: 'sum' | 'max' | 'min' | 'count' | 'any' | 'all') {
    const iterator = symbol('k');
    const inner = new Bodies(this.random, this.shape, this.reads, [this.at[0], ref(iterator)]);
    const isNumber = operation === 'sum' || operation === 'max' || operation === 'min';
    const body = isNumber ? inner.number(depth - 1) : inner.condition(depth - 1);
    const from = this.random.below(2);
    return reduction(operation, iterator, num(from), num(this.shape[1]), body);
  }

  private pick<Item>(makers: readonly (() => Item)[]): Item {
    return makers[this.random.below(makers.length)]();
  }
}
