/** The law of merge-constants, on random programs in which equal constants and writes between them abound. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeConstants } from '../../src/infer/passes/merge-constants.js';
import {
  add, allocate, array, assign, branch, compare, constant, element, giveBack, loop, multiply, num, ref,
  symbol, variable,
} from '../../src/ir/program-builders.js'; // prettier-ignore
import { checkProgram } from '../../src/ir/program-check.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../src/ir/program.js';
import type { Random } from '../../src/numeric/random.js';
import { createRandom } from '../../src/numeric/random.js';
import { evaluateProgram } from '../helpers/evaluate-program.js';
import { modelOf } from '../unit/infer/graphs.js';
import { allInputs } from '../unit/infer/helpers.js';

const CELLS = 3;

/** What a statement may read, and what of it it may write. */
interface InScope {
  readonly numbers: readonly ProgramSymbol[];
  readonly variables: readonly ProgramSymbol[];
}

class ProgramMaker {
  private readonly cells = symbol('cells', 'number', [CELLS]);
  private readonly store = symbol('store', 'number', [CELLS]);

  constructor(private readonly random: Random) {}

  program(): Program {
    const sum = symbol('sum');
    const top = { numbers: [sum], variables: [sum] };
    const positions = [0, 1, 2].map((position) => element(this.store, position));
    return {
      interface: modelOf({ shape: [CELLS] }, { shape: [CELLS + 1] }),
      parameters: [this.cells],
      tables: [],
      body: [
        allocate(this.store),
        variable(sum, 0),
        ...this.block(top, 2),
        giveBack(array(...positions, ref(sum))),
      ],
    };
  }

  private block(outer: InScope, depth: number): Statement[] {
    let scope = outer;
    const length = 3 + this.random.below(6);
    return Array.from({ length }, (): Statement => {
      const kind = this.random.below(depth > 0 ? 8 : 5);
      if (kind < 3) {
        const own = symbol('c');
        const made = constant(own, this.expression(scope));
        scope = { ...scope, numbers: [...scope.numbers, own] };
        return made;
      }
      if (kind === 3) {
        return assign(this.store, [this.position(scope)], '=', this.expression(scope));
      }
      if (kind === 4) {
        return assign(this.pick(scope.variables), [], '+=', this.expression(scope));
      }
      if (kind === 5) return this.loop(scope, depth);
      const condition = compare('>', this.expression(scope), num(0));
      const otherwise = kind === 6 ? [] : this.block(scope, depth - 1);
      return branch(condition, this.block(scope, depth - 1), otherwise);
    });
  }

  private loop(scope: InScope, depth: number): Statement {
    const iterator = symbol('i');
    const own = symbol('v');
    const inner = {
      numbers: [...scope.numbers, iterator, own],
      variables: [...scope.variables, own],
    };
    const start = variable(own, this.expression(scope));
    return loop(iterator, 0, CELLS, [start, ...this.block(inner, depth - 1)]);
  }

  /** Few and small, so that equal ones are frequent. */
  private expression(scope: InScope): Expression {
    const read = this.random.below(2) === 0 ? this.cells : this.store;
    switch (this.random.below(4)) {
      case 0:
        return element(read, this.position(scope));
      case 1:
        return multiply(num(-1), ref(this.pick(scope.numbers)));
      case 2:
        return add(ref(this.pick(scope.numbers)), num(1));
      default:
        return add(element(read, this.position(scope)), ref(this.pick(scope.numbers)));
    }
  }

  private position(scope: InScope): Expression {
    const iterators = scope.numbers.filter(({ hint }) => hint === 'i');
    if (iterators.length > 0 && this.random.below(2) === 0) return ref(this.pick(iterators));
    return num(this.random.below(CELLS));
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.random.below(list.length)];
  }
}

/** How many constants a block declares, inner blocks included. */
function countConstants(block: readonly Statement[]): number {
  return block.reduce((count, statement) => {
    if (statement.kind === 'for') return count + countConstants(statement.body);
    if (statement.kind === 'const') return count + 1;
    if (statement.kind !== 'if') return count;
    return count + countConstants(statement.then) + countConstants(statement.otherwise);
  }, 0);
}

describe('merge-constants', () => {
  it('keeps the value of random programs, and finds something in most', () => {
    let shorter = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        const program = new ProgramMaker(createRandom(seed)).program();
        expect(checkProgram(program, { lowered: true })).toEqual([]);
        const merged = mergeConstants.run(program, { tolerance: 0 });
        expect(checkProgram(merged, { lowered: true })).toEqual([]);
        if (countConstants(merged.body) < countConstants(program.body)) shorter++;
        for (const input of allInputs(program.interface)) {
          expect(evaluateProgram(merged, input)).toEqual(evaluateProgram(program, input));
        }
      }),
      { numRuns: 400, seed: 4 },
    );
    expect(shorter).toBeGreaterThan(200);
  });
});
