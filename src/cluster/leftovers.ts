/**
 * Decides what becomes of rows that are in no family: a cluster of their own where a short
 * description exists, else one table for all rows that read the same sources.
 */
import { isExtreme } from '../ir/activation-words.js';
import type { DescribedLayer } from './orient.js';
import { compareParts } from './parts.js';
import { CELL_COST } from './region.js';
import { MAX_LISTED_CELLS } from './residual.js';
import type { Candidate } from './signatures.js';

/** Up to this many cells read as a formula of their own, however many such neurons there are. */
const SHORT_LIST = 2;
/** A sum of more single cells than this is no formula any more: its weights belong into a table. */
const LONG_LIST = 8;
/** A lone row told by more regions than this must be much shorter told so than cell by cell: .. */
const FEW_REGIONS = 3;
/** .. at most this share of the list, or any row that is no pattern would be a sum of patterns. */
const MAX_SHARE = 1 / 3;
/** So many different sizes of weights in one row follow from a meaning; more are mere numbers. */
const FEW_SIZES = 2;
/** Lists may hold so many mere numbers in a layer before all of them go into one table. */
const MAX_LISTED_NUMBERS = 8;

interface Leftovers {
  readonly lone: readonly Candidate[];
  /** Rows of each table, hidden ones in an order that depends on their weights only. */
  readonly tables: readonly (readonly number[])[];
}

/** Sorts `rows`, which no family covers. */
export function sortLeftovers(
  described: DescribedLayer,
  rows: readonly number[],
  /** Results stand in their own order; hidden rows have none. */
  pinned: boolean,
): Leftovers {
  const { layer, candidates } = described;
  const lone: Candidate[] = [];
  const listed: Candidate[] = [];
  const unexplained: number[] = [];
  for (const row of rows) {
    const candidate = cheapest(candidates[row]);
    if (candidate !== undefined && isExtreme(layer.activation)) {
      lone.push(candidate);
      continue;
    }
    const cells = layer.rowStart[row + 1] - layer.rowStart[row];
    if (candidate === undefined || listedCells(candidate) > LONG_LIST) unexplained.push(row);
    else if (isAccident(candidate, cells)) unexplained.push(row);
    else if (listedCells(candidate) > SHORT_LIST) listed.push(candidate);
    else lone.push(candidate);
  }
  const cells = listed.reduce((sum, candidate) => sum + listedCells(candidate), 0);
  const numbers = listed.reduce((sum, candidate) => sum + mereNumbers(candidate), 0);
  for (const candidate of listed) {
    const tooMany = mereNumbers(candidate) > 0 && numbers > MAX_LISTED_NUMBERS;
    if (cells > MAX_LISTED_CELLS || tooMany) unexplained.push(candidate.row);
    else lone.push(candidate);
  }
  return { lone, tables: groupTables(described, unexplained, pinned) };
}

function cheapest(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>((best, candidate) => {
    if (best === undefined || candidate.cost < best.cost) return candidate;
    if (candidate.cost > best.cost || candidate.signature >= best.signature) return best;
    return candidate;
  }, undefined);
}

/** Cells of a description that does nothing but list cells; 0 for one that knows a region. */
function listedCells({ terms }: Candidate): number {
  const points = terms.every(({ accesses }) => accesses.every(({ kind }) => kind === 'at'));
  return points ? terms.length : 0;
}

/** True for a sum of many regions that is hardly shorter than its cells. */
function isAccident(candidate: Candidate, cells: number): boolean {
  if (cells <= LONG_LIST || candidate.terms.length <= FEW_REGIONS) return false;
  return candidate.cost > MAX_SHARE * CELL_COST * cells;
}

/** The weights of a list that says nothing about them. */
function mereNumbers({ terms }: Candidate): number {
  const sizes = new Set(terms.map(({ coefficient }) => Math.abs(coefficient)));
  return sizes.size > FEW_SIZES ? terms.length : 0;
}

function groupTables(
  { layer, parts }: DescribedLayer,
  rows: readonly number[],
  pinned: boolean,
): (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const key = parts[row].map(({ tensor }) => tensor).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const byContent = (a: number, b: number): number =>
    compareParts(parts[a], parts[b]) || layer.bias[a] - layer.bias[b];
  const byPlace = (a: number, b: number): number => layer.neurons[a] - layer.neurons[b];
  return [...groups.values()].map((group) => group.sort(pinned ? byPlace : byContent));
}
