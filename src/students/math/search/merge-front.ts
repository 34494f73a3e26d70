/**
 * The front: for each complexity the formulas that describe the data shortest, where they beat every
 * simpler one. Among those of a complexity that fit about equally well the length decides and not the loss: 1 / (1 / a + 1 / b) stays although
 * 1.0002 / (1.0001 / a + 1 / b) follows the noise a little further. Losses that are nothing but rounding
 * are equal. Ties go to what came first, so that the order of the jobs alone decides.
 */
import { descriptionLength } from '../description-length.js';
import type { DataSize } from '../description-length.js';
import { keyOfFormula } from '../formula.js';
import type { Candidate } from '../problem.js';

/** A formula is on the front where it lowers the loss of every simpler one by this share. */
const LEAST_GAIN = 1e-3;
/** A nice constant within two standard errors costs four rows' worth of the loss; several cost a few times that. */
const EXCUSED_ROWS = 16;

/** Simplest first, at most `perComplexity` for each complexity. */
export function mergeFront(
  front: readonly Candidate[],
  found: readonly Candidate[],
  perComplexity: number,
  size: DataSize,
): readonly Candidate[] {
  const byComplexity = new Map<number, Measured[]>();
  const known = new Set<string>();
  for (const candidate of [...front, ...found]) {
    const key = keyOfFormula(candidate.formula);
    if (known.has(key)) continue;
    known.add(key);
    const group = byComplexity.get(candidate.complexity) ?? [];
    group.push(measure(candidate, size));
    byComplexity.set(candidate.complexity, group);
  }
  const kept: Candidate[] = [];
  let simpler = Infinity;
  for (const complexity of [...byComplexity.keys()].sort((a, b) => a - b)) {
    const group = byComplexity.get(complexity) ?? [];
    const least = Math.min(...group.map(({ loss }) => loss));
    const excused = least * (1 + EXCUSED_ROWS / size.effectiveRows);
    const limit = Math.min(excused, simpler * (1 - LEAST_GAIN));
    const better = group.filter(({ loss }) => loss <= limit);
    // Array.prototype.sort is stable: of equals, the first stays first.
    better.sort((a, b) => a.length - b.length || a.candidate.loss - b.candidate.loss);
    const best = better.slice(0, perComplexity);
    kept.push(...best.map(({ candidate }) => candidate));
    simpler = Math.min(simpler, ...best.map(({ loss }) => loss));
  }
  return kept;
}

interface Measured {
  readonly candidate: Candidate;
  /** At least what rounding leaves. */
  readonly loss: number;
  /** Bits of formula and data. */
  readonly length: number;
}

function measure(candidate: Candidate, size: DataSize): Measured {
  const { formula, loss } = candidate;
  return {
    candidate,
    loss: Math.max(loss, size.floor),
    length: descriptionLength(formula, loss, size),
  };
}
