/** Powers as scouts write them. */
import { expect, it } from 'vitest';
import { sizeOfFormula, variable } from '../../../../../src/students/math/formula.js';
import { DEFAULT_SETTINGS } from '../../../../../src/students/math/problem.js';
import { powerOf } from '../../../../../src/students/math/scouts/shared/build.js';

it('never writes a large power out, whatever the operators are', () => {
  for (const operators of [['*'], ['*', 'square'], ['*', 'square', 'cube'], ['*', 'pow']]) {
    const settings = { ...DEFAULT_SETTINGS, operators };
    expect(sizeOfFormula(powerOf(variable(0), 1e9, settings))).toBe(3);
    expect(sizeOfFormula(powerOf(variable(0), 9, settings))).toBeLessThanOrEqual(17);
  }
});
