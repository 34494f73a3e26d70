/**
 * Modules with recurrences: the checker proves them, refutes what a hand may get wrong in them (gates
 * exchanged, a step too few, a bias or a first value forgotten), and every one-token mutant that differs.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { parse } from '../../src/parse/index.js';
import { verify } from '../../src/verify/index.js';
import { largestDifference } from '../helpers/enumerate.js';
import { writeRecurrent } from '../helpers/recurrent-models.js';
import type { RecurrentSpec } from '../helpers/recurrent-models.js';
import { mutantsOf } from '../helpers/text-mutants.js';

const DOMAIN = { kind: 'interval', min: -1, max: 1 } as const;

const SMALL = { steps: 3, features: 2, hidden: 2 } as const;

const SPECS: readonly (readonly [string, RecurrentSpec])[] = [
  ['RNN', { op: 'RNN', ...SMALL, given: ['biases', 'first'] }],
  ['RNN backwards, all steps', { op: 'RNN', ...SMALL, direction: 'reverse', results: ['Y'] }],
  ['LSTM', { op: 'LSTM', ...SMALL, given: ['biases', 'first', 'peepholes'] }],
  ['GRU', { op: 'GRU', ...SMALL, given: ['biases', 'first'] }],
  ['GRU, late reset', { op: 'GRU', ...SMALL, attributes: { linear_before_reset: 1 } }],
];

/** What the checker does not follow, it does not judge. */
const UNFOLLOWED =
  /outside an array|that may be|may vanish|may overflow|depends on the input|no number/;

async function compiled(spec: RecurrentSpec) {
  const network = await parse({ 'm.onnx': writeRecurrent(spec) }, { domain: DOMAIN });
  return { network, ...(await compile(network)) };
}

describe('one-token mutants of', () => {
  it.each(SPECS)('%s', async (_, spec) => {
    const { network, code, verdict } = await compiled(spec);
    expect(verdict.status, verdict.reason).toBe('proved');
    const mutants = mutantsOf(code);
    expect(mutants.length).toBeGreaterThan(20);
    let [refuted, undecided] = [0, 0];
    for (const { what, code: broken } of mutants) {
      const one = await verify(network, broken, { ignoreVerdictString: true, sample: false });
      if (one.status === 'refuted') refuted++;
      else if (one.status === 'unknown' && UNFOLLOWED.test(one.reason ?? '')) undecided++;
      else expect(await largestDifference(network, broken), `${what}: ${one.reason ?? ''}`).toBeLessThanOrEqual(1e-6);
    }
    expect(refuted).toBeGreaterThan(mutants.length / 2);
    expect(undecided).toBeLessThan(mutants.length / 4);
  }, 120_000); // prettier-ignore
});

describe('what a hand may get wrong', () => {
  const LSTM: RecurrentSpec = { op: 'LSTM', ...SMALL, hidden: 4, given: ['biases', 'first'] };
  const GRU: RecurrentSpec = {
    op: 'GRU',
    ...SMALL,
    hidden: 4,
    attributes: { linear_before_reset: 1 },
  };
  const RNN: RecurrentSpec = {
    op: 'RNN',
    ...SMALL,
    hidden: 4,
    direction: 'reverse',
    results: ['Y'],
  };

  /** What is wrong, in which module, and the text that makes it so. */
  const MISTAKES: readonly (readonly [string, RecurrentSpec, RegExp, string])[] = [
    ['gates exchanged', LSTM, /sigmoid\(forgetGateSum\) \* cell\[i\] \+ sigmoid\(inputGateSum\)/, 'sigmoid(inputGateSum) * cell[i] + sigmoid(forgetGateSum)'],
    ['the output gate in the place of the candidate', LSTM, /Math\.tanh\(candidateSum\)/, 'Math.tanh(outputGateSum)'],
    ['a step too few', LSTM, /let step = 0; step < 3/, 'let step = 1; step < 3'],
    ['the row of the step before', LSTM, /\[step\]/, '[Math.max(0, step - 1)]'],
    ['a bias forgotten', LSTM, /let candidateSum = candidateBiases\[i\]/, 'let candidateSum = 0'],
    ['first values forgotten', LSTM, /const cell = \[[^\]]*\];/, 'const cell = new Array<number>(4).fill(0);'],
    ['the function of the cell forgotten', LSTM, /Math\.tanh\(cell\[i\]\)/, 'cell[i]'],
    ['the state taken by the wrong end of the update', GRU, /\* hidden\[i\] \+ \(1 - update\[i\]\)/, '* Math.tanh(0) + (1 - update[i])'],
    ['update and rest exchanged', GRU, /update\[i\] \* hidden\[i\] \+ \(1 - update\[i\]\)/, '(1 - update[i]) * hidden[i] + update[i]'],
    ['the reset of the whole candidate', GRU, /sigmoid\(resetGateSum\) \* recurrentCandidateSum/, 'recurrentCandidateSum'],
    ['a walk in the wrong direction', RNN, /2 - back/, 'back'],
    ['states that change while others read them', RNN, /next\[i\] = Math\.tanh\(sum\)/, 'next[i] = hidden[i] = Math.tanh(sum)'],
  ]; // prettier-ignore

  it.each(MISTAKES)('%s', async (_, spec, right, wrong) => {
    const { network, code } = await compiled(spec);
    const broken = code.replace(right, wrong);
    expect(broken, code).not.toBe(code);
    const { status } = await verify(network, broken, { ignoreVerdictString: true });
    expect(status).toBe('refuted');
  });
});
