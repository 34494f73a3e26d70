/** Whatever nobody reads goes: constants, variables, arrays with their writes, empty loops, tables. */
import type { Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { mapBlocks } from '../rewrite.js';
import { accessesOf } from './effects.js';
import type { Pass } from './pass.js';

/** Drops dead code until none is left. */
export const dropDead: Pass = {
  name: 'drop-dead',
  run: (program: Program) => {
    let current = program;
    for (;;) {
      const read = readSymbols(current.body);
      const body = dropBlock(current.body, read);
      const tables = current.tables.filter((table) => read.has(table.symbol));
      const done = tables.length === current.tables.length && sameLength(body, current.body);
      current = { ...current, body, tables };
      if (done) return current;
    }
  },
};

function readSymbols(block: readonly Statement[]): ReadonlySet<ProgramSymbol> {
  const reads = accessesOf(block).filter((access) => access.kind === 'read');
  return new Set(reads.map((access) => access.symbol));
}

function dropBlock(
  block: readonly Statement[],
  read: ReadonlySet<ProgramSymbol>,
): readonly Statement[] {
  return block
    .map((statement) => mapBlocks(statement, (inner) => dropBlock(inner, read)))
    .filter((statement) => {
      switch (statement.kind) {
        case 'const':
        case 'let':
        case 'allocate':
        case 'assign':
        case 'append':
          return read.has(statement.symbol);
        case 'for':
        case 'for-of':
          return statement.body.length > 0;
        case 'if':
          return statement.then.length + statement.otherwise.length > 0;
        case 'return':
          return true;
      }
    });
}

function sameLength(first: readonly Statement[], second: readonly Statement[]): boolean {
  return size(first) === size(second);
}

function size(block: readonly Statement[]): number {
  let count = 0;
  for (const statement of block) {
    count++;
    if (statement.kind === 'for' || statement.kind === 'for-of') count += size(statement.body);
    if (statement.kind === 'if') count += size(statement.then) + size(statement.otherwise);
  }
  return count;
}
