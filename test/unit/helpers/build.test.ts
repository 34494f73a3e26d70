/** Every builder's network computes its program: on all inputs, by an evaluation of its own. */
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { probesOf } from '../../helpers/agreement.js';
import { GALLERY } from '../../helpers/build/gallery.js';
import { elementaryAutomaton } from '../../helpers/build/local-rules.js';
import type { Specimen } from '../../helpers/build/specimen.js';
import { plainEvaluation } from '../../helpers/plain-evaluation.js';

/** Inputs on which network and program differ, of all up to 2^16, else of that many seeded ones. */
function differences({ network, reference }: Specimen): number {
  const evaluate = plainEvaluation(network);
  return probesOf(network, 2 ** 16).filter((probe) => {
    const expected = reference(...probe);
    const scores = evaluate(probe);
    return scores.length !== expected.length || expected.some((value, k) => value !== scores[k]);
  }).length;
}

describe('builders', () => {
  it.each(GALLERY.map((specimen) => [specimen.name, specimen] as const))('%s', (_, specimen) => {
    expect(checkNetwork(specimen.network)).toEqual([]);
    expect(differences(specimen)).toBe(0);
  });

  it.each(['minterms', 'maxterms', 'thermometer'] as const)('all rules as %s', (encoding) => {
    for (let rule = 0; rule < 256; rule++) {
      const border = rule % 2 === 0 ? 'wrap' : 'zero';
      const hidden = rule % 3 === 0 ? 'sign' : 'step';
      const specimen = elementaryAutomaton({ rule, width: 5, border, encoding, hidden });
      expect(differences(specimen), specimen.name).toBe(0);
    }
  });
});
