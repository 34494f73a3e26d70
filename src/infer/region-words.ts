/**
 * Words for regions: what a reader would call the cells that a sum takes. `row` (the whole row of the
 * iterator), `window`, `diagonal`, `inner`, `secondHalf`, `lastColumns`, `preceding`. Hints only: they may
 * be vague, but must never say what is not so.
 */
import type { AxisAccess, ClusterAxis, IndexExpression } from '../ir/cluster.js';
import { positionsOf } from '../ir/region-cells.js';
import { axesOfAccess, fixedIndex } from './positions.js';

/** A region's name, and whether a word for what is added up still belongs after it. */
export interface RegionWord {
  readonly noun: string;
  /** True for `row` (`rowSum`), false for `secondHalf`, which already names a number. */
  readonly open: boolean;
}

/** A source as far as words need it. */
export interface NamedSource {
  readonly extents: readonly number[];
  readonly names: readonly (string | undefined)[];
}

/**
 * What to call the cells that accesses take, over a reader's axes; `undefined` for everything, and where
 * nothing better than `sum` comes to mind.
 */
export function regionWord(
  accesses: readonly AxisAccess[],
  { extents, names }: NamedSource,
  axes: readonly ClusterAxis[],
): RegionWord | undefined {
  const followed = followWord(accesses);
  if (followed !== undefined) return open(followed);
  const moving = accesses.filter(
    (access) => access.kind === 'range' && axesOfAccess(access).length > 0,
  );
  if (moving.length > 0) return open(movingWord(moving, extents, accesses, axes));
  const kept = [...accesses.keys()].filter((axis) => accesses[axis].kind === 'at');
  const cut = [...accesses.keys()].filter((axis) => isCut(accesses[axis]));
  const loose = accesses.length - kept.length;
  if (kept.length > 1 && loose === 1) return open('line');
  if (kept.length === 1) {
    const name = names[kept[0]];
    if (cut.length === 0) return name === undefined ? undefined : open(name);
    const part =
      cut.length === 1 ? partWord(accesses[cut[0]], extents[cut[0]], names[cut[0]]) : undefined;
    return part ?? (name === undefined ? undefined : open(name));
  }
  if (cut.length === 0) return undefined;
  if (cut.length === 1) return partWord(accesses[cut[0]], extents[cut[0]], names[cut[0]]);
  const words = new Set(cut.map((axis) => placeWord(accesses[axis], extents[axis])));
  if (cut.length === accesses.length && words.size === 1 && words.has('middle'))
    return open('inner');
  const corner = cut.length === accesses.length && [...words].every(isEnd);
  return open(corner ? 'corner' : 'block');
}

function open(noun: string): RegionWord {
  return { noun, open: true };
}

/** `diagonal`, `antidiagonal`, `triangle`: accesses that follow another axis. */
function followWord(accesses: readonly AxisAccess[]): string | undefined {
  for (const access of accesses) {
    if (access.kind !== 'at' && access.kind !== 'range') continue;
    if (access.follow === undefined) continue;
    if (access.kind === 'range') return 'triangle';
    return access.follow.slope > 0 ? 'diagonal' : 'antidiagonal';
  }
  return undefined;
}

/** `window`, `pair`, `block` (windows side by side), `preceding` and `following` (from or to an end). */
function movingWord(
  moving: readonly AxisAccess[],
  extents: readonly number[],
  accesses: readonly AxisAccess[],
  axes: readonly ClusterAxis[],
): string {
  const words = new Set(
    moving.map((access) => {
      if (access.kind !== 'range') return 'window';
      const from = fixedIndex(access.from);
      const to = fixedIndex(access.to);
      const extent = extents[accesses.indexOf(access)];
      if (from !== undefined && from <= 0) return 'preceding';
      if (to !== undefined && to >= extent) return 'following';
      if (isTile(access.from, access.to, axes)) return 'block';
      return accesses.length === 1 && isPair(access.from, access.to) ? 'pair' : 'window';
    }),
  );
  const [word] = words;
  return words.size === 1 ? word : 'window';
}

/** Whether the step from one window to the next is its width, so that they lie side by side. */
function isTile(from: IndexExpression, to: IndexExpression, axes: readonly ClusterAxis[]): boolean {
  if (from.kind === 'lookup' || to.kind === 'lookup') return false;
  const width = to.constant - from.constant;
  const steps = from.coefficients.filter((step) => step !== 0).map(Math.abs);
  return axes.length > 0 && width > 1 && steps.length === 1 && steps[0] === width;
}

