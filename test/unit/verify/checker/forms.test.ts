/** Every form of code that the compiler prints for structured networks is proved, at several sizes. */
import { describe, expect, it } from 'vitest';
import type { Domain } from '../../../../src/ir/model-interface.js';
import { verify } from '../../../../src/verify/index.js';
import { disguise } from '../../../helpers/disguise.js';
import { adderForm, comparatorForm, parityForm, prefixForm, runForm, saturatedForm } from './forms/carries.js'; // prettier-ignore
import type { Form } from './forms/form.js';
import { REAL, argmaxForm, balanceForm, strictlyLargestForm, unequalComparisonsForm } from './forms/pairs.js'; // prettier-ignore
import { anyRuleForm, lifeForm, lineForm, ringForm, windowForm } from './forms/stencils.js';
import { binaryForm, diagonalForm, genericForm, rampForm } from './forms/sums.js';

const TERNARY: Domain = { kind: 'values', values: [-1, 0, 1] };
const DIGITS: Domain = { kind: 'values', values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };
const STYLES = {
  adder: ['remainder', 'logic', 'floor'],
  parity: ['flip', 'unequal', 'remainder', 'counter'],
  argmax: ['flags', 'best', 'largest', 'maximum'],
  binary: ['power', 'horner', 'shift'],
};

async function expectProof({ network, text }: Form): Promise<void> {
  const verdict = await verify(network, text);
  expect(verdict.counterexample).toBeUndefined();
  expect(verdict.reason).toBeUndefined();
  expect(verdict.status).toBe('proved');
  expect(verdict.maxError).toBeLessThan(1e-9);
}

/** One test for each form, by its name and domain. */
function proves(forms: readonly Form[]): void {
  it.each(forms.map((form) => [form.name, form.network.inputs[0].domain.kind, form] as const))(
    '%s (%s)',
    async (_name, _domain, form) => {
      await expectProof(form);
    },
  );
}

describe('stencils', () => {
  proves([
    ...[30, 90, 110, 150, 184].flatMap((rule) => [17, 32].map((n) => ringForm(rule, n))),
    ringForm(110, 64),
    ...[30, 90, 110, 150, 184].map((rule) => lineForm(rule, 17, 'guard')),
    lineForm(110, 32, 'zero'),
    windowForm(40),
    lifeForm(6, 7),
    lifeForm(16, 16),
    lifeForm(3, 5, true),
    anyRuleForm(17),
    anyRuleForm(32),
  ]);

  it('are proved in disguise', async () => {
    const options = { seed: 5, permute: true, rescale: true, noise: 1e-9, dead: 3, duplicates: 3 };
    for (const form of [ringForm(110, 17), lineForm(30, 17, 'zero'), lifeForm(6, 7)]) {
      await expectProof({ ...form, network: disguise(form.network, options) });
    }
  });
});

describe('pairs', () => {
  for (const domain of [REAL, TERNARY, DIGITS]) {
    proves([
      ...[5, 12].flatMap((n) => [
        balanceForm(n, 'identity', domain),
        balanceForm(n, 'step', domain),
        balanceForm(n, 'sign', domain),
        strictlyLargestForm(n, domain),
      ]),
      ...STYLES.argmax.flatMap((style) => [5, 7].map((n) => argmaxForm(n, style, domain))),
      unequalComparisonsForm(domain),
    ]);
  }

  proves([argmaxForm(12, 'flags'), argmaxForm(12, 'best'), argmaxForm(12, 'best', TERNARY)]);
});

describe('loops that carry a state', () => {
  proves([
    ...STYLES.adder.flatMap((style) => [8, 32].map((bits) => adderForm(bits, style))),
    comparatorForm(8),
    comparatorForm(32),
    ...STYLES.parity.flatMap((style) => [10, 32].map((n) => parityForm(n, style))),
    prefixForm(40, 3),
    saturatedForm(40, 3),
    runForm(12, 3),
    runForm(40, 3),
  ]);
});

describe('sums', () => {
  proves([
    diagonalForm(8, 3, 'guard'),
    diagonalForm(20, 5, 'bounds'),
    ...STYLES.binary.flatMap((style) => [8, 32].map((n) => binaryForm(n, style))),
    rampForm(12, TERNARY),
    rampForm(12, DIGITS),
    genericForm(5, 7),
    genericForm(20, 30),
  ]);
});
