/** Random ReLU networks in the plain form of region trees. */
import type { Decision } from '../../src/ir/model-interface.js';
import { createRandom } from '../../src/numeric/random.js';
import type { ReluLayers } from '../../src/students/logic/exact/regions-network.js';

/** Normal weights that keep the size of what comes in, biases of half that; the last layer is linear. */
export function randomReluLayers(
  sizes: readonly number[],
  seed: number,
  decision: Decision,
): ReluLayers {
  const random = createRandom(seed);
  const layers = sizes.slice(1).map((size, index) => {
    const spread = Math.sqrt(2 / sizes[index]);
    const draw = (): number => spread * random.normal();
    return {
      weights: Array.from({ length: size }, () =>
        Float64Array.from({ length: sizes[index] }, draw),
      ),
      bias: Float64Array.from({ length: size }, () => draw() / 2),
      slopeBelow: index === sizes.length - 2 ? 1 : 0,
    };
  });
  return { inputs: sizes[0], layers, decision };
}
