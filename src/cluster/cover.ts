/**
 * Decides which families the rows of a layer form: a greedy cover by cost per member. Groups compete
 * with the bias as part of the signature, with the bias left out, and (ladders of thresholds) with the
 * bias as what tells members apart; ties go to the larger family, then to the smaller text, so the
 * order of neurons in the file plays no part.
 */
import { isExtreme } from '../ir/activation-words.js';
import { solveRankBias } from './bias-formula.js';
import { ladderCandidates } from './ladders.js';
import type { Family } from './family.js';
import { stepOf } from './grid.js';
import { buildFamily } from './family.js';
import { formOf } from './forms.js';
import type { NormalLayer } from './normalise.js';
import { compareNumbers } from './order.js';
import type { OrientedLayer } from './orient.js';
import type { Candidate } from './signatures.js';
import type { SourceMap } from './sources.js';
import type { RowFinder } from './template.js';

/** Reading a bias for each member from a list. */
const BIAS_LIST_COST = 0.5;
/** What a neuron costs as a cluster of its own, beside its description. */
const LONE_COST = 1;

/** A group that is not built yet may grow to this many times its candidates. */
const GROWTH = 2;
/** Groups of so few rows may grow beyond them: they are built before they are ranked, .. */
const SMALL_GROUP = 8;
/** .. unless there are more of them than this. */
const MAX_BUILT_EARLY = 200;

/** Single rows may grow to families too, unless so many rows are alone. */
const MAX_SINGLES = 100;

/** Rows that a wider family has beside those of the cheapest: more of them may be families of their own. */
const MAX_LEFT_SHARE = 0.125;

/** A group is also tried in parts, by columns that take at most this many values. */
const MAX_SPLIT_VALUES = 4;

interface Group {
  readonly key: string;
  candidates: readonly Candidate[];
  /** The bias that all members share; `undefined` where each brings its own. */
  readonly bias: number | undefined;
  /** `undefined` until it is built. */
  family: Family | undefined;
  /** Members of the family, or as many as it may have while it is not built. */
  size: number;
  cost: number;
}

/** Families of two or more rows; every row is in at most one. */
export function coverRows(
  { layer, candidates: all, origin }: OrientedLayer,
  finder: RowFinder,
  map: SourceMap,
): Family[] {
  // A row that always says the same joins where a family needs it, but makes no family.
  const candidates = all.map((own, row) => (Number.isNaN(layer.constants[row]) ? own : []));
  const covered = new Uint8Array(layer.neurons.length);
  const isCovered = (row: number): boolean => covered[origin[row]] === 1;
  let groups = groupCandidates(layer, candidates);
  const build = (group: Group): void => {
    group.candidates = group.candidates.filter(({ row }) => !isCovered(row));
    const accepts = (row: number): boolean =>
      !isCovered(row) && (group.bias === undefined || layer.bias[row] === group.bias);
    const family = buildFamily(group.candidates, { map, finder, accepts, origin });
    const isTold = family === undefined || !isExtreme(layer.activation) || isRegular(family);
    group.family = isTold ? family : undefined;
    group.cost = group.family === undefined ? Infinity : totalCost(group.family, layer);
    group.size = group.family?.size ?? 0;
  };
  const families: Family[] = [];
  const cheaper = (best: Group, group: Group): Group => cheaperGroup(best, group, layer);
  const small = groups.filter(({ candidates: own }) => own.length <= SMALL_GROUP);
  if (small.length <= MAX_BUILT_EARLY) small.forEach(build);
  groups = groups.filter(({ cost }) => cost < Infinity);
  while (groups.length > 0) {
    // A group that is not built yet stands with the least it can cost; the best one is built next.
    const best = groups.reduce(cheaper);
    const stale = best.family?.rows.some((row) => row >= 0 && isCovered(row)) ?? true;
    if (stale) build(best);
    else if (best.family !== undefined && best.cost < loneCost(best.family.rows, all)) {
      const taken = widerFamily(best, groups, { isCovered, origin, all }) ?? best.family;
      for (const row of taken.rows) if (row >= 0) covered[origin[row]] = 1;
      families.push(taken);
      build(best);
    } else best.family = undefined;
    groups = groups.filter((group) => group !== best || group.family !== undefined);
  }
  return families;
}

/** Whether positions follow formulas: comparisons of listed cells read better one by one. */
function isRegular({ model, values }: Family): boolean {
  return model !== undefined && values.every((own) => stepOf(own) !== undefined);
}

/**
 * The family of a group, or one that holds it and a few rows more and costs less than these rows as
 * neurons of their own:  a window in 30 places, and 2 around the border  →  32 places on a circle
 */
function widerFamily(
  { family, cost }: Group,
  groups: readonly Group[],
  { isCovered, origin, all }: CoverState,
): Family | undefined {
  if (family === undefined) return undefined;
  const own = new Set(rowsOf(family).map((row) => origin[row]));
  let best: { readonly family: Family; readonly gain: number } | undefined;
  for (const group of groups) {
    const wider = group.family;
    if (wider === undefined || wider.size <= family.size) continue;
    if (wider.size > family.size * (1 + MAX_LEFT_SHARE)) continue;
    const rows = rowsOf(wider);
    const rest = rows.filter((row) => !own.has(origin[row]));
    if (rest.length !== wider.size - family.size || rows.some(isCovered)) continue;
    const gain = cost + loneCost(rest, all) - group.cost;
    if (gain > 0 && gain > (best?.gain ?? 0)) best = { family: wider, gain };
  }
  return best?.family ?? family;
}

