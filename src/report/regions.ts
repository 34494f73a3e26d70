/**
 * Regions, factors and indices in a formula's notation: `image[:, column]`, `(i + 1) mod 8`, `2^(7 − p)`;
 * and the name of the connectivity pattern that a region makes along its source's axes.
 *
 * p, q, r stand for the position along the first, second, third axis of the source.
 */
import type {
  AxisAccess,
  Cluster,
  Factor,
  Follow,
  IndexExpression,
  Region,
} from '../ir/cluster.js';
import { signedText, withFactor } from './numbers.js';

/** Longer lists of positions are cut. */
const MOST_LISTED = 8;

const LETTERS = 'ijklmn';
const POSITIONS = 'pqr';

/** How a list of positions that follows no formula is written. */
export type ListText = (values: readonly number[]) => string;

/** One distinct name for each axis of a cluster: its domain word, else a letter. */
export function axisNames({ axes }: Pick<Cluster, 'axes'>): readonly string[] {
  const names: string[] = [];
  axes.forEach(({ name }, axis) => {
    const wanted = name ?? (axis < LETTERS.length ? LETTERS[axis] : `i${axis}`);
    names.push(names.includes(wanted) ? `${wanted}${axis + 1}` : wanted);
  });
  return names;
}

/** What the position along a source axis is called: `p`, `q`, `r`, then `p3`, … */
export function positionName(axis: number): string {
  return POSITIONS.charAt(axis) || `p${axis}`;
}

/**
 * `source[access, access]` with the given names of the iterators: `:` is a whole axis, `from:to:step`
 * a range without its end. An axis whose position others (or factors) speak of shows its name.
 */
export function regionText(
  source: string,
  { accesses }: Region,
  names: readonly string[],
  list: ListText = listText,
  factors: readonly Factor[] = [],
): string {
  if (accesses.length === 0) return source;
  const spokenOf = new Set(factors.map(({ axis }) => axis));
  for (const access of accesses) {
    const follow = followOf(access);
    if (follow !== undefined) spokenOf.add(follow.axis);
  }
  const texts = accesses.map((access, axis) => {
    const text = accessText(access, names, list);
    if (access.kind === 'at' || !spokenOf.has(axis)) return text;
    return access.kind === 'all' ? positionName(axis) : `${positionName(axis)} = ${text}`;
  });
  return `${source}[${texts.join(', ')}]`;
}

/** What kind of cells a region takes, as one of the pattern names of the report. */
export function patternOf({ accesses }: Region): string {
  const followers = accesses.filter((access) => followOf(access) !== undefined);
  if (followers.some(({ kind }) => kind === 'at')) return 'diagonal';
  if (followers.length > 0) return 'triangle';
  const kinds = new Set(accesses.map(({ kind }) => kind));
  if (kinds.has('list')) return 'list';
  if (kinds.has('range')) return rangePattern(accesses);
  if (!kinds.has('at')) return accesses.length === 0 ? 'single' : 'all';
  if (!kinds.has('all')) return sharesIterator(accesses) ? 'diagonal' : 'single';
  return accesses.filter(({ kind }) => kind === 'all').length === 1 ? 'line' : 'box';
}

/** Whether a region is one cell (or, at the border, none). */
export function isSingleCell({ accesses }: Region): boolean {
  return accesses.every((access) => access.kind === 'at');
}

/** An index as text. */
export function indexText(
  index: IndexExpression,
  names: readonly string[],
  list: ListText = listText,
): string {
  if (index.kind === 'lookup') return `${list(index.values)}[${names[index.axis]}]`;
  const parts = index.coefficients.flatMap((coefficient, axis) =>
    coefficient === 0 ? [] : [withFactor(coefficient, '·', names[axis])],
  );
  if (index.constant !== 0 || parts.length === 0) parts.push(signedText(index.constant));
  const sum = joinTerms(parts);
  return index.modulus === undefined ? sum : `(${sum}) mod ${index.modulus}`;
}

/** Signed terms (`+ a`, `− b`) as a sum that begins, where it can, with one that is added. */
export function joinTerms(terms: readonly string[]): string {
  const first = terms.findIndex((term) => term.startsWith('+'));
  const ordered = first > 0 ? [terms[first], ...terms.filter((_, at) => at !== first)] : terms;
  return ordered.join(' ').replace(/^\+ /, '').replace(/^− /, '−');
}

/** A factor as text, over the position's name: `2^(7 − p)`, `(3·p + 1)`. */
export function factorText(factor: Factor): string {
  const { slope, offset } = factor;
  const parts = slope === 0 ? [] : [withFactor(slope, '·', positionName(factor.axis))];
  if (offset !== 0 || slope === 0) parts.push(signedText(offset));
  const argument = joinTerms(parts);
  const inner = parts.length === 1 && slope > 0 ? argument : `(${argument})`;
  return factor.kind === 'power' ? `${factor.base}^${inner}` : inner;
}

function accessText(access: AxisAccess, names: readonly string[], list: ListText): string {
  switch (access.kind) {
    case 'all':
      return ':';
    case 'at':
      return followText(indexText(access.index, names, list), access.follow);
    case 'range': {
      const from = followText(indexText(access.from, names, list), access.follow);
      const to = followText(indexText(access.to, names, list), access.follow);
      const step = access.step === 1 ? '' : `:${access.step}`;
      return `${from}:${to}${step}${access.modulus === undefined ? '' : ` mod ${access.modulus}`}`;
    }
    case 'list':
      return list(access.indices);
  }
}

/** `p + 1`, `8 − p`: a position that moves with the one on an earlier axis. */
export function followText(text: string, follow: Follow | undefined): string {
  if (follow === undefined) return text;
  const position = positionName(follow.axis);
  if (text === '0') return follow.slope > 0 ? position : `−${position}`;
  if (follow.slope < 0) return `${text} − ${position}`;
  return text.startsWith('−') ? `${position} − ${text.slice(1)}` : `${position} + ${text}`;
}

/** What an access follows, if it does. */
export function followOf(access: AxisAccess): Follow | undefined {
  return access.kind === 'at' || access.kind === 'range' ? access.follow : undefined;
}

/** `{1, 2, 3}`, cut where it is long. */
export function listText(values: readonly number[]): string {
  const shown = values.slice(0, MOST_LISTED).join(', ');
  return values.length > MOST_LISTED ? `{${shown}, … ${values.length} in all}` : `{${shown}}`;
}

function rangePattern(accesses: readonly AxisAccess[]): string {
  const ranges = accesses.filter((access) => access.kind === 'range');
  if (ranges.some(({ step }) => step > 1)) return 'stride';
  const moves = ranges.map(({ from, to }) => [varies(from), varies(to)]);
  if (moves.some(([from, to]) => from !== to)) return 'triangle';
  return moves.some(([from]) => from) ? 'window' : 'box';
}

/** Whether an index depends on an iterator. */
export function varies(index: IndexExpression): boolean {
  return index.kind === 'lookup' || index.coefficients.some((coefficient) => coefficient !== 0);
}

function sharesIterator(accesses: readonly AxisAccess[]): boolean {
  const seen = new Set<number>();
  for (const access of accesses) {
    if (access.kind !== 'at') continue;
    const { index } = access;
    if (index.kind === 'lookup') continue;
    const axes = index.coefficients.flatMap((factor, axis) => (factor === 0 ? [] : [axis]));
    if (axes.some((axis) => seen.has(axis))) return true;
    axes.forEach((axis) => seen.add(axis));
  }
  return false;
}
