/**
 * The search for sparse sums of features that give a target: every single feature, all pairs of the
 * simplest and the most promising, functions with a constant inside, alone and beside another feature,
 * and longer sums grown from the best pairs. The best of every complexity are kept.
 */
import { createBuckets } from '../shared/buckets.js';
import type { Sample } from '../shared/sample.js';
import { selectForward } from '../shared/select-terms.js';
import type { FamilyMember } from './families.js';
import { logFeaturesOf } from './features.js';
import type { Feature } from './features.js';
import { searchLine } from './line-search.js';
import { createScreen, visitPairs } from './screen.js';
import type { Ready, Screen } from './screen.js';
import type { Target } from './targets.js';

export interface Dictionary {
  readonly features: readonly Feature[];
  readonly members: readonly FamilyMember[];
}

export interface SearchSizes {
  /** Features whose pairs are all looked at: the simplest, and those that explain most alone. */
  readonly simplest: number;
  readonly promising: number;
  /** Features that functions with a constant inside are paired with. */
  readonly partners: number;
  /** Features, half of them the simplest, half the most promising, that are paired with all others. */
  readonly withAll: number;
  /** Sums kept for each number of terms and complexity. */
  readonly perKind: number;
  readonly mostTerms: number;
}

/** Features whose linear combination is to be fitted. */
export type Combination = readonly Feature[];

const BEAM_WIDTH = 5;
/** Simple features that join functions with a constant inside. */
const MOST_SIMPLE = 40;
/** Families of other targets than y have as many slots for each complexity. */
const PER_FAMILY = 1;

/** Combinations worth fitting, in no particular order. */
export function searchTarget(
  target: Target,
  dictionary: Dictionary,
  sample: Sample,
  sizes: SearchSizes,
): readonly Combination[] {
  const screen = createScreen(target);
  const plain = prepareAll(dictionary.features, screen);
  const factors = target.takesPowers ? prepareAll(logFeaturesOf(dictionary.features), screen) : [];
  const share = factors.length > 0 ? 0.5 : 1;
  const pool = [
    ...poolOf(factors, sizes, share),
    ...poolOf(plain, sizes, factors.length > 0 ? 1 - share : 1),
  ];
  const found = createBuckets<Combination>(sizes.perKind);
  for (const { feature, load } of [...factors, ...plain]) {
    found.offer(feature.complexity, 1 - load ** 2, [feature]);
  }
  const pairs = searchPairs(pool, plain, sizes);
  const partners = [...poolOf(factors, sizes, share), ...plain].slice(0, sizes.partners);
  const members = membersFor(target, dictionary);
  const isWide = target.takesPowers || sizes.withAll > 0;
  return [
    ...found.all(),
    ...(isWide ? growMembers([...partners.slice(0, MOST_SIMPLE), ...members], target, sizes) : []),
    ...pairs.map(({ first, second }) => [first.feature, second.feature]),
    ...searchFamilies(members, partners, screen, sample),
    ...growPairs(pairs, pool, target, sizes),
  ];
}

/** Functions with a constant inside, as factors too where logarithms are fitted. */
function membersFor({ takesPowers }: Target, { members }: Dictionary): readonly FamilyMember[] {
  if (!takesPowers) return members;
  const factors = members.flatMap((member): FamilyMember[] => {
    const column = member.column.map((value) => Math.log(Math.abs(value)));
    // Powers of these are such functions themselves.
    const isUseful = !['exp', 'pow'].includes(member.family) && column.every(Number.isFinite);
    return isUseful ? [{ ...member, kind: 'power', column, line: -1 - member.line }] : [];
  });
  return [...members, ...factors];
}

function prepareAll(features: readonly Feature[], screen: Screen): readonly Ready[] {
  return features
    .map((feature) => screen.prepare(feature))
    .filter((ready): ready is Ready => ready !== undefined);
}

/** The simplest, and the most promising of the rest. */
function poolOf(
  ready: readonly Ready[],
  { simplest, promising }: Pick<SearchSizes, 'simplest' | 'promising'>,
  share: number,
): readonly Ready[] {
  const first = Math.round(simplest * share);
  const rest = ready.slice(first).sort((a, b) => b.load ** 2 - a.load ** 2);
  return [...ready.slice(0, first), ...rest.slice(0, Math.round(promising * share))];
}

