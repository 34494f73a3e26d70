/**
 * The front: for each complexity the formulas of least loss, where they beat every simpler one. Ties go
 * to what came first, so that the order of the jobs alone decides.
 */
import { keyOfFormula } from '../formula.js';
import type { Candidate } from '../problem.js';

/** Simplest first, at most `perComplexity` for each complexity. */
export function mergeFront(
  front: readonly Candidate[],
  found: readonly Candidate[],
  perComplexity: number,
): readonly Candidate[] {
  const known = new Set<string>();
  const fresh = [...front, ...found].filter(({ formula }) => {
    const key = keyOfFormula(formula);
    return known.size < known.add(key).size;
  });
  // Array.prototype.sort is stable: of equals, the first stays first.
  const sorted = fresh.sort((a, b) => a.complexity - b.complexity || a.loss - b.loss);
  const kept: Candidate[] = [];
  let simpler = Infinity;
  for (let start = 0; start < sorted.length;) {
    const { complexity, loss } = sorted[start];
    const next = sorted.findIndex((one) => one.complexity > complexity);
    const end = next < 0 ? sorted.length : next;
    if (loss < simpler) kept.push(...sorted.slice(start, Math.min(end, start + perComplexity)));
    simpler = Math.min(simpler, loss);
    start = end;
  }
  return kept;
}
