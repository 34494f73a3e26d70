/** What each operator means, in each form that operator sets gave it: as onnxruntime has it. */
import { describe, expect, it } from 'vitest';
import { ELEMENTWISE } from '../../../helpers/onnx-operator-cases/elementwise.js';
import { SHAPES } from '../../../helpers/onnx-operator-cases/shapes.js';
import { SUMS } from '../../../helpers/onnx-operator-cases/sums.js';
import { networkOf, runRuntime, runTeacher, titleOf, valuesOf } from '../../../helpers/onnx-operator-case.js'; // prettier-ignore

/** The runtime computes in float32, some functions by approximations. */
const RELATIVE = 2e-5;
const ABSOLUTE = 2e-6;

const SEEDS = [1, 2, 3];

const CASES = [...ELEMENTWISE, ...SHAPES, ...SUMS];

describe('operators', () => {
  it.each(CASES.map((given) => [titleOf(given), given] as const))('%s', async (_, given) => {
    const network = await networkOf(given);
    const runs = SEEDS.map((seed) => valuesOf(given, seed));
    const expected = await runRuntime(given, runs);
    for (const [run, values] of runs.entries()) {
      const actual = runTeacher(network, values);
      expect(actual.map(({ length }) => length)).toEqual(expected[run].map(({ length }) => length));
      const told = JSON.stringify({ values: values.map((list) => Array.from(list)), actual, expected: expected[run] }); // prettier-ignore
      const isNear = actual.every((flat, output) =>
        flat.every((value, k) => near(value, expected[run][output][k])),
      );
      expect(isNear, told).toBe(true);
    }
  });
});

function near(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected);
}
