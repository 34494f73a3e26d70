/**
 * Signatures: what members of a family share. A signature holds coefficients and kinds of access and
 * leaves positions out; the positions become the member's parameters, one column for each.
 *
 *   +1·image[:, 3] −1·image[5, :]   →   "+1·image[:, at] −1·image[at, :]",  parameters (3, 5)
 */
import type { Factor, Follow } from '../ir/cluster.js';
import type { NormalLayer } from './normalise.js';
import { compareNumbers } from './order.js';
import type { Access, PlacedRegion } from './region.js';

export interface PlacedTerm extends PlacedRegion {
  /** Position in SourceMap.tensors. */
  readonly tensor: number;
}

/** One way to tell one row. */
export interface Candidate {
  readonly row: number;
  readonly terms: readonly PlacedTerm[];
  readonly cost: number;
  readonly signature: string;
  /** Positions in the order of the terms: `at` gives one, `range` two (from, to). */
  readonly parameters: readonly number[];
  /**
   * Where the bias tells members apart: the last parameter is how far it lies below this. Absent: the
   * bias is no parameter.
   */
  readonly topBias?: number;
}

/** Sums of a row's weights within this of each other are equal; 0 where sums are exact. */
export function rowTolerance(layer: NormalLayer, row: number): number {
  if (layer.tolerance === 0) return 0;
  let largest = 0;
  for (let k = layer.rowStart[row]; k < layer.rowStart[row + 1]; k++) {
    largest = Math.max(largest, Math.abs(layer.values[k]));
  }
  return largest * layer.tolerance;
}

/** The candidate that tells `row` as the sum of `terms`. */
export function makeCandidate(row: number, terms: readonly PlacedTerm[], cost: number): Candidate {
  const keyed = terms.map((term) => ({ term, text: signatureOf(term), at: parametersOf(term) }));
  keyed.sort((a, b) => {
    if (a.text !== b.text) return a.text < b.text ? -1 : 1;
    const part = a.at.findIndex((value, k) => value !== b.at[k]);
    return part < 0 ? 0 : a.at[part] - b.at[part];
  });
  let signature = '';
  const parameters: number[] = [];
  for (const { text, at } of keyed) {
    signature += signature === '' ? text : ` ${text}`;
    for (const parameter of at) parameters.push(parameter);
  }
  return { row, terms: keyed.map(({ term }) => term), cost, signature, parameters };
}

/** A candidate and which of its terms say the same as the one before, but for their positions. */
export interface Model extends Candidate {
  readonly repeats: readonly boolean[];
}

/** A candidate as a model for other rows. */
export function modelOf(candidate: Candidate): Model {
  const texts = candidate.terms.map(signatureOf);
  return { ...candidate, repeats: texts.map((text, k) => k > 0 && text === texts[k - 1]) };
}

/** Whether `terms`, those of a model moved elsewhere, have its signature: only positions differ. */
export function keepsSignature({ terms: own }: Model, terms: readonly PlacedTerm[]): boolean {
  return terms.every(({ accesses }, k) =>
    accesses.every((access, axis) => isAlike(access, own[k].accesses[axis])),
  );
}

function isAlike(a: Access, b: Access): boolean {
  if (a === b) return true;
  if (a.kind === 'at') return b.kind === 'at' && a.modulus === b.modulus && a.follow === b.follow;
  return (
    a.kind === 'range' &&
    b.kind === 'range' &&
    a.step === b.step &&
    a.modulus === b.modulus &&
    a.follow === b.follow &&
    a.open === b.open
  );
}

/** The same as makeCandidate for terms of which `keepsSignature` says so. */
export function placeModel(model: Model, row: number, terms: readonly PlacedTerm[]): Candidate {
  const { cost, signature, repeats } = model;
  const ordered = terms.map((term) => ({ term, at: parametersOf(term) }));
  for (let k = 1; k < ordered.length; k++) {
    for (let j = k; repeats[j] && compareNumbers(ordered[j].at, ordered[j - 1].at) < 0; j--) {
      [ordered[j - 1], ordered[j]] = [ordered[j], ordered[j - 1]];
    }
  }
  const parameters: number[] = [];
  for (const { at } of ordered) for (const parameter of at) parameters.push(parameter);
  return { row, terms: ordered.map(({ term }) => term), cost, signature, parameters };
}

function signatureOf({ tensor, coefficient, accesses, factors }: PlacedTerm): string {
  let text = `${String(tensor).padStart(6, '0')}[`;
  for (let axis = 0; axis < accesses.length; axis++) {
    if (axis > 0) text += ',';
    text += kindText(accesses[axis]);
  }
  text += `]*${coefficient}`;
  for (const factor of factors ?? []) text += factorText(factor);
  return text;
}

function factorText(factor: Factor): string {
  const { kind, axis, slope, offset } = factor;
  const base = factor.kind === 'power' ? `${factor.base}^` : '';
  return `*${kind}${axis}:${base}${slope}+${offset}`;
}

function kindText(access: Access): string {
  switch (access.kind) {
    case 'all':
      return ':';
    case 'at':
      return `@${wrapText(access)}${followText(access.follow)}`;
    case 'range':
      return `r${access.step}${wrapText(access)}${followText(access.follow)}${openText(access)}`;
    case 'list':
      return `{${access.indices.join()}}`;
  }
}

function wrapText({ modulus }: { readonly modulus?: number }): string {
  return modulus === undefined ? '' : 'w';
}

function followText(follow: Follow | undefined): string {
  return follow === undefined ? '' : `${follow.slope < 0 ? '-' : '+'}x${follow.axis}`;
}

function openText({ open }: { readonly open?: string }): string {
  return open === undefined ? '' : ` open ${open}`;
}

function parametersOf({ accesses }: PlacedTerm): number[] {
  const parameters: number[] = [];
  for (const access of accesses) {
    if (access.kind === 'at') parameters.push(access.index);
    else if (access.kind === 'range') parameters.push(access.from, access.to);
  }
  return parameters;
}
