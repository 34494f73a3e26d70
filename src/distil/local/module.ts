/**
 * A local explanation as a module: the formulas of all cells, with the box in which the bound holds for
 * each of them. It declares the point, the box and the bound, and the checker measures them again.
 */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { CellRange } from '../../ir/fidelity.js';
import type { Verdict } from '../../ir/verdict.js';
import type { Emitted } from '../../emit/index.js';
import { verify } from '../../verify/index.js';
import { emitApproximation } from '../index.js';
import { measureSubject } from '../measure.js';
import type { Subject } from '../subject.js';
import type { Local } from './index.js';

export interface LocalModule {
  readonly emitted: Emitted;
  readonly verdict: Verdict;
}

/**
 * @param locals one for each cell of the subject, all around one point.
 * @throws Diagnostic LOCAL_NO_RADIUS where a formula keeps its bound nowhere.
 */
export async function emitLocal(
  subject: Subject,
  locals: readonly Local[],
  settings: string,
): Promise<LocalModule> {
  const { network, cells } = subject;
  if (network === undefined) throw new TypeError('a table has no point to be asked around');
  const told = locals.map(({ explanation }) => explanation);
  const lost = told.find(({ radius }) => radius === 0);
  if (lost !== undefined) {
    const { target, bound } = lost;
    throw diagnose('LOCAL_NO_RADIUS', {}, { target, bound: Number(bound.toPrecision(4)) });
  }
  const least = told.reduce((one, other) => (other.radius < one.radius ? other : one));
  const [{ inputs, problem, teacher }] = cells;
  const { names } = problem.data;
  const spread = <Value>(rest: (value: number) => Value, of: (name: string) => Value): Value[] => {
    const all = Array.from(teacher?.varying?.rest ?? names.map(() => 0), rest);
    inputs.forEach((cell, k) => (all[cell] = of(names[k])));
    return all;
  };
  const ranges = spread<CellRange>(
    (value) => [value, value],
    (name) => least.box[name],
  );
  const around = spread(
    (value) => value,
    (name) => least.point[name],
  );
  const formulas = locals.map(({ formula }) => formula);
  const { seed } = problem.settings;
  const inside = withoutOutside(measureSubject({ ...subject, ranges }, formulas, seed));
  const complexity = told.reduce((sum, one) => sum + one.complexity, 0);
  const bound = told.reduce((most, one) => Math.max(most, one.bound), 0);
  const approximation = { complexity, ...inside, around, bound };
  const emitted = await emitApproximation(subject, formulas, approximation, settings);
  return { emitted, verdict: await verify(network, emitted.code) };
}

/** Nothing is claimed of what lies around the box. */
function withoutOutside<Figures extends { readonly fidelityOutOfRange?: number }>({
  fidelityOutOfRange: _,
  ...inside
}: Figures): Omit<Figures, 'fidelityOutOfRange'> {
  return inside;
}
