/**
 * Which states of a scan may be changed where they stand: a stage computes every cell from the state's own
 * cell, and nobody asks for the old one any more.
 *
 *   cell[i] = forget[i] · cell[i] + …   needs no second array;   h[i] = tanh(Σⱼ wᵢⱼ h[j])   does
 */
import { operandsOf } from '../../ir/program-walk.js';
import type { Scan, Stage } from '../../ir/network.js';
import type { Expression, ProgramSymbol } from '../../ir/program.js';

/** For each such state, a position among the body's inputs, the layer of the body that changes it. */
export function statesInPlace({ feeds, body }: Scan): ReadonlyMap<number, number> {
  const { results, layers } = body;
  const found = new Map<number, number>();
  feeds.forEach((feed, input) => {
    if (feed.kind !== 'state') return;
    const result = results[feed.next];
    const isOthers = results.some(
      ({ kind, index }, other) =>
        other !== feed.next && kind === result.kind && index === result.index,
    );
    const isShared =
      feeds.filter((own) => own.kind === 'state' && own.next === feed.next).length > 1;
    const isHandedOn = results.some(({ kind, index }) => kind === 'input' && index === input);
    if (result.kind !== 'layer' || isOthers || isShared || isHandedOn) return;
    const stage = layers[result.index];
    if (stage.kind !== 'stage' || stage.shape.length === 0) return;
    const isReadLater = layers
      .slice(result.index + 1)
      .some(({ sources }) =>
        sources.some(({ kind, index }) => kind === 'input' && index === input),
      );
    if (!isReadLater && readsOwnCell(stage, input)) found.set(input, result.index);
  });
  return found;
}

/** Whether a stage reads an input of its network at no other cell than the one it computes. */
function readsOwnCell({ sources, parameters, iterators, body }: Stage, input: number): boolean {
  const position = sources.findIndex(({ kind, index }) => kind === 'input' && index === input);
  if (position < 0) return true;
  const parameter = parameters[position];
  const isOwn = (indices: readonly Expression[]): boolean =>
    indices.length === iterators.length &&
    indices.every((index, axis) => index.kind === 'symbol' && index.symbol === iterators[axis]);
  return readsOf(body, parameter).every(isOwn);
}

/** The indices of every read of an array in an expression; none for the array as a whole. */
function readsOf(expression: Expression, array: ProgramSymbol): readonly (readonly Expression[])[] {
  const inner = operandsOf(expression).flatMap((operand) => readsOf(operand, array));
  if (expression.kind === 'element' && expression.array === array) {
    return [expression.indices, ...inner];
  }
  return expression.kind === 'symbol' && expression.symbol === array ? [[], ...inner] : inner;
}
