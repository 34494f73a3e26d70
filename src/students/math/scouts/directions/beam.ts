/**
 * Fields with fewer and fewer expressions: merges of two at a time, the most promising ones kept at every
 * step. A merge that loses little of the directions may still be wrong, and one that loses nothing may be
 * simple or not: so several go on, and whole formulas decide.
 */
import { complexityOf } from '../../complexity.js';
import { keyOfFormula } from '../../formula.js';
import type { Formula } from '../../formula.js';
import type { Settings } from '../../problem.js';
import { mergeField } from './field.js';
import type { Field } from './field.js';
import { mergesOf } from './merge.js';
import type { Merge } from './merge.js';

/** Fields kept at every step. */
const WIDTH = 10;
/** Merges of one pair that go on: the closest, and simpler ones that are nearly as close. */
const PER_PAIR = 4;
/** A merge that loses this many times more than the closest of its pair is no candidate. */
const MOST_TIMES = 4;
/** Loss of directions below which merges are equally good: measured gradients are no better. */
const NOISE = 1e-9;
/** A merge that loses more of the directions than this is none. */
const MOST_LOST = 0.05;
/** How much more may be lost for a node less. */
const NODE_FACTOR = 1.25;

/** The fields of every step, the best first, without the one that was given. */
export function mergedFields(
  whole: Field,
  columns: readonly Float64Array[],
  directions: readonly Float64Array[],
  settings: Settings,
): readonly Field[] {
  const found: Field[] = [];
  let open: readonly Field[] = [whole];
  while (open.length > 0 && open[0].expressions.length > 1) {
    const next = new Map<string, Field>();
    for (const field of open) {
      for (const { pair, formula } of promisingMerges(field, settings)) {
        const merged = mergeField(field, pair, formula, columns, directions);
        if (merged === undefined || !(merged.lost < MOST_LOST)) continue;
        const key = merged.expressions.map(keyOfFormula).sort().join();
        if (!next.has(key)) next.set(key, merged);
      }
    }
    open = [...next.values()]
      .sort((a, b) => scoreOf(a, settings) - scoreOf(b, settings))
      .slice(0, WIDTH);
    found.push(...open);
  }
  return found;
}

function scoreOf({ lost, expressions }: Field, settings: Settings): number {
  return Math.log(lost + NOISE) + complexityOfAll(expressions, settings) * Math.log(NODE_FACTOR);
}

function complexityOfAll(expressions: readonly Formula[], settings: Settings): number {
  return expressions.reduce((sum, formula) => sum + complexityOf(formula, settings), 0);
}

function promisingMerges(field: Field, settings: Settings): readonly Merge[] {
  const found: Merge[] = [];
  const count = field.expressions.length;
  for (let b = 0; b < count; b++) {
    for (let a = 0; a < b; a++) {
      const merges = mergesOf(field, [a, b], settings).filter(
        ({ residual }) => residual < MOST_LOST,
      );
      const least = Math.min(...merges.map(({ residual }) => residual));
      const scoreOfMerge = ({ residual, formula }: Merge): number =>
        Math.log(residual + NOISE) + complexityOf(formula, settings) * Math.log(NODE_FACTOR);
      found.push(
        ...merges
          .filter(({ residual }) => residual <= MOST_TIMES * least + NOISE)
          .sort((x, y) => scoreOfMerge(x) - scoreOfMerge(y))
          .slice(0, PER_PAIR),
      );
    }
  }
  return found;
}
