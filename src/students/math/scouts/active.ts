/**
 * Where a teacher can be asked, its answers tell how its function is put together: which variables do
 * not matter, which groups are added or multiplied, which pairs matter through one expression alone.
 * Each such finding makes smaller problems, which the other scouts, and this one again, solve with fresh
 * answers; the parts are put together and fitted as a whole.
 */
import { createEngine } from '../engine/engine.js';
import { call, constant, keyOfFormula } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Candidate, Problem } from '../problem.js';
import { interrogate } from './active/interrogation.js';
import type { Interrogation } from './active/interrogation.js';
import { inTheWhole, mergedProblem, sliceProblem } from './active/parts.js';
import type { Part } from './active/parts.js';
import { measureMerges, measureRelevance, measureSplits } from './active/tests.js';
import type { Split } from './active/tests.js';
import { createBank, SMALL_BANK } from './bank.js';
import { POLYNOMIAL } from './polynomial.js';
import { POWER_LAW } from './power-law.js';
import { RATIONAL } from './rational.js';
import type { Scout } from './scout.js';
import { sumOf } from './shared/build.js';
import { coefficientOf } from './shared/fold.js';
import { createJudgement } from './shared/judgement.js';
import { createShortlist } from './shared/shortlist.js';

const NAME = 'active';
const MOST_POINTS = 120;
/** Findings are tried up to this violation: what they give is judged by fits anyway. */
const MOST_VIOLATION = 0.05;
/** How often a problem may be taken apart, and how many findings are tried each time. */
const MOST_DEPTH = 3;
const MOST_TRIED = [2, 1, 1];
/** Formulas of a part that go into the whole. */
const MOST_ANSWERS = 3;

const CHEAP_SOLVERS: readonly Scout[] = [POWER_LAW, POLYNOMIAL, RATIONAL];
const SOLVERS: readonly Scout[] = [...CHEAP_SOLVERS, createBank('small bank', SMALL_BANK)];

export const ACTIVE: Scout = {
  name: NAME,
  find(problem, countEvaluation) {
    if (problem.ask === undefined) return [];
    return takeApart(problem, 0, { count: countEvaluation, left: MOST_PARTS });
  },
};

/** What the solution of all parts may cost. */
interface Work {
  readonly count: (count: number) => void;
  /** Parts that may still be solved; a count, so that the same problem is always solved alike. */
  left: number;
}

const MOST_PARTS = 5;

/** Formulas found by taking a problem apart. */
function takeApart(problem: Problem, depth: number, work: Work): readonly Candidate[] {
  const teacher = interrogate(problem, MOST_POINTS);
  if (teacher === undefined || depth >= MOST_DEPTH) return [];
  const engine = createEngine(problem);
  const shortlist = createShortlist(engine, NAME);
  const { floor } = createJudgement(engine);
  for (const finding of findingsOn(problem, teacher, depth, work)) {
    const found = finding().map((formula) => shortlist.propose(formula));
    if (found.some((candidate) => candidate !== undefined && candidate.loss <= floor)) break;
  }
  const candidates = shortlist.candidates();
  work.count(engine.evaluations());
  return candidates;
}

/** The best formulas of a part, in the variables of the whole; the scouts take turns until one has it exactly. */
function solve(part: Part, depth: number, work: Work): readonly Formula[] {
  const judgement = createJudgement(createEngine(part.problem));
  const found: Candidate[] = [];
  // Both halves of a split need answers: without work left, the cheap scouts still give theirs.
  const isRich = work.left-- > 0 || depth === 0;
  const solvers = isRich ? [...SOLVERS, deeper(depth, work)] : CHEAP_SOLVERS;
  const isDone = (): boolean => found.some(({ loss }) => loss <= judgement.floor);
  for (const scout of solvers) {
    if (!isDone()) found.push(...scout.find(part.problem, work.count));
  }
  const ranked = found.sort((a, b) => judgement.scoreOf(a) - judgement.scoreOf(b));
  const chosen = new Map<string, Formula>();
  for (const { formula } of ranked) {
    if (chosen.size < MOST_ANSWERS) chosen.set(keyOfFormula(formula), formula);
  }
  return [...chosen.values()].map((formula) => inTheWhole(formula, part));
}

