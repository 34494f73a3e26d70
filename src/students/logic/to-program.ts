/**
 * Guards → Program: guards that return, in the words of the features.
 *
 *     if (income > 6 && debt <= 3) return 'approve';
 *     return 'refuse';
 */
import { sizeOf } from '../../ir/model-interface.js';
import type { CellDomain, ModelInterface } from '../../ir/model-interface.js';
import { cellDomainsOf } from '../../ir/fidelity-probes.js';
import {
  add, and, array, branch, compare, conditional, giveBack, multiply, num, or, subtract,
} from '../../ir/program-builders.js'; // prettier-ignore
import type { Expression, Program, Statement } from '../../ir/program.js';
import { interfaceOf } from '../../ir/network.js';
import { readInputs } from '../read-inputs.js';
import { featuresOfBlock } from './guards.js';
import type { Block, Guard } from './guards.js';
import type { Affine, Condition, Leaf } from './tree.js';

export interface LogicProgramOptions {
  /** Whether the predictions are decisions of the model rather than its outputs. */
  readonly decides: boolean;
  /** Whether every answer says in a comment how many rows end there and how many agree. */
  readonly showsSupport?: boolean;
  /** Whether those are rows of a table, not inputs that a network was asked at. */
  readonly countsRows?: boolean;
}

/**
 * The program of guards whose features are the cells of the model's inputs, row-major, input after input.
 *
 * @throws RangeError for a feature that the model has not, or predictions of another kind than asked.
 */
export function blockToProgram(
  block: Block,
  model: ModelInterface,
  options: LogicProgramOptions,
): Program {
  const { reads, parameters, declarations } = readInputs(featuresOfBlock(block), model);
  const printer = new TreePrinter(model, reads, options);
  return {
    interface: interfaceOf(model),
    parameters,
    tables: [],
    body: [...declarations, ...printer.statements(block)],
    ...(options.decides ? { decides: true } : {}),
  };
}

class TreePrinter {
  private readonly domains: readonly CellDomain[];

  constructor(
    private readonly model: ModelInterface,
    private readonly reads: readonly Expression[],
    private readonly options: LogicProgramOptions,
  ) {
    this.domains = cellDomainsOf(model);
  }

  statements(block: Block): readonly Statement[] {
    if (block.kind === 'answer') return [this.answer(block.leaf)];
    const { guard, then, otherwise } = block;
    return [branch(this.guard(guard), this.statements(then)), ...this.statements(otherwise)];
  }

  private answer(leaf: Leaf): Statement {
    const returned = giveBack(this.prediction(leaf));
    if (this.options.showsSupport !== true || returned.kind !== 'return') return returned;
    return { ...returned, comment: supportWords(leaf, this.options) };
  }

  private prediction({ prediction }: Leaf): Expression {
    if (prediction.kind === 'class') {
      if (!this.options.decides) throw new RangeError('a class is no output');
      return num(prediction.index);
    }
    if (this.options.decides) throw new RangeError('an output is no class');
    const cells = prediction.cells.map((cell) => this.affine(cell));
    let next = 0;
    const nested = (shape: readonly number[]): Expression => {
      if (shape.length === 0) return cells[next++];
      return array(...Array.from({ length: shape[0] }, () => nested(shape.slice(1))));
    };
    const wanted = this.model.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    if (cells.length !== wanted) throw new RangeError(`${cells.length} cells for ${wanted}`);
    const values = this.model.outputs.map(({ shape }) => nested(shape));
    return values.length === 1 ? values[0] : array(...values);
  }

  private affine({ offset, terms }: Affine): Expression {
    const [first, ...others] = terms;
    if (terms.length === 0) return num(offset);
    const start = multiply(num(first.coefficient), this.reads[first.feature]);
    const sum = others.reduce(
      (before, term) => this.plus(before, term.coefficient, this.reads[term.feature]),
      start,
    );
    return offset === 0 ? sum : this.plus(sum, offset, num(1));
  }

