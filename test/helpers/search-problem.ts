/** A small problem for the search, whose formula evolution finds within few epochs but not at once. */
import { DEFAULT_SETTINGS } from '../../src/students/math/problem.js';
import type { Problem, Settings } from '../../src/students/math/problem.js';
import { createRandom } from '../../src/numeric/random.js';

/** y = x₀² + sin(x₁) · 1.5 at `rows` random points. */
export function searchProblem(settings: Partial<Settings> = {}, rows = 20): Problem {
  const random = createRandom(7);
  const columns = [0, 1].map(() =>
    Float64Array.from({ length: rows }, () => 4 * random.unit() - 2),
  );
  const target = Float64Array.from({ length: rows }, (_, row) => {
    return columns[0][row] ** 2 + 1.5 * Math.sin(columns[1][row]);
  });
  return {
    data: { names: ['a', 'b'], columns, target },
    settings: { ...DEFAULT_SETTINGS, ...settings },
    domains: [{ kind: 'real' }, { kind: 'real' }],
  };
}