function deeper(depth: number, work: Work): Scout {
  return { name: NAME, find: (problem) => takeApart(problem, depth + 1, work) };
}

/** What makes smaller problems of this one, the surest first, each to be solved when called. */
function findingsOn(
  problem: Problem,
  teacher: Interrogation,
  depth: number,
  work: Work,
): readonly (() => readonly Formula[])[] {
  const relevance = measureRelevance(teacher);
  const most = Math.max(...relevance);
  const relevant = relevance.flatMap((one, index) => (one > IRRELEVANT * most ? [index] : []));
  const solvePart = (part: Part | undefined): readonly Formula[] =>
    part === undefined ? [] : solve(part, depth, work);
  if (relevant.length < teacher.variables) {
    const base = pointOf(
      teacher,
      rowNearMedian(teacher, 0.5, (answer) => answer),
    );
    return [() => solvePart(sliceProblem(problem, relevant, base, (answer) => answer))];
  }
  const splits = measureSplits(teacher).filter(({ violation }) => violation < MOST_VIOLATION);
  const merges = measureMerges(teacher).filter(({ violation }) => violation < MOST_VIOLATION);
  const tried = MOST_TRIED[depth];
  return [
    ...firstOfEach(splits, ({ kind }) => kind)
      .slice(0, tried)
      .map((split) => () => solveSplit(split, problem, teacher, depth, work)),
    ...firstOfEach(merges, ({ pair }) => pair.join())
      .slice(0, tried)
      .map((merge) => () => solvePart(mergedProblem(problem, merge))),
  ];
}

/** A variable that moves the answers by less than this share of what the most important one does. */
const IRRELEVANT = 0.01;

function firstOfEach<T>(items: readonly T[], kindOf: (item: T) => string): readonly T[] {
  const kinds = new Map<string, T>();
  for (const item of items) if (!kinds.has(kindOf(item))) kinds.set(kindOf(item), item);
  return [...kinds.values()];
}

function solveSplit(
  split: Split,
  problem: Problem,
  teacher: Interrogation,
  depth: number,
  work: Work,
): readonly Formula[] {
  const { kind, offset, group, others } = split;
  // A product must not stand near 0 at the base point; sums may stand anywhere.
  const change = (answer: number): number =>
    kind === 'inverse sum' ? 1 / answer : answer - offset;
  const row =
    kind === 'product'
      ? rowNearMedian(teacher, 0.75, (answer) => Math.abs(answer - offset))
      : rowNearMedian(teacher, 0.5, (answer) => answer);
  const base = pointOf(teacher, row);
  const atBase = change(teacher.answers[row]);
  const parts = [group, others].map((indices) => sliceProblem(problem, indices, base, change));
  const [first, second] = parts;
  if (first === undefined || second === undefined) return [];
  const answers = solve(first, depth, work);
  if (answers.length === 0) return [];
  const partners = solve(second, depth, work);
  return answers.flatMap((a) => partners.map((b) => joinParts(split, a, b, atBase, problem)));
}

function joinParts(
  { kind, offset }: Split,
  a: Formula,
  b: Formula,
  atBase: number,
  { settings }: Problem,
): Formula {
  if (kind === 'product') {
    const [left, right] = [coefficientOf(a), coefficientOf(b)];
    const coefficient = (left.coefficient * right.coefficient) / atBase;
    return sumOf([{ coefficient, formula: call('*', left.rest, right.rest) }], offset, settings);
  }
  const terms = [a, b].map((formula) => ({ formula, coefficient: 1 }));
  const sum = sumOf(terms, -atBase, settings);
  return kind === 'sum' ? sum : call('/', constant(1), sum);
}

function pointOf({ points }: Interrogation, row: number): readonly number[] {
  return points.map((column) => column[row]);
}

/** The row whose measure stands at that share of all, in order. */
function rowNearMedian(
  { answers }: Interrogation,
  share: number,
  measure: (answer: number) => number,
): number {
  const order = Array.from(answers, (answer, row) => ({ row, value: measure(answer) }));
  order.sort((a, b) => a.value - b.value);
  return order[Math.floor(share * (order.length - 1))].row;
}