  private plus(before: Expression, coefficient: number, value: Expression): Expression {
    return coefficient < 0
      ? subtract(before, multiply(num(-coefficient), value))
      : add(before, multiply(num(coefficient), value));
  }

  private guard(guard: Guard): Expression {
    if (guard.kind === 'ask') return this.condition(guard.condition, guard.isNegated);
    const parts = guard.parts.map((part) => this.guard(part));
    return guard.kind === 'all' ? and(...parts) : or(...parts);
  }

  private condition(condition: Condition, isNegated: boolean): Expression {
    switch (condition.kind) {
      case 'above':
        return this.above(condition, isNegated);
      case 'among':
        return this.among(condition, isNegated);
      case 'linear': {
        const [{ feature, coefficient }] = condition.terms;
        if (condition.terms.length === 1 && coefficient === -1) {
          return compare(
            isNegated ? '>=' : '<',
            this.reads[feature],
            num(-condition.threshold + 0),
          );
        }
        const sum = this.affine({ offset: 0, terms: condition.terms });
        return compare(isNegated ? '<=' : '>', sum, num(condition.threshold));
      }
      case 'count': {
        if (condition.least === 1) {
          const parts = condition.conditions.map((one) => this.condition(one, isNegated));
          return isNegated ? and(...parts) : or(...parts);
        }
        const held = condition.conditions.map((one) => this.held(one));
        const count = held.reduce((sum, part) => add(sum, part));
        return compare(isNegated ? '<' : '>=', count, num(condition.least));
      }
      case 'all': {
        const parts = condition.literals.map((one) =>
          this.condition(one.condition, one.isTrue === isNegated),
        );
        return isNegated ? or(...parts) : and(...parts);
      }
    }
  }

  /** 1 where the condition holds, else 0; a feature that is 0 or 1 says so itself. */
  private held(condition: Condition): Expression {
    if (condition.kind === 'above' && condition.threshold >= 0 && condition.threshold < 1) {
      const domain = this.domains[condition.feature];
      const isFlag = domain.kind === 'values' && domain.values.every((one) => one === 0 || one === 1); // prettier-ignore
      if (isFlag) return this.reads[condition.feature];
    }
    return conditional(this.condition(condition, false), num(1), num(0));
  }

  /** Of a feature of few values, the one value that is meant is named. */
  private above(
    { feature, threshold }: Extract<Condition, { kind: 'above' }>,
    isNegated: boolean,
  ): Expression {
    const value = this.reads[feature];
    const domain = this.domains[feature];
    if (domain.kind === 'values') {
      const above = domain.values.filter((one) => one > threshold);
      const below = domain.values.filter((one) => one <= threshold);
      if (above.length === 1) return compare(isNegated ? '!==' : '===', value, num(above[0]));
      if (below.length === 1) return compare(isNegated ? '===' : '!==', value, num(below[0]));
    }
    return compare(isNegated ? '<=' : '>', value, num(threshold));
  }

  private among(
    { feature, values }: Extract<Condition, { kind: 'among' }>,
    isNegated: boolean,
  ): Expression {
    const value = this.reads[feature];
    const parts = values.map((one) => compare(isNegated ? '!==' : '===', value, num(one)));
    return isNegated ? and(...parts) : or(...parts);
  }
}

/** `412 inputs, 99.5 % agree`; of a table `412 rows, 99.5 % right`, of its numbers `412 rows`. */
function supportWords(
  { support, agreeing }: Leaf,
  { decides, countsRows = false }: LogicProgramOptions,
): string {
  const share = support > 0 ? (100 * agreeing) / support : 0;
  const rounded = Math.floor(share * 10) / 10;
  const count = Math.round(support);
  if (!countsRows) return `${count} inputs, ${rounded} % agree`;
  const rows = count === 1 ? '1 row' : `${count} rows`;
  return decides ? `${rows}, ${rounded} % right` : rows;
}
