/** How to read the notation: a line for each sign that the account uses, and for no other. */
import type { AxisAccess, Cluster, ClusterGraph, RegionTerm } from '../../ir/cluster.js';
import { followOf, isSingleCell } from '../regions.js';
import { LINE_WIDTH, wrapText } from './text.js';

interface Entry {
  readonly sign: string;
  readonly meaning: string;
  readonly used: (facts: Facts) => boolean;
}

interface Facts {
  readonly clusters: readonly Cluster[];
  readonly terms: readonly RegionTerm[];
  readonly accesses: readonly AxisAccess[];
}

const ENTRIES: readonly Entry[] = [
  {
    sign: 'cluster',
    meaning:
      'neurons that do the same at different places; the formula gives the value of each, ' +
      'the names in it (such as row) count from 0',
    used: () => true,
  },
  {
    sign: 'Σ x[:, i]',
    meaning: 'adds up cells of x: `:` is a whole axis',
    used: ({ terms, accesses }) =>
      terms.some(({ region }) => !isSingleCell(region)) &&
      accesses.some(({ kind }) => kind === 'all'),
  },
  {
    sign: 'a:b',
    meaning: 'a, a + 1, … up to b − 1 (a:b:2 takes every second of them)',
    used: ({ accesses }) => accesses.some(({ kind }) => kind === 'range'),
  },
  {
    sign: 'mod n',
    meaning: 'positions wrap round at n',
    used: ({ accesses }) => accesses.some(wraps),
  },
  {
    sign: 'p, q, r',
    meaning: 'the position along the first, second, third axis of what is read',
    used: ({ terms, accesses }) =>
      terms.some(({ factors }) => factors !== undefined) ||
      accesses.some((access) => followOf(access) !== undefined),
  },
  {
    sign: 'sign',
    meaning: '−1, 0 or 1: the sign of the sum',
    used: ({ clusters }) => clusters.some(({ activation }) => activation.kind === 'sign'),
  },
  {
    sign: 'step',
    meaning: '1 where the sum is above 0, else 0',
    used: ({ clusters }) => clusters.some(({ activation }) => activation.kind === 'step'),
  },
  {
    sign: 'softmax',
    meaning: 'positive shares of 1 over the whole layer',
    used: ({ clusters }) => clusters.some(({ activation }) => activation.kind === 'softmax'),
  },
];

/** The section that explains the notation of a graph's account. */
export function legendLines({ clusters }: ClusterGraph): readonly string[] {
  const terms = clusters.flatMap((cluster) => cluster.terms.filter(isRegion));
  const facts = { clusters, terms, accesses: terms.flatMap(({ region }) => region.accesses) };
  const used = ENTRIES.filter((entry) => entry.used(facts));
  const width = Math.max(...used.map(({ sign }) => sign.length));
  const lines = used.flatMap(({ sign, meaning }) =>
    wrapText(`${sign.padEnd(width)}  ${meaning}`, LINE_WIDTH - 2, width + 2).map(
      (line) => `  ${line}`,
    ),
  );
  return ['HOW TO READ IT', '', ...lines];
}

function isRegion(term: Cluster['terms'][number]): term is RegionTerm {
  return term.kind === 'region';
}

function wraps(access: AxisAccess): boolean {
  if (access.kind === 'range') return access.modulus !== undefined;
  return (
    access.kind === 'at' && access.index.kind === 'affine' && access.index.modulus !== undefined
  );
}
