/**
 * Constants of a genome by least squares (or descent, as the loss asks). In scaled mode the formula is
 * fitted as a + b·f, and a and b are left out again: the island judges every f by its best a and b.
 */
import type { Engine } from '../engine/engine.js';
import { CONSTANT } from '../engine/tape.js';
import { fitConstants } from '../fit/fit-constants.js';
import type { Fitted } from '../fit/fit-constants.js';
import { call, constant } from '../formula.js';
import type { Formula } from '../formula.js';
import { formulaOf, genomeOf } from './genome.js';
import type { Genome } from './genome.js';
import type { Scaling } from './judge.js';

export interface Tuned {
  readonly genome: Genome;
  readonly loss: number;
}

export function hasConstants({ codes, length }: Genome): boolean {
  for (let at = 0; at < length; at++) if (codes[at] === CONSTANT) return true;
  return false;
}

/** Most evaluations that a fit of so many steps takes: each a gradient and trials of the damping. */
export function costOfFit(steps: number): number {
  return 20 * steps;
}

/** a + b · f as a formula. */
export function scaledFormula(formula: Formula, { offset, factor }: Scaling): Formula {
  return call('+', constant(offset), call('*', constant(factor), formula));
}

/** The genome with better constants; `undefined` where there are none, or none better. */
export function tuneGenome(
  genome: Genome,
  engine: Engine,
  iterations: number,
  scaling?: Scaling,
): Tuned | undefined {
  const formula = formulaOf(genome);
  const whole = scaling === undefined ? formula : scaledFormula(formula, scaling);
  const fitted = fitConstants(whole, engine, { iterations });
  if (fitted === undefined || !Number.isFinite(fitted.loss)) return undefined;
  return { genome: genomeOf(inner(fitted, scaling)), loss: fitted.loss };
}

/** The f in a + b · f. */
function inner({ formula }: Fitted, scaling: Scaling | undefined): Formula {
  if (scaling === undefined || formula.kind !== 'call') return formula;
  const product = formula.arguments[1];
  return product.kind === 'call' ? product.arguments[1] : formula;
}
