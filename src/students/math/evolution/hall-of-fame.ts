/**
 * The best genomes that an epoch met, one for each complexity, and the candidates they become: in scaled
 * mode the f of a + b·f is offered with as much of the scaling as pays.
 */
import { complexityOf } from '../complexity.js';
import type { Engine } from '../engine/engine.js';
import { fitConstants } from '../fit/fit-constants.js';
import { call, constant, constantsOf } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Candidate } from '../problem.js';
import { copyGenome, formulaOf } from './genome.js';
import type { Genome } from './genome.js';
import type { Scaling } from './judge.js';
import { costOfFit, scaledFormula } from './tune.js';

export interface HallOfFame {
  /** `isNew`: whether it was found in this epoch; others only set the bar. */
  readonly offer: (genome: Genome, complexity: number, loss: number, isNew: boolean) => void;
  /** Of this epoch's, those better than everything simpler; simplest first. */
  readonly news: () => readonly Genome[];
}

interface Famous {
  readonly genome: Genome;
  readonly loss: number;
  readonly isNew: boolean;
}

export const ORIGIN = 'evolution';

/** Steps by which the constants of a candidate are fitted before it leaves the island. */
const LAST_STEPS = 8;

export function createHallOfFame(): HallOfFame {
  const slots: (Famous | undefined)[] = [];
  return {
    offer(genome, complexity, loss, isNew) {
      const slot = Math.round(complexity);
      const holder = slot < slots.length ? slots[slot] : undefined;
      if (holder !== undefined && holder.loss <= loss) return;
      while (slots.length <= slot) slots.push(undefined);
      slots[slot] = { genome: copyGenome(genome), loss, isNew };
    },
    news() {
      let least = Infinity;
      return slots.flatMap((one) => {
        if (one === undefined || one.loss >= least) return [];
        least = one.loss;
        return one.isNew ? [one.genome] : [];
      });
    },
  };
}

/**
 * The candidates of an epoch, judged as they stand, the most accurate first; `last` is the count of
 * evaluations to keep to. `scalingOf` is given in scaled mode.
 */
export function candidatesOf(
  hall: HallOfFame,
  engine: Engine,
  last: number,
  scalingOf?: (genome: Genome) => Scaling,
): Candidate[] {
  const found: Candidate[] = [];
  for (const genome of [...hall.news()].reverse()) {
    if (engine.evaluations() >= last) break;
    const formula = formulaOf(genome);
    const forms = scalingOf === undefined ? [formula] : scaledForms(formula, scalingOf(genome));
    for (const form of forms) {
      const left = last - engine.evaluations();
      const isFitted = constantsOf(form).length > 0 && left > costOfFit(LAST_STEPS);
      const fitted = isFitted ? fitConstants(form, engine, { iterations: LAST_STEPS }) : undefined;
      if (engine.evaluations() >= last) break;
      const candidate = engine.judge(fitted?.formula ?? form, ORIGIN);
      if (candidate !== undefined) found.push(candidate);
    }
  }
  return found;
}

/** f, b·f, a + f and a + b·f: each its own trade of complexity for loss. */
function scaledForms(formula: Formula, scaling: Scaling): Formula[] {
  return [
    formula,
    call('*', constant(scaling.factor), formula),
    call('+', constant(scaling.offset), formula),
    scaledFormula(formula, scaling),
  ];
}

/** The complexity that a + b · f adds to f. */
export function complexityOfScaling(engine: Engine): number {
  const { settings } = engine.problem;
  const whole = scaledFormula({ kind: 'variable', index: 0 }, { offset: 1, factor: 1 });
  return complexityOf(whole, settings) - settings.variableComplexity;
}
