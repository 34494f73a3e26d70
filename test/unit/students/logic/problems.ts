/** Logic problems for tests: a target as a function of a point, rows drawn from the box. */
import { createRandom } from '../../../../src/numeric/random.js';
import { DEFAULT_LOGIC_SETTINGS } from '../../../../src/students/logic/problem.js';
import type { LogicProblem, LogicSettings } from '../../../../src/students/logic/problem.js';
import { leafOf } from '../../../../src/students/logic/tree.js';
import type { Tree } from '../../../../src/students/logic/tree.js';
import type { CellDomain } from '../../../../src/ir/model-interface.js';

export type Target = (point: readonly number[]) => number;

export const TEN: CellDomain = { kind: 'interval', min: 0, max: 10 };

/** Rows at random points of the box; the network is asked only where `minProbes` is set. */
export function drawProblem(
  domains: readonly CellDomain[],
  target: Target,
  rows: number,
  { classes = 2, ...settings }: Partial<LogicSettings> & { readonly classes?: number } = {},
): LogicProblem {
  const random = createRandom(7 + (settings.seed ?? 0));
  const columns = domains.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    domains.forEach((domain, k) => {
      columns[k][row] =
        domain.kind === 'values'
          ? domain.values[random.below(domain.values.length)]
          : domain.kind === 'interval'
            ? domain.min + random.unit() * (domain.max - domain.min)
            : random.normal();
    });
  }
  const ask = (points: readonly Float64Array[]): Float64Array =>
    Float64Array.from(points[0], (_, row) => target(points.map((column) => column[row])));
  const data = { names: domains.map((_, k) => `x${k}`), columns, target: ask(columns) };
  return {
    data,
    classes,
    domains,
    settings: { ...DEFAULT_LOGIC_SETTINGS, minProbes: 0, ...settings },
    ask,
  };
}

/** A problem of one column. */
export function tableProblem(
  columns: readonly (readonly number[])[],
  target: readonly number[],
  settings: Partial<LogicSettings> & { readonly classes?: number } = {},
): LogicProblem {
  const { classes = 2, ...others } = settings;
  return {
    data: {
      names: columns.map((_, k) => `x${k}`),
      columns: columns.map((column) => Float64Array.from(column)),
      target: Float64Array.from(target),
    },
    classes,
    domains: columns.map(() => ({ kind: 'real' })),
    settings: { ...DEFAULT_LOGIC_SETTINGS, minProbes: 0, ...others },
  };
}

/** What the tree says at a point: the class, or the number. */
export function predictAt(tree: Tree, point: readonly number[]): number {
  const { prediction } = leafOf(tree, (feature) => point[feature]);
  return prediction.kind === 'class'
    ? prediction.index
    : prediction.cells[0].terms.reduce(
        (sum, { feature, coefficient }) => sum + coefficient * point[feature],
        prediction.cells[0].offset,
      );
}

/** Share of fresh points of the box at which the tree says what the target says. */
export function agreementOf(tree: Tree, domains: readonly CellDomain[], target: Target): number {
  const { data } = drawProblem(domains, target, 5000, { seed: 99 });
  let equal = 0;
  data.target.forEach((value, row) => {
    if (predictAt(tree, data.columns.map((column) => column[row])) === value) equal++; // prettier-ignore
  });
  return equal / data.target.length;
}
