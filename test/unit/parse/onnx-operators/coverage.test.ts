/** Every operator that the documents promise is imported, tested for its meaning, and emitted. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import { createRunner, loadModule } from '../../../../src/verify/run-module.js';
import { ELEMENTWISE } from '../../../helpers/onnx-operator-cases/elementwise.js';
import { SHAPES } from '../../../helpers/onnx-operator-cases/shapes.js';
import { SUMS } from '../../../helpers/onnx-operator-cases/sums.js';
import { networkOf, runTeacher, titleOf, valuesOf } from '../../../helpers/onnx-operator-case.js';
import type { OperatorCase } from '../../../helpers/onnx-operator-case.js';
import { PROMISED_OPERATORS } from '../../../helpers/promised-operators.js';

/** Loops over time have tests of their own. */
const ELSEWHERE = ['RNN', 'LSTM', 'GRU'];

const CASES = [...ELEMENTWISE, ...SHAPES, ...SUMS];

describe('operators', () => {
  it('have a case each', () => {
    const tested = new Set(CASES.map(({ op }) => op));
    expect(PROMISED_OPERATORS.filter((op) => !tested.has(op))).toEqual(ELSEWHERE);
  });

  /** The last case of each operator: mostly the one with the most attributes. */
  const last = new Map<string, OperatorCase>(CASES.map((given) => [given.op, given]));

  it.each([...last.values()].map((given) => [titleOf(given), given] as const))(
    'are computed by the module: %s',
    async (_, given) => {
      const network = await networkOf(given);
      // What is compared is the module; its proof is other tests' business, and takes longer.
      const { code, weights } = await compile(network, { shouldStop: () => true });
      const run = createRunner(await loadModule(code, weights), network);
      for (const seed of [4, 5, 6]) {
        const values = valuesOf(given, seed);
        const expected = runTeacher(network, values);
        const { scores } = run(values);
        for (const [output, flat] of expected.entries()) {
          expect(scores[output]).toHaveLength(flat.length);
          for (const [k, value] of flat.entries()) expect(scores[output][k]).toBeCloseTo(value, 5);
        }
      }
    },
  );
});
