/**
 * What a scan keeps of every step is not kept where only the last one is read, which its state still holds:
 *
 *   for (step) { …; states[step][i] = hidden[i]; }  … states[19][j] …   →   … hidden[j] …
 */
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { accessesOf } from '../passes/effects.js';
import { mapBlocks, mapExpressions, mapOperands } from '../rewrite.js';

/** What a state was after every step. */
export interface History {
  readonly symbol: ProgramSymbol;
  readonly state: ProgramSymbol;
  /** Where the last step is, along the first axis. */
  readonly last: number;
}

/** The program with the states read themselves, wherever that is all that is needed. */
export function keepLast(program: Program, histories: readonly History[]): Program {
  const reads = accessesOf(program.body).filter(({ kind }) => kind === 'read');
  const needless = histories.filter(({ symbol, last }) =>
    reads
      .filter((access) => access.symbol === symbol)
      .every(({ indices }) => isNumber(indices?.at(0), last)),
  );
  if (needless.length === 0) return program;
  const states = new Map(needless.map(({ symbol, state }) => [symbol, state]));
  // Nobody reads the arrays any more: dropping what is dead takes them away.
  return { ...program, body: program.body.map((statement) => readState(statement, states)) };
}

function isNumber(index: Expression | undefined, value: number): boolean {
  return index?.kind === 'number' && index.value === value;
}

function readState(
  statement: Statement,
  states: ReadonlyMap<ProgramSymbol, ProgramSymbol>,
): Statement {
  const change = (expression: Expression): Expression => {
    const inner = mapOperands(expression, change);
    const state = inner.kind === 'element' ? states.get(inner.array) : undefined;
    if (state === undefined || inner.kind !== 'element') return inner;
    const indices = inner.indices.slice(1);
    return indices.length === 0
      ? { kind: 'symbol', symbol: state }
      : { kind: 'element', array: state, indices };
  };
  return mapBlocks(mapExpressions(statement, change), (block) =>
    block.map((inner) => readState(inner, states)),
  );
}
