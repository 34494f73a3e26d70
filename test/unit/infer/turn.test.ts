/** Steps that are only taken away from a constant are told as their opposites, and nothing else is. */
import { describe, expect, it } from 'vitest';
import { turnSteps } from '../../../src/infer/turn.js';
import type { Gate, Value } from '../../../src/infer/values.js';
import type { Domain, ModelInterface } from '../../../src/ir/model-interface.js';
import { BINARY } from '../../helpers/networks.js';

const REAL: Domain = { kind: 'interval', min: 0, max: 1 };

function interfaceOf(domain: Domain): ModelInterface {
  return {
    name: 'turn',
    source: 'sha256:test',
    inputs: [{ name: 'cells', shape: [4], domain }],
    outputs: [{ name: 'scores', shape: [1] }],
    decision: { kind: 'none' },
  };
}

const step = (bias: number): Gate => ({
  terms: [
    {
      coefficient: 1,
      spread: 0,
      reference: { source: { kind: 'input', index: 0 }, accesses: [{ kind: 'all' }] },
    },
  ],
  tables: [],
  bias: { kind: 'constant', value: bias },
  activation: { kind: 'step' },
});

/** bias + Σ coefficient · steps. */
const sum = (coefficients: readonly number[], bias: number): Gate => ({
  terms: coefficients.map((coefficient, id) => ({
    coefficient,
    spread: 0,
    reference: { source: { kind: 'value', id }, accesses: [] },
  })),
  tables: [],
  bias: { kind: 'constant', value: bias },
  activation: { kind: 'identity' },
});

/** The numbers of the gates after turning: coefficients, then the bias. */
function turned(gates: readonly Gate[], domain: Domain = BINARY): readonly (readonly number[])[] {
  const values = gates.map((gate, id): Value => ({ id, axes: [], holes: new Set(), gate }));
  const model = { interface: interfaceOf(domain), values };
  return turnSteps(model, new Set([gates.length - 1])).map(({ gate }) => [
    ...gate.terms.map(({ coefficient }) => coefficient),
    gate.bias.kind === 'constant' ? gate.bias.value : NaN,
  ]);
}

describe('turnSteps', () => {
  it('turns two steps taken away from 2', () => {
    const gates = [step(-2.5), step(-1.5), sum([-1, -1], 2)];
    expect(turned(gates)).toEqual([[-1, 2.5], [-1, 1.5], [1, 1, 0]]); // prettier-ignore
  });

  it('keeps ties where they were', () => {
    expect(turned([step(-2), sum([-1], 1)])).toEqual([[-1, 2.5], [1, 0]]); // prettier-ignore
  });

  it.each<[string, readonly Gate[], Domain]>([
    ['a step that is added', [step(-2.5), sum([1], 1)], BINARY],
    ['a step without a constant', [step(-2.5), sum([-1], 0)], BINARY],
    ['a step of reals', [step(-2.5), sum([-1], 1)], REAL],
  ])('leaves %s', (_, gates, domain) => {
    const plain = gates.map(({ terms, bias }) => [
      ...terms.map(({ coefficient }) => coefficient),
      bias.kind === 'constant' ? bias.value : NaN,
    ]);
    expect(turned(gates, domain)).toEqual(plain);
  });
});
