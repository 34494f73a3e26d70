/**
 * Regions and indices in words: `image[:, column]`, `(i + 1) mod 8`, and the name of the connectivity
 * pattern that a region makes along its source's axes.
 */
import type { AxisAccess, Cluster, IndexExpression, Region } from '../ir/cluster.js';

/** Longer lists of positions are cut. */
const MOST_LISTED = 8;

const LETTERS = 'ijklmn';

/** One distinct name for each axis of a cluster: its domain word, else a letter. */
export function axisNames({ axes }: Cluster): readonly string[] {
  const names: string[] = [];
  axes.forEach(({ name }, axis) => {
    const wanted = name ?? (axis < LETTERS.length ? LETTERS[axis] : `i${axis}`);
    names.push(names.includes(wanted) ? `${wanted}${axis + 1}` : wanted);
  });
  return names;
}

/**
 * `source[access, access]` with the given names of the iterators: `:` is a whole axis, `from:to:step`
 * a range without its end.
 */
export function regionText(source: string, { accesses }: Region, names: readonly string[]): string {
  if (accesses.length === 0) return source;
  return `${source}[${accesses.map((access) => accessText(access, names)).join(', ')}]`;
}

/** What kind of cells a region takes, as one of the pattern names of the report. */
export function patternOf({ accesses }: Region): string {
  const kinds = new Set(accesses.map(({ kind }) => kind));
  if (kinds.has('list')) return 'list';
  if (kinds.has('range')) return rangePattern(accesses);
  if (!kinds.has('at')) return accesses.length === 0 ? 'single' : 'all';
  if (!kinds.has('all')) return sharesIterator(accesses) ? 'diagonal' : 'single';
  return accesses.filter(({ kind }) => kind === 'all').length === 1 ? 'line' : 'box';
}

/** An index as text. */
export function indexText(index: IndexExpression, names: readonly string[]): string {
  if (index.kind === 'lookup') {
    return `${listText(index.values)}[${names[index.axis]}]`;
  }
  const parts = index.coefficients.flatMap((coefficient, axis) => {
    if (coefficient === 0) return [];
    const size = Math.abs(coefficient);
    return [`${coefficient < 0 ? '−' : '+'} ${size === 1 ? '' : `${size}·`}${names[axis]}`];
  });
  if (index.constant !== 0 || parts.length === 0) {
    parts.push(`${index.constant < 0 ? '−' : '+'} ${Math.abs(index.constant)}`);
  }
  const sum = parts.join(' ').replace(/^\+ /, '').replace(/^− /, '−');
  return index.modulus === undefined ? sum : `(${sum}) mod ${index.modulus}`;
}

function accessText(access: AxisAccess, names: readonly string[]): string {
  switch (access.kind) {
    case 'all':
      return ':';
    case 'at':
      return indexText(access.index, names);
    case 'range': {
      const step = access.step === 1 ? '' : `:${access.step}`;
      return `${indexText(access.from, names)}:${indexText(access.to, names)}${step}`;
    }
    case 'list':
      return listText(access.indices);
  }
}

function listText(values: readonly number[]): string {
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

function varies(index: IndexExpression): boolean {
  return index.kind === 'lookup' || index.coefficients.some((coefficient) => coefficient !== 0);
}

function sharesIterator(accesses: readonly AxisAccess[]): boolean {
  const seen = new Set<number>();
  for (const access of accesses) {
    if (access.kind !== 'at') continue;
    const { index } = access;
    const axes =
      index.kind === 'lookup'
        ? [index.axis]
        : index.coefficients.flatMap((coefficient, axis) => (coefficient === 0 ? [] : [axis]));
    if (axes.some((axis) => seen.has(axis))) return true;
    axes.forEach((axis) => seen.add(axis));
  }
  return false;
}
