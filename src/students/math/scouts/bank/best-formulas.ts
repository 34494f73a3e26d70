/** From combinations of features to formulas: coefficients by least squares, the best of each complexity. */
import type { Formula } from '../../formula.js';
import { createBuckets } from '../shared/buckets.js';
import { fitLinear } from '../shared/least-squares.js';
import type { Sample } from '../shared/sample.js';
import type { Combination } from './search.js';
import type { Target } from './targets.js';

/** The combinations as formulas for y, `perKind` of each complexity and family of inner functions. */
export function bestFormulas(
  target: Target,
  combinations: readonly Combination[],
  sample: Sample,
  perKind: number,
): readonly Formula[] {
  const best = createBuckets<Formula>(perKind);
  const one = new Float64Array(sample.rows).fill(1);
  for (const features of combinations) {
    const columns = [one, ...features.map(({ column }) => column)];
    const { coefficients } = fitLinear(columns, target.values, target.roots);
    const family = features.find((feature) => feature.family !== undefined)?.family ?? '';
    const formulas = target.formulasOf(features, coefficients.subarray(1), coefficients[0]);
    for (const formula of formulas) {
      if (!sample.isRight(formula)) continue;
      const judged = sample.engine.judge(formula, target.name);
      if (judged === undefined) continue;
      best.offer(`${family} ${judged.complexity}`, judged.loss, formula);
    }
  }
  return best.all();
}
