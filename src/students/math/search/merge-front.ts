/**
 * The front: for each complexity the formulas that describe the data shortest, where they beat every
 * simpler one. Among those of a complexity that fit about equally well the length decides and not the loss: 1 / (1 / a + 1 / b) stays although
 * 1.0002 / (1.0001 / a + 1 / b) follows the noise a little further. Losses that are nothing but rounding
 * are equal. Where it is known how far the rows are off themselves (`DataSize.tolerance`), the shortest of the
 * formulas within that stand there too, although others are as good: the rows cannot tell them apart, so the
 * reader is to see them. Ties go to what came first, so that the order of the jobs alone decides.
 */
import { descriptionLength } from '../description-length.js';
import type { DataSize } from '../description-length.js';
import { keyOfFormula } from '../formula.js';
import type { Candidate } from '../problem.js';

/** A formula is on the front where it lowers the loss of every simpler one by this share. */
const LEAST_GAIN = 1e-3;
/** A nice constant within two standard errors costs four rows' worth of the loss; several cost a few times that. */
const EXCUSED_ROWS = 16;

/** Formulas that stand on the front for no other reason than that they are within the tolerance. */
const MOST_RIVALS = 10;

/**
 * Simplest first, at most `perComplexity` for each complexity, and `mostRivals` more within the tolerance.
 */
export function mergeFront(
  front: readonly Candidate[],
  found: readonly Candidate[],
  perComplexity: number,
  size: DataSize,
  mostRivals = MOST_RIVALS,
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
    const group = differentOnes(byComplexity.get(complexity) ?? [], kept, size);
    if (group.length === 0) continue;
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
  if (size.tolerance === undefined) return kept;
  const rivals = rivalsOf([...byComplexity.values()].flat(), kept, size).slice(0, mostRivals);
  // Array.prototype.sort is stable: what is on the front anyway stands first.
  return [...kept, ...rivals].sort((a, b) => a.complexity - b.complexity);
}

/** Those within the tolerance that are not kept anyway, the shortest description first. */
function rivalsOf(
  all: readonly Measured[],
  kept: readonly Candidate[],
  size: DataSize,
): readonly Candidate[] {
  const { tolerance = 0 } = size;
  const within = all.filter(({ loss }) => loss <= tolerance);
  return differentOnes(within, kept, size).map(({ candidate }) => candidate);
}

/** Losses of directions that are equal to so many digits belong to one function, up to a monotone one of it. */
const SAME_DIGITS = 5;

/**
 * Of directions: what is not the same, up to a monotone function, as something that is kept, or as something
 * shorter in the group; shortest first. Gradients cannot tell such formulas apart.
 */
function differentOnes(
  group: readonly Measured[],
  kept: readonly Candidate[],
  size: DataSize,
): readonly Measured[] {
  if (size.loss !== 'direction') return group;
  const keyOf = (loss: number): string => loss.toPrecision(SAME_DIGITS);
  const known = new Set(kept.map(({ loss }) => keyOf(loss)));
  return group
    .toSorted((a, b) => a.length - b.length)
    .filter(({ candidate }) => {
      const key = keyOf(candidate.loss);
      const isNew = !known.has(key);
      known.add(key);
      return isNew;
    });
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
