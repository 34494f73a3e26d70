/**
 * One-token mutants of the code forms: whatever computes something else is refuted, and what is proved
 * computes the same, by running module and network on every input (or on many, for reals).
 */
import { describe, expect, it } from 'vitest';
import type { Network } from '../../src/ir/network.js';
import { createRandom } from '../../src/numeric/random.js';
import { verify } from '../../src/verify/index.js';
import type { Nested } from '../../src/verify/run-module.js';
import { loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { mutantsOf } from '../helpers/text-mutants.js';
import { adderForm, comparatorForm, parityForm, runForm, saturatedForm } from '../unit/verify/checker/forms/carries.js'; // prettier-ignore
import type { Form } from '../unit/verify/checker/forms/form.js';
import { argmaxForm, balanceForm, strictlyLargestForm, unequalComparisonsForm } from '../unit/verify/checker/forms/pairs.js'; // prettier-ignore
import {
  anyRuleForm,
  lifeForm,
  lineForm,
  ringForm,
} from '../unit/verify/checker/forms/stencils.js';
import { binaryForm, diagonalForm, genericForm } from '../unit/verify/checker/forms/sums.js';

/** Inputs that a proved mutant is run on. */
const MAX_RUNS = 4096;

/** All inputs of a small domain, else random ones; reals from three values, so that ties occur. */
function* inputsOf(network: Network): Generator<number[]> {
  const [{ domain, shape }] = network.inputs;
  const values = domain.kind === 'values' ? domain.values : [0, 1, -1];
  const size = shape.reduce((product, extent) => product * extent, 1);
  const total = values.length ** size;
  const random = createRandom(3);
  for (let code = 0; code < Math.min(total, MAX_RUNS); code++) {
    yield Array.from({ length: size }, (_, cell) => {
      const digit = total <= MAX_RUNS ? Math.floor(code / values.length ** cell) : random.below(values.length); // prettier-ignore
      return values[digit % values.length];
    });
  }
}

function nested(cells: readonly number[], shape: readonly number[]): Nested {
  if (shape.length < 2) return cells;
  return Array.from({ length: shape[0] }, (_, row) =>
    cells.slice(row * shape[1], (row + 1) * shape[1]),
  );
}

async function largestDifference(network: Network, code: string): Promise<number> {
  const module = await loadModule(code);
  const teacher = createTeacher(network);
  let worst = 0;
  for (const cells of inputsOf(network)) {
    const [expected] = teacher.forward([Float64Array.from(cells)]);
    const answer = module.scores(nested(cells, network.inputs[0].shape)) as number[];
    const actual = answer.flat();
    expect(actual.length).toBe(expected.length);
    for (let k = 0; k < actual.length; k++) {
      worst = Math.max(worst, Math.abs(actual[k] - expected[k]));
    }
  }
  return worst;
}

const FORMS: readonly Form[] = [
  ringForm(30, 5),
  lineForm(184, 6, 'guard'),
  lineForm(150, 5, 'zero'),
  lifeForm(3, 4),
  lifeForm(3, 4, true),
  anyRuleForm(4),
  balanceForm(4, 'identity'),
  strictlyLargestForm(4),
  ...['flags', 'best', 'largest', 'maximum'].map((style) => argmaxForm(4, style)),
  argmaxForm(6, 'best'),
  unequalComparisonsForm(),
  ...['remainder', 'logic', 'floor'].map((style) => adderForm(12, style)),
  comparatorForm(14),
  ...['flip', 'unequal', 'remainder', 'counter'].map((style) => parityForm(23, style)),
  saturatedForm(30, 3),
  runForm(30, 3),
  diagonalForm(3, 2, 'guard'),
  diagonalForm(3, 2, 'bounds'),
  ...['power', 'horner', 'shift'].map((style) => binaryForm(8, style)),
  genericForm(3, 4),
];

/** Writes past the end of an array, which the checker does not follow. */
const OUTSIDE = 'a write outside an array';

describe('one-token mutants', () => {
  it.each(FORMS.map((form) => [`${form.name}, ${form.network.inputs[0].domain.kind}`, form] as const))(
    'of %s',
    async (_, { network, text }) => {
      const mutants = mutantsOf(text);
      expect(mutants.length).toBeGreaterThan(12);
      for (const { what, code } of mutants) {
        const verdict = await verify(network, code, { ignoreVerdictString: true, sample: false });
        if (verdict.status === 'proved' || verdict.status === 'exhaustive') expect(await largestDifference(network, code), what).toBeLessThan(1e-6);
        else if (verdict.status === 'unknown') expect(verdict.reason, what).toContain(OUTSIDE);
        else expect(verdict.status, what).toBe('refuted');
      }
    },
  ); // prettier-ignore
});
