/** Accesses as loops: `all` and ranges become counting loops, lists `for … of`; borders are cut. */
import type { AxisAccess } from '../../ir/cluster.js';
import { loop, loopOver, math, num, symbol } from '../../ir/program-builders.js';
import type { Expression, ProgramSymbol, Statement } from '../../ir/program.js';
import type { IndexLowering, Walk } from './indices.js';
import { indexExpression, indexRange } from './indices.js';

/** A loop still without its body. */
export interface LoopHead {
  readonly iterator: ProgramSymbol;
  readonly wrap: (body: readonly Statement[]) => Statement;
  /** True when the iterator may be negative and the body has to ask. */
  readonly mayUnderflow: boolean;
}

/** iterator = 0 .. extent − 1. */
export function fullLoop(hint: string, extent: number): LoopHead {
  const iterator = symbol(hint);
  return { iterator, wrap: (body) => loop(iterator, 0, extent, body), mayUnderflow: false };
}

/** The loop over the positions that an access (not `at`) takes on an axis of this extent. */
export function accessLoop(
  access: Exclude<AxisAccess, { readonly kind: 'at' }>,
  extent: number,
  walks: readonly Walk[],
  hint: string,
  lowering: IndexLowering,
): LoopHead {
  if (access.kind === 'all') return fullLoop(hint, extent);
  const iterator = symbol(hint);
  if (access.kind === 'list') {
    const values = access.indices.filter((position) => position >= 0 && position < extent);
    return { iterator, wrap: (body) => loopOver(iterator, values, body), mayUnderflow: false };
  }
  const [low] = indexRange(access.from, walks);
  const [, high] = indexRange(access.to, walks);
  const first = indexExpression(access.from, walks, lowering);
  const from = low < 0 && access.step === 1 ? atLeastZero(first) : first;
  const last = indexExpression(access.to, walks, lowering);
  const to = high > extent ? atMost(last, extent) : last;
  return {
    iterator,
    wrap: (body) => loop(iterator, from, to, body, { step: access.step }),
    mayUnderflow: low < 0 && access.step !== 1,
  };
}

function atLeastZero(value: Expression): Expression {
  return value.kind === 'number' ? num(Math.max(0, value.value)) : math('max', num(0), value);
}

function atMost(value: Expression, extent: number): Expression {
  return value.kind === 'number'
    ? num(Math.min(extent, value.value))
    : math('min', num(extent), value);
}

/** Loops around a body, the first one outermost. */
export function nest(heads: readonly LoopHead[], body: readonly Statement[]): readonly Statement[] {
  return heads.reduceRight<readonly Statement[]>((inner, head) => [head.wrap(inner)], body);
}
