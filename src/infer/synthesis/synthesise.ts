/**
 * From a finite table to the cheapest expression found that equals it on every state. Large tables
 * are searched on a sample of their states, which grows by counterexamples; whatever the search
 * returns is evaluated on all states before it leaves this file.
 */
import type { Expression } from '../../ir/program.js';
import { costOf } from '../cost.js';
import { mismatches } from './evaluate.js';
import type { Synthesis, SynthesisProblem } from './problem.js';
import { DEFAULT_EFFORT, MAX_STATES } from './problem.js';
import { dropIrrelevant, isFunction, restrictStates } from './relevance.js';
import { searchTable, type Found } from './search.js';
import { decisionTree } from './tree.js';
import { tidy } from './tidy.js';
import { signExpression, thresholdExpression } from './threshold.js';
import { countView, substitute } from './symmetry.js';
import { Work } from './work.js';

/** Tables up to this many states are searched whole. */
const SAMPLE_LIMIT = 512;
/** States of the first sample, and states added after each wrong answer. */
const FIRST_SAMPLE = 192;
const MAX_COUNTEREXAMPLES = 48;
const MAX_ROUNDS = 16;
/** Share of the effort for the view in which interchangeable cells are a count. */
const VIEW_SHARE = 0.4;

function checkShapes(problem: SynthesisProblem): void {
  const { features, columns, states, target } = problem;
  const whole = columns.every((column) => column.length === states) && target.length === states;
  if (columns.length !== features.length || !whole) {
    throw new RangeError('a table needs one column per feature and one value per state');
  }
  for (const { kind, symbol } of features) {
    if ((kind === 'boolean') !== (symbol.type.scalar === 'boolean')) {
      throw new RangeError(`feature ${symbol.hint}: kind ${kind}, but a ${symbol.type.scalar}`);
    }
  }
}

/** Spread over the table, every target value represented. */
function firstSample(problem: SynthesisProblem): Set<number> {
  const chosen = new Set<number>();
  const seen = new Map<number, number>();
  for (let state = 0; state < problem.states; state++) {
    const times = seen.get(problem.target[state]) ?? 0;
    seen.set(problem.target[state], times + 1);
    if (times < 2 && seen.size <= FIRST_SAMPLE / 4) chosen.add(state);
  }
  const stride = problem.states / FIRST_SAMPLE;
  // The golden ratio keeps the spread free of the period of any feature.
  for (let k = 0; k < FIRST_SAMPLE; k++) {
    const jitter = (k * 0.6180339887498949) % 1;
    chosen.add(Math.min(problem.states - 1, Math.floor((k + jitter) * stride)));
  }
  return chosen;
}

/** Search on a growing sample; an answer counts only when the whole table agrees. */
function searchBySample(problem: SynthesisProblem, work: Work): Found | undefined {
  const chosen = firstSample(problem);
  for (let round = 0; round < MAX_ROUNDS && !work.exhausted; round++) {
    const states = [...chosen].sort((a, b) => a - b);
    const found = searchTable(restrictStates(problem, states), problem, work.child(0.5));
    if (found === undefined) return undefined;
    const wrong = mismatches(found.term.expression, problem, problem.states);
    if (wrong.length === 0) return found;
    const step = Math.max(1, Math.floor(wrong.length / MAX_COUNTEREXAMPLES));
    for (let k = 0; k < wrong.length; k += step) chosen.add(wrong[k]);
  }
  return undefined;
}

/** The best of one view of the table; an expression over the view's features. */
function searchView(problem: SynthesisProblem, work: Work): Candidate | undefined {
  const found =
    problem.states <= SAMPLE_LIMIT
      ? searchTable(problem, problem, work)
      : searchBySample(problem, work);
  if (found === undefined) return undefined;
  const { expression } = found.term;
  return { expression, quality: found.minimal ? 'minimal' : 'best-found' };
}

interface Candidate {
  readonly expression: Expression;
  readonly quality: Synthesis['quality'];
}

/** All that the rules and the search have to say about a table without irrelevant features. */
function candidatesFor(problem: SynthesisProblem, work: Work): Candidate[] {
  const candidates: (Candidate | undefined)[] = [];
  for (const rule of [thresholdExpression, signExpression]) {
    const expression = rule(problem, work);
    if (expression !== undefined) candidates.push({ expression, quality: 'best-found' });
  }
  const view = countView(problem);
  if (view !== undefined) {
    const counted = searchView(view.problem, work.child(VIEW_SHARE));
    if (counted !== undefined) {
      const expression = substitute(counted.expression, view.meaning);
      candidates.push({ expression, quality: 'best-found' });
    }
  }
  candidates.push(searchView(problem, work.child(1)));
  return candidates.filter((candidate) => candidate !== undefined);
}

/**
 * The cheapest expression found that equals the table on every state, evaluated on all of them.
 * Deterministic: effort is counted in candidates, not in time. `undefined` when the table is empty,
 * contradicts itself (equal features, different targets) or has more than `MAX_STATES` states.
 * Throws a RangeError for columns of wrong length and for a feature whose kind its symbol denies.
 */
export function synthesise(problem: SynthesisProblem): Synthesis | undefined {
  checkShapes(problem);
  if (problem.states === 0 || problem.states > MAX_STATES || !isFunction(problem)) return undefined;
  const relevant = dropIrrelevant(problem);
  const work = new Work(problem.effort ?? DEFAULT_EFFORT);
  const readings = new Map(problem.features.map(({ symbol, cost }) => [symbol, cost ?? 1]));
  const answers = candidatesFor(relevant, work)
    // Equal hashes of different tables could make the search wrong; such an answer does not count.
    .filter(({ expression }) => mismatches(expression, relevant, 1).length === 0)
    .map(({ expression, quality }): Synthesis => {
      const tidied = tidy(expression, relevant);
      const cost = costOf(tidied, (symbol) => readings.get(symbol) ?? 1);
      return { expression: tidied, cost, quality };
    });
  const fallback = (): Synthesis => {
    const expression = decisionTree(relevant);
    const cost = costOf(expression, (symbol) => readings.get(symbol) ?? 1);
    return { expression, cost, quality: 'table' };
  };
  const best =
    answers.length === 0
      ? fallback()
      : answers.reduce((kept, next) => (next.cost < kept.cost ? next : kept));
  if (mismatches(best.expression, problem, 1).length > 0) {
    throw new Error('a synthesised expression differs from its table');
  }
  return best;
}