/** Whether a window holds two neighbours. */
function isPair(from: IndexExpression, to: IndexExpression): boolean {
  return from.kind === 'affine' && to.kind === 'affine' && to.constant - from.constant === 2;
}

/** Whether an access takes less than its axis, whatever the iterators. */
function isCut(access: AxisAccess): boolean {
  return access.kind === 'range' || access.kind === 'list';
}

/** The part of one axis: `firstRows`, `secondHalf`, `evenRows`; open where the axis has no name. */
function partWord(access: AxisAccess, extent: number, name: string | undefined): RegionWord {
  const place = placeWord(access, extent);
  if (place.endsWith('Half')) return { noun: place, open: false };
  return name === undefined ? open(place) : open(`${place} ${name}`);
}

/** `first`, `last`, `middle`, `firstHalf`, `secondHalf`, `even`, `odd`, else `chosen`. */
function placeWord(access: AxisAccess, extent: number): string {
  const positions = positionsOf(access, [], extent);
  const first = positions.at(0) ?? 0;
  const last = positions.at(-1) ?? 0;
  const count = positions.length;
  if (last - first + 1 === count) {
    if (count * 2 === extent && first === 0) return 'firstHalf';
    if (count * 2 === extent && last === extent - 1) return 'secondHalf';
    return first === 0 ? 'first' : last === extent - 1 ? 'last' : 'middle';
  }
  const alternate = positions.every((position, rank) => position === first + 2 * rank);
  if (alternate && first < 2 && last >= extent - 2) return first === 0 ? 'even' : 'odd';
  return 'chosen';
}

function isEnd(word: string): boolean {
  return word === 'first' || word === 'last' || word.endsWith('Half');
}

/** Offsets of a cell on a line and in a table, as a reader would call them. */
const BESIDE: Readonly<Record<string, string>> = { '-1': 'left', '0': 'center', '1': 'right' };
const AFTER: Readonly<Record<string, string>> = { '-1': 'previous', '0': 'current', '1': 'next' };
const AROUND: Readonly<Record<string, string>> = {
  '-1,-1': 'aboveLeft',
  '-1,0': 'above',
  '-1,1': 'aboveRight',
  '0,-1': 'left',
  '0,0': 'center',
  '0,1': 'right',
  '1,-1': 'belowLeft',
  '1,0': 'below',
  '1,1': 'belowRight',
};

/** Names of axes along which time passes: neighbours are before and after, not left and right. */
const TIMES = /^(time|step|tick|second|minute|hour|day|week|month|year|turn|round)$/i;

/**
 * The neighbour that a cell is, among the cells read beside it: `left`, `above`, `next`. Offsets are
 * counted from the middle where the cells read are 0, 1 and 2 away.
 */
export function neighbourWord(
  accesses: readonly AxisAccess[],
  others: readonly (readonly AxisAccess[])[],
  names: readonly (string | undefined)[],
): string | undefined {
  const offsets = accesses.map((access, axis) => {
    const own = offsetOf(access);
    if (own === undefined) return undefined;
    const all = others.flatMap((other) => offsetOf(other.at(axis) ?? access) ?? []);
    const [least, most] = [Math.min(own, ...all), Math.max(own, ...all)];
    return least === 0 && most === 2 ? own - 1 : own;
  });
  if (offsets.some((offset) => offset === undefined)) return undefined;
  if (offsets.length === 2) return AROUND[offsets.join()];
  if (offsets.length !== 1) return undefined;
  const words = TIMES.test(names[0] ?? '') ? AFTER : BESIDE;
  return words[String(offsets[0])];
}

/** k where an access reads one iterator plus k; the shorter way round where it wraps. */
function offsetOf(access: AxisAccess): number | undefined {
  if (access.kind !== 'at' || access.index.kind === 'lookup' || access.follow !== undefined) {
    return undefined;
  }
  const { constant, coefficients, modulus } = access.index;
  const steps = coefficients.filter((step) => step !== 0);
  if (steps.length !== 1 || steps[0] !== 1) return undefined;
  return modulus !== undefined && constant > modulus / 2 ? constant - modulus : constant;
}
