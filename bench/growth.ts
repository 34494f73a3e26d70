/**
 * How compile time grows with the number of weights: orientation networks of 14², 28² and 42² pixels,
 * compiled in turn in one process, and the exponent of the line through their logarithms.
 */
import { compile } from '../src/compile.js';
import { orientationNetwork } from '../test/helpers/networks.js';
import { median } from './median.js';

const SIDES = [14, 28, 42] as const;
const REPEATS = 3;

/** Compiled once before, so that the first of them does not pay for the engine's warm-up. */
const WARM_UP = 10;

/** Milliseconds for each size and the exponent, as text. */
export async function measureGrowth(): Promise<string> {
  const networks = SIDES.map((side) => orientationNetwork(side));
  await compile(orientationNetwork(WARM_UP));
  const times = SIDES.map((): number[] => []);
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (const [index, network] of networks.entries()) {
      const start = performance.now();
      await compile(network);
      times[index].push(performance.now() - start);
    }
  }
  const points = networks.map((network, index) => ({
    weights: network.parameters,
    milliseconds: median(times[index]),
  }));
  const shown = points.map(
    ({ weights, milliseconds }, index) =>
      `${SIDES[index]}²: ${weights.toLocaleString('en')} weights ${milliseconds.toFixed(0)} ms`,
  );
  return `${shown.join(', ')}; exponent ${exponentOf(points).toFixed(2)}`;
}

/** Slope of log(time) over log(weights), least squares. */
function exponentOf(
  points: readonly { readonly weights: number; readonly milliseconds: number }[],
): number {
  const xs = points.map(({ weights }) => Math.log(weights));
  const ys = points.map(({ milliseconds }) => Math.log(milliseconds));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, value, k) => sum + (value - x) * (ys[k] - y), 0);
  return covariance / xs.reduce((sum, value) => sum + (value - x) ** 2, 0);
}
