/**
 * Equal constants are one: the first of them that is in scope stands for all.
 *
 *   const left = cells[i - 1] === 1; … const left2 = cells[i - 1] === 1;   →   one `left`
 *
 * Expressions have no effects, so two of them are equal while nothing that they read is written in
 * between. A loop's body runs again after its own writes, so what it writes is written before it, too.
 */
import { ref } from '../../ir/program-builders.js';
import { operandsOf } from '../../ir/program-walk.js';
import type { Expression, Program, ProgramSymbol, Statement } from '../../ir/program.js';
import { blocksOf, mapBlocks, mapExpressions, substituteSymbols } from '../rewrite.js';
import { accessesOf, keyOf } from './effects.js';
import type { Pass } from './pass.js';

/** Merges the constants of a block, and those of inner blocks with the ones around them. */
export const mergeConstants: Pass = {
  name: 'merge-constants',
  run: (program: Program) => ({ ...program, body: new Merger().block(program.body, new Map()) }),
};

/** A constant that is still what its expression says. */
interface Known {
  readonly symbol: ProgramSymbol;
  readonly reads: ReadonlySet<ProgramSymbol>;
}

/** The known constants in scope, by the keys of their expressions. */
type Scope = Map<string, Known>;

class Merger {
  /** For each constant that is gone, the one that stands for it. */
  private readonly merged = new Map<ProgramSymbol, Expression>();
  private readonly numbers = new Map<ProgramSymbol, number>();

  /** The block without what it, or the blocks around it, say before. */
  block(statements: readonly Statement[], outer: ReadonlyMap<string, Known>): readonly Statement[] {
    const scope: Scope = new Map(outer);
    return statements.flatMap((statement) => {
      const renamed = mapExpressions(statement, (value) => substituteSymbols(value, this.merged));
      if (renamed.kind === 'const' && this.isKnown(renamed, scope)) return [];
      const written = writtenBy(renamed);
      const isLoop = renamed.kind === 'for' || renamed.kind === 'for-of';
      if (isLoop) forget(scope, written);
      const changed = mapBlocks(renamed, (inner) => this.block(inner, scope));
      forget(scope, written);
      return [changed];
    });
  }

  /** Whether an earlier constant stands for this one from here on; else this one is known. */
  private isKnown(
    { symbol, value, comment }: Extract<Statement, { readonly kind: 'const' }>,
    scope: Scope,
  ): boolean {
    // A second name for a literal or for another name is there for its word.
    if (operandsOf(value).length === 0 || comment !== undefined) return false;
    const key = keyOf(value, this.numbers);
    const known = scope.get(key);
    if (known !== undefined) {
      this.merged.set(symbol, ref(known.symbol));
      return true;
    }
    const reads = new Set(accessesOf([{ kind: 'return', value }]).map((access) => access.symbol));
    scope.set(key, { symbol, reads });
    return false;
  }
}

function forget(scope: Scope, written: readonly ProgramSymbol[]): void {
  if (written.length === 0) return;
  for (const [key, { reads }] of scope) {
    if (written.some((symbol) => reads.has(symbol))) scope.delete(key);
  }
}

/** What a statement, or one inside it, assigns to. */
function writtenBy(statement: Statement): readonly ProgramSymbol[] {
  if (statement.kind !== 'assign' && blocksOf(statement).length === 0) return [];
  const writes = accessesOf([statement]).filter(({ kind }) => kind !== 'read');
  return [...new Set(writes.map(({ symbol }) => symbol))];
}
