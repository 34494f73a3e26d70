/**
 * The constant inside a function, found along a line: what the function leaves of the target, together
 * with at most one other feature, is made least between neighbours of the grid (golden section). The
 * coefficients follow from least squares at every step (Golub and Pereyra's variable projection).
 */
import { compileTape } from '../../engine/tape.js';
import type { Formula } from '../../formula.js';
import type { Sample } from '../shared/sample.js';
import type { FamilyMember } from './families.js';
import { leftByPair } from './screen.js';
import type { Ready, Screen } from './screen.js';

const STEPS = 22;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

export interface LinePoint {
  readonly ready: Ready;
  /** Share of the target that is left. */
  readonly left: number;
}

/** The member of the same family and argument that fits best near this one. */
export function searchLine(
  member: FamilyMember,
  partner: Ready | undefined,
  screen: Screen,
  sample: Sample,
): LinePoint | undefined {
  const leftAt = (value: number): LinePoint | undefined => {
    const formula = member.withConstant(value);
    sample.engine.countEvaluations(1);
    const values = columnOf(member, formula, sample);
    const ready = values && screen.prepare({ ...member, formula, column: values });
    if (ready === undefined) return undefined;
    const left = partner === undefined ? 1 - ready.load ** 2 : leftByPair(partner, ready);
    return { ready, left };
  };
  let [low, high] = member.bracket;
  let best = leftAt(member.at);
  for (let step = 0; step < STEPS; step++) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    const [atA, atB] = [leftAt(a), leftAt(b)];
    const isLower = (atA?.left ?? Infinity) < (atB?.left ?? Infinity);
    if (isLower) high = b;
    else low = a;
    const found = isLower ? atA : atB;
    if (found !== undefined && (best === undefined || found.left < best.left)) best = found;
  }
  if (best === undefined) return undefined;
  const { feature } = best.ready;
  const column = columnOf(member, feature.formula, sample);
  if (column === undefined) return undefined;
  return { ...best, ready: { ...best.ready, feature: { ...feature, column: column.slice() } } };
}

/** The feature's values, in a buffer that holds until the next call. */
function columnOf(
  { kind }: FamilyMember,
  formula: Formula,
  { engine }: Sample,
): Float64Array | undefined {
  const values = engine.evaluator.values(compileTape(formula));
  if (values === undefined || kind === 'term') return values;
  const logarithms = values.map((value) => Math.log(Math.abs(value)));
  return logarithms.every(Number.isFinite) ? logarithms : undefined;
}
