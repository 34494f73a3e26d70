/**
 * A genome under construction: one buffer that every mutation writes its child into, from pieces of the
 * parents and from random nodes. What does not fit is cut off and said, never written.
 */
import { CONSTANT, VARIABLE } from '../engine/tape.js';
import { MOST_NODES } from './genome.js';
import type { Genome } from './genome.js';

export interface Draft extends Genome {
  length: number;
  /** Whether more was written than a genome holds; such a child is thrown away. */
  isTooLong: boolean;
}

export function createDraft(): Draft {
  return {
    length: 0,
    isTooLong: false,
    codes: new Uint8Array(MOST_NODES),
    values: new Float64Array(MOST_NODES),
  };
}

export function clearDraft(draft: Draft): void {
  draft.length = 0;
  draft.isTooLong = false;
}

export function pushNode(draft: Draft, code: number, value: number): void {
  if (draft.length === MOST_NODES) {
    draft.isTooLong = true;
    return;
  }
  draft.codes[draft.length] = code;
  draft.values[draft.length] = value;
  draft.length++;
}

export function pushOperator(draft: Draft, code: number): void {
  pushNode(draft, code, 0);
}

export function pushConstant(draft: Draft, value: number): void {
  // There is one zero only: text and JSON do not keep the other one.
  pushNode(draft, CONSTANT, value === 0 ? 0 : value);
}

export function pushVariable(draft: Draft, index: number): void {
  pushNode(draft, VARIABLE, index);
}

/** Appends the nodes `from` to `to` (left out) of a genome. */
export function pushPiece(draft: Draft, source: Genome, from: number, to: number): void {
  if (draft.length + to - from > MOST_NODES) {
    draft.isTooLong = true;
    return;
  }
  const { codes, values } = draft;
  let at = draft.length;
  for (let k = from; k < to; k++, at++) {
    codes[at] = source.codes[k];
    values[at] = source.values[k];
  }
  draft.length = at;
}