interface CoverState {
  readonly isCovered: (row: number) => boolean;
  readonly origin: readonly number[];
  readonly all: readonly (readonly Candidate[])[];
}

function rowsOf({ rows }: Family): number[] {
  return [...rows].filter((row) => row >= 0);
}

function groupCandidates(
  layer: NormalLayer,
  candidates: readonly (readonly Candidate[])[],
): Group[] {
  const groups = new Map<string, { candidates: Candidate[]; bias: number | undefined }>();
  const put = (key: string, bias: number | undefined, candidate: Candidate): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { candidates: [candidate], bias });
    else group.candidates.push(candidate);
  };
  const formless = new Set<string>();
  for (const candidate of candidates.flat()) {
    const bias = layer.bias[candidate.row];
    if (!isExtreme(layer.activation)) put(candidate.signature, undefined, candidate);
    put(`${candidate.signature} bias ${bias}`, bias, candidate);
    if (formless.has(candidate.signature)) continue;
    const form = formOf(candidate);
    if (form === undefined) {
      formless.add(candidate.signature);
      continue;
    }
    if (!isExtreme(layer.activation)) put(`${candidate.signature} form ${form}`, undefined, candidate); // prettier-ignore
    put(`${candidate.signature} form ${form} bias ${bias}`, bias, candidate);
  }
  for (const [key, { candidates: members, bias }] of [...groups]) {
    for (const { column, value, candidate } of splitColumns(members)) {
      put(`${key} column ${column} at ${value}`, bias, candidate);
    }
  }
  for (const candidate of ladderCandidates(layer, candidates)) {
    put(`${candidate.signature} ladder from ${candidate.topBias}`, undefined, candidate);
  }
  // Rows that differ in their bias only stand in the order of the bias, not of the file.
  const compare = (a: Candidate, b: Candidate): number =>
    compareNumbers(a.parameters, b.parameters) || layer.bias[a.row] - layer.bias[b.row];
  for (const group of groups.values()) group.candidates.sort(compare);
  const singles = [...groups.values()].filter((group) => group.candidates.length === 1).length;
  return [...groups]
    .filter(([, group]) => group.candidates.length > 1 || singles <= MAX_SINGLES)
    .map(([key, group]) => ({
      key,
      ...group,
      family: undefined,
      size: GROWTH * group.candidates.length,
      cost: Math.min(...group.candidates.map(({ cost }) => cost)),
    }));
}

/** Members by the value of each column that takes few values: 2 × 50 may be twice 50. */
function splitColumns(
  members: readonly Candidate[],
): { column: number; value: number; candidate: Candidate }[] {
  return members[0].parameters.flatMap((_, column) => {
    const values = new Set<number>();
    for (const { parameters } of members) {
      values.add(parameters[column]);
      if (values.size > MAX_SPLIT_VALUES) return [];
    }
    if (values.size === 1 || members.length < 2 * values.size) return [];
    return members.map((candidate) => ({ column, value: candidate.parameters[column], candidate }));
  });
}

function cheaperGroup(best: Group, group: Group, layer: NormalLayer): Group {
  const difference = group.cost * best.size - best.cost * group.size;
  // Rounding of costs must not decide: equal within a millionth is a tie.
  if (Math.abs(difference) > 1e-6) return difference < 0 ? group : best;
  if (group.size !== best.size) return group.size > best.size ? group : best;
  const natural = weightSum(layer, group) - weightSum(layer, best);
  if (natural !== 0) return natural > 0 ? group : best;
  return group.key < best.key ? group : best;
}

/** Of two opposite families the one with more weight for than against reads better. */
function weightSum({ rowStart, values }: NormalLayer, { candidates }: Group): number {
  const row = candidates.at(0)?.row ?? 0;
  return values.subarray(rowStart[row], rowStart[row + 1]).reduce((sum, value) => sum + value, 0);
}

function totalCost(family: Family, layer: NormalLayer): number {
  const biases = Float64Array.from(family.rows, (row) => (row < 0 ? NaN : layer.bias[row]));
  const distinct = new Set(biases);
  distinct.delete(NaN);
  if (distinct.size <= 1) return family.cost;
  const extents = family.values.map((list) => list.length);
  const follows = solveRankBias(biases, extents) !== undefined;
  return family.cost + LONE_COST + (follows ? 0 : BIAS_LIST_COST * family.size);
}

function loneCost(rows: Iterable<number>, candidates: readonly (readonly Candidate[])[]): number {
  let cost = 0;
  for (const row of rows) {
    if (row < 0) continue;
    const costs = candidates[row].map((candidate) => candidate.cost);
    cost += costs.length === 0 ? Infinity : LONE_COST + Math.min(...costs);
  }
  return cost;
}
