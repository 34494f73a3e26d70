/** Random ONNX graphs: the compiled module answers what onnxruntime does. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { createRandom } from '../../src/numeric/random.js';
import { parse } from '../../src/parse/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createOracle } from '../helpers/oracle.js';
import { randomGraph } from '../helpers/random-onnx.js';

const INPUTS = 40;
/** Where results jump, rounding may fall on the other side at so many inputs. */
const MOST_JUMPS = 2;

describe('random ONNX graphs', () => {
  it.each(Array.from({ length: 5 }, (_, group) => 10 * group))('seeds from %i: 10 graphs', async (first) => {
    for (let seed = first; seed < first + 10; seed++) {
      const random = createRandom(seed);
      const { bytes, shape, operators, jumps } = randomGraph(random);
      const network = await parse({ 'model.onnx': bytes });
      const { code, weights, verdict } = await compile(network);
      const label = `seed ${seed}: ${operators}`;
      expect(['proved', 'exhaustive', 'sampled'], `${label}: ${verdict.reason}`).toContain(verdict.status);
      const run = createRunner(await loadModule(code, weights), network);
      const size = shape.reduce((product, extent) => product * extent, 1);
      const data = Float32Array.from({ length: INPUTS * size }, () => random.normal());
      const oracle = await createOracle(bytes);
      const [expected] = await oracle([{ name: 'input', shape: [INPUTS, ...shape], data }]);
      const width = expected.length / INPUTS;
      const differing = Array.from({ length: INPUTS }, (_, row) => {
        const [scores] = run([data.subarray(row * size, (row + 1) * size)]).scores;
        const wanted = expected.subarray(row * width, (row + 1) * width);
        return scores.length !== width || scores.some((score, k) => !isNear(score, wanted[k]));
      }).filter(Boolean).length;
      expect(differing, label).toBeLessThanOrEqual(jumps ? MOST_JUMPS : 0);
    }
  }, 240_000); // prettier-ignore
});

/** The tolerance of the node cases, and some of float32's own for sums that nearly cancel. */
function isNear(score: number, wanted: number): boolean {
  return Math.abs(score - wanted) <= 1e-3 * Math.abs(wanted) + 1e-4;
}