interface Pair {
  readonly first: Ready;
  readonly second: Ready;
  readonly left: number;
}

function searchPairs(
  pool: readonly Ready[],
  all: readonly Ready[],
  { perKind, withAll }: SearchSizes,
): readonly Pair[] {
  const found = createBuckets<Pair>(perKind);
  const offer = (left: number, first: Ready, second: Ready, complexity: number): void =>
    found.offer(complexity, left, { first, second, left });
  visitPairs(pool, pool, found.bound, offer);
  const half = withAll / 2;
  const few = poolOf(all, { simplest: half, promising: half }, 1);
  const pooled = new Set(pool);
  const rest = withAll > 0 ? all.filter((ready) => !pooled.has(ready)) : [];
  visitPairs(few, rest, found.bound, offer);
  return found.all();
}

/** The best member of each line, and of each family beside a partner, moved to where it fits best. */
function searchFamilies(
  members: readonly FamilyMember[],
  partners: readonly Ready[],
  screen: Screen,
  sample: Sample,
): readonly Combination[] {
  const ready = members.flatMap((member) => {
    const one = screen.prepare(member);
    return one === undefined ? [] : [{ ...one, member }];
  });
  const lines = createBuckets<FamilyMember>(1);
  for (const { member, load } of ready) lines.offer(member.line, 1 - load ** 2, member);
  const alone = lines.all().flatMap((member) => {
    const point = searchLine(member, undefined, screen, sample);
    return point === undefined ? [] : [point];
  });
  const best = createBuckets<Combination>(PER_FAMILY);
  for (const { left, ready: one } of alone) best.offer(kindOf(one.feature), left, [one.feature]);
  const pairs = createBuckets<{ readonly member: FamilyMember; readonly partner: Ready }>(
    PER_FAMILY,
  );
  for (const one of ready) {
    const bound = (complexity: number): number => pairs.bound(`${one.member.family} ${complexity}`);
    visitPairs([one], partners, bound, (left, _, partner, complexity) => {
      pairs.offer(`${one.member.family} ${complexity}`, left, { member: one.member, partner });
    });
  }
  const moved = pairs.all().flatMap(({ member, partner }) => {
    const point = searchLine(member, partner, screen, sample);
    return point === undefined ? [] : [[point.ready.feature, partner.feature]];
  });
  return [...best.all(), ...moved];
}

function kindOf({ family = '', complexity }: Feature): string {
  return `${family} ${complexity}`;
}

/** Sums of simple features and functions with a constant inside, up to one more than of others. */
function growMembers(
  ready: readonly (Ready | FamilyMember)[],
  { values, roots }: Target,
  { mostTerms }: SearchSizes,
): readonly Combination[] {
  const features = ready.map((one) => ('feature' in one ? one.feature : one));
  const columns = features.map(({ column }) => column);
  const always = [new Float64Array(values.length).fill(1)];
  const options = { always, mostTerms: mostTerms + 1, width: BEAM_WIDTH };
  const sets = selectForward({ columns, target: values, roots }, options);
  return sets.map(({ terms }) => terms.map((index) => features[index]));
}

/** Sums of three and more terms. */
function growPairs(
  pairs: readonly Pair[],
  pool: readonly Ready[],
  { values, roots }: Target,
  { mostTerms }: SearchSizes,
): readonly Combination[] {
  const partners = pairs.flatMap(({ first, second }) => [first, second]);
  const grown = [...new Set([...pool, ...partners])];
  const position = new Map(grown.map((ready, index) => [ready, index]));
  const starts = [...pairs]
    .sort((a, b) => a.left - b.left)
    .slice(0, BEAM_WIDTH)
    .map(({ first, second }) => [position.get(first) ?? 0, position.get(second) ?? 0]);
  if (starts.length === 0) return [];
  const columns = grown.map(({ feature }) => feature.column);
  const always = [new Float64Array(values.length).fill(1)];
  const options = { always, mostTerms, width: BEAM_WIDTH, starts };
  const sets = selectForward({ columns, target: values, roots }, options);
  return sets.map(({ terms }) => terms.map((index) => grown[index].feature));
}
