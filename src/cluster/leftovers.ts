/**
 * Decides what becomes of rows that are in no family: a cluster of their own where a short
 * description exists, else one table for all rows that read the same sources.
 */
import { isExtreme } from '../ir/activation-words.js';
import type { Family } from './family.js';
import type { NormalLayer } from './normalise.js';
import type { DescribedLayer } from './orient.js';
import { compareParts } from './parts.js';
import { CELL_COST } from './region.js';
import { MAX_LISTED_CELLS } from './residual.js';
import type { Candidate } from './signatures.js';
import type { SourceMap } from './sources.js';

/** Up to this many cells read as a formula of their own, however many such neurons there are. */
const SHORT_LIST = 2;
/** A sum of more single cells than this is no formula any more: its weights belong into a table. */
const LONG_LIST = 8;
/** The same for cells of a table, which have no names of their own. */
const LONG_UNORDERED_LIST = 4;
/** A lone row told by more regions than this must be much shorter told so than cell by cell: .. */
const FEW_REGIONS = 3;
/** .. at most this share of the list, or any row that is no pattern would be a sum of patterns. */
const MAX_SHARE = 1 / 3;
/** .. and beside rows without any pattern this share. */
const CLEAR_SHARE = 1 / 6;
/** So many different sizes of weights in one row follow from a meaning; more are mere numbers. */
const FEW_SIZES = 2;
/** Lists may hold so many mere numbers in a layer before all of them go into one table. */
const MAX_LISTED_NUMBERS = 8;
/** Lists of positions inside regions may hold so many of them in a layer: more are mere data. */
const MAX_LISTED_POSITIONS = 24;

interface Leftovers {
  readonly lone: readonly Candidate[];
  /** Rows of each table, hidden ones in an order that depends on their weights only. */
  readonly tables: readonly (readonly number[])[];
}

/** So many rows in tables make a layer of data, where they are more than those that say something. */
const MANY_TABLED = 4;

/**
 * The families that are worth their name in a layer of which `tabled` rows are mere data: beside so
 * many rows without a pattern, a few rows at listed positions are alike by chance.
 */
export function familiesBesideData(families: readonly Family[], tabled: number): readonly Family[] {
  const telling = families.filter((family) => !isListed(family));
  const told = telling.reduce((sum, { size }) => sum + size, 0);
  return tabled >= MANY_TABLED && tabled >= told ? telling : families;
}

/** Whether members stand at listed positions, not at such that follow a formula. */
function isListed({ model, parameters }: Family): boolean {
  if (model !== undefined) return false;
  return parameters.some((own) => own.some((value, column) => value !== parameters[0][column]));
}

/** Sorts `rows`, which no family covers. */
export function sortLeftovers(
  described: DescribedLayer,
  rows: readonly number[],
  { tensors }: SourceMap,
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
    const isUnordered = candidate?.terms.some(({ tensor }) => !tensors[tensor].isOrdered);
    const longest = isUnordered === true ? LONG_UNORDERED_LIST : LONG_LIST;
    if (candidate === undefined || listedCells(candidate) > longest) unexplained.push(row);
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
  const given = tellByChance(lone, unexplained.length, layer);
  const kept = lone.filter(({ row }) => !given.includes(row));
  return { lone: kept, tables: groupTables(described, [...unexplained, ...given], pinned) };
}

/**
 * The lone rows whose descriptions say nothing. A row of weights with few different values (a ternary
 * one, say) always is some sum of listed positions; a layer of such rows says no more than its table
 * does. Where most rows are in the table, a row that is not much shorter than its cells, or that has
 * hardly any, is told by chance too.
 */
function tellByChance(
  lone: readonly Candidate[],
  tabled: number,
  { rowStart }: Pick<NormalLayer, 'rowStart'>,
): readonly number[] {
  const positions = lone.reduce((sum, candidate) => sum + listedPositions(candidate), 0);
  const hasLists = (candidate: Candidate): boolean =>
    positions > MAX_LISTED_POSITIONS && listedPositions(candidate) > 0;
  const data = tabled + lone.filter(hasLists).length;
  const isData = data >= MANY_TABLED && data >= lone.length + tabled - data;
  const isWeak = ({ row, cost, terms }: Candidate): boolean => {
    const cells = rowStart[row + 1] - rowStart[row];
    if (cells <= SHORT_LIST) return true;
    return terms.length > 1 && cost > CLEAR_SHARE * CELL_COST * cells;
  };
  return lone.filter((one) => hasLists(one) || (isData && isWeak(one))).map(({ row }) => row);
}

/** The positions that a description lists one by one inside its regions. */
function listedPositions({ terms }: Candidate): number {
  const accesses = terms.flatMap((term) => term.accesses);
  return accesses.reduce((sum, one) => sum + (one.kind === 'list' ? one.indices.length : 0), 0);
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
