/**
 * Gradients of a classifier by reverse mode, in time of differences of its forward pass, and a formula's gradient
 * over the same rows; in a process of its own (`run-plain.ts`).
 */
import { readExample } from '../examples/common/read-example.js';
import { createRandom } from '../src/numeric/random.js';
import { createEngine } from '../src/students/math/engine/engine.js';
import { compileTape } from '../src/students/math/engine/tape.js';
import { DEFAULT_SETTINGS } from '../src/students/math/problem.js';
import { parseFormula } from '../src/students/math/text/parse-formula.js';
import { createSlopes } from '../src/verify/slopes.js';
import type { Readout } from '../src/verify/slopes.js';
import { createTeacher } from '../src/verify/teacher.js';
import { median } from './median.js';

const ROWS = 1000;
const REPEATS = 9;
const STEP = 1e-5;
const MANIFEST = new URL('../examples/wetzel/attraction.json', import.meta.url);
const FORMULA = 'x1*x2/((x3 - x4)^2 + (x5 - x6)^2)';

const SCORE: Readout = (z, slopes) => {
  slopes[0] = 1;
  return z[0];
};

const network = await readExample(MANIFEST.pathname);
const random = createRandom(1);
const [{ shape }] = network.inputs;
const columns = Array.from({ length: shape[0] }, () =>
  Float64Array.from({ length: ROWS }, () => 2 * random.unit()),
);
const slopes = createSlopes(network, network.layers.length - 1, SCORE);
const teacher = createTeacher(network);

function byDifferences(): void {
  const point = new Float64Array(columns.length);
  for (let row = 0; row < ROWS; row++) {
    columns.forEach((column, k) => (point[k] = column[row]));
    for (let k = 0; k < point.length; k++) {
      const value = point[k];
      for (const step of [STEP, -STEP]) {
        point[k] = value + step;
        teacher.forward([point]);
      }
      point[k] = value;
    }
  }
}

const { values, byInput } = slopes(columns);
const lengths = values.map((_, row) => Math.hypot(...byInput.map((column) => column[row])));
const engine = createEngine({
  data: {
    names: columns.map((_, k) => `x${k + 1}`),
    columns,
    target: values,
    directions: byInput.map((column) => column.map((value, row) => value / lengths[row])),
  },
  settings: { ...DEFAULT_SETTINGS, loss: { kind: 'direction' } },
  domains: [],
});
const tape = compileTape(parseFormula(FORMULA, engine.problem.data.names));

const reverse = timeOf(() => slopes(columns));
const differences = timeOf(byDifferences);
const judged = timeOf(() => engine.lossOfTape(tape));
const perSecond = Math.round(ROWS / (reverse / 1000)).toLocaleString('en');
console.log(
  `  differences of ${columns.length} inputs / reverse mode: ${(differences / reverse).toFixed(2)} ` +
    `(${perSecond} gradients of a 6-64-64-1 network in a second)`,
);
console.log(
  `  gradients of the network / of a formula of 13 nodes: ${(reverse / judged).toFixed(0)}`,
);

function timeOf(work: () => unknown): number {
  return median(
    Array.from({ length: REPEATS }, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    }),
  );
}
