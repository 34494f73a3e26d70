/**
 * The best genomes that an epoch met, one for each complexity, and the candidates they become: in scaled
 * mode the f of a + b·f is offered with as much of the scaling as pays.
 */
import { complexityOf } from '../complexity.js';
import type { Engine } from '../engine/engine.js';
import { fitConstants } from '../fit/fit-constants.js';
import { call, constant } from '../formula.js';
import type { Formula } from '../formula.js';
import type { Candidate } from '../problem.js';
import { copyGenome, formulaOf } from './genome.js';
import type { Genome } from './genome.js';
import type { Scaling } from './judge.js';
import { scaledFormula } from './tune.js';

export interface HallOfFame {
  readonly offer: (genome: Genome, complexity: number, loss: number) => void;
  /** Simplest first; only genomes better than every simpler one. */
  readonly best: () => readonly Famous[];
}

export interface Famous {
  readonly genome: Genome;
  readonly complexity: number;
  readonly loss: number;
}

export const ORIGIN = 'evolution';

/** Steps by which the constants of a candidate are fitted before it leaves the island. */
const LAST_ITERATIONS = 10;

export function createHallOfFame(): HallOfFame {
  const slots: (Famous | undefined)[] = [];
  return {
    offer(genome, complexity, loss) {
      const slot = Math.round(complexity);
      const holder = slot < slots.length ? slots[slot] : undefined;
      if (holder !== undefined && holder.loss <= loss) return;
      while (slots.length <= slot) slots.push(undefined);
      slots[slot] = { genome: copyGenome(genome), complexity, loss };
    },
    best() {
      let least = Infinity;
      return slots.filter((one): one is Famous => {
        if (one === undefined || one.loss >= least) return false;
        least = one.loss;
        return true;
      });
    },
  };
}

/** The candidates of an epoch, judged as they stand. `scalingOf` is given in scaled mode. */
export function candidatesOf(
  hall: HallOfFame,
  engine: Engine,
  scalingOf?: (genome: Genome) => Scaling,
): Candidate[] {
  return hall.best().flatMap(({ genome }) => {
    const formula = formulaOf(genome);
    const forms = scalingOf === undefined ? [formula] : scaledForms(formula, scalingOf(genome));
    return forms.flatMap((form) => {
      const fitted = fitConstants(form, engine, { iterations: LAST_ITERATIONS });
      const found = fitted && engine.judge(fitted.formula, ORIGIN);
      return found === undefined ? [] : [found];
    });
  });
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
