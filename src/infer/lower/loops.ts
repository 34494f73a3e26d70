/** Loops still without their bodies, and how they are wrapped around one. */
import { loop, symbol } from '../../ir/program-builders.js';
import type { ProgramSymbol, Statement } from '../../ir/program.js';
import type { IteratorFacts } from './linear.js';
import { constantForm } from './linear.js';

/** A loop still without its body. */
export interface LoopHead {
  readonly iterator: ProgramSymbol;
  readonly wrap: (body: readonly Statement[]) => Statement;
}

/** iterator = 0 .. extent − 1. */
export function fullLoop(hint: string, extent: number, facts: IteratorFacts): LoopHead {
  const iterator = symbol(hint);
  facts.assume(iterator, [constantForm(0)], [constantForm(extent)]);
  return { iterator, wrap: (body) => loop(iterator, 0, extent, body) };
}

/** Loops around a body, the first one outermost. */
export function nest(heads: readonly LoopHead[], body: readonly Statement[]): readonly Statement[] {
  return heads.reduceRight<readonly Statement[]>((inner, head) => [head.wrap(inner)], body);
}
