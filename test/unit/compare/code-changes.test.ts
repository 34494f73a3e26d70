/** Programs laid over each other: what is a change, and what is only another way to write the same. */
import { describe, expect, it } from 'vitest';
import { codeDifference } from '../../../src/compare/code-changes.js';
import { compile } from '../../../src/compile.js';
import type { StagedNetwork } from '../../../src/ir/network.js';
import { createRandom } from '../../../src/numeric/random.js';
import { disguise } from '../../helpers/disguise.js';
import { credit, edited } from '../../helpers/model-pairs.js';
import { chainNetwork, maxsatNetwork, orientationNetwork } from '../../helpers/networks.js';

async function difference(old: StagedNetwork, fresh: StagedNetwork) {
  const [one, two] = [await compile(old), await compile(fresh)];
  return codeDifference(one.program, two.program);
}

/** A sum of many weights over features without names. */
function linear(width: number, change: (row: Float64Array) => void) {
  const random = createRandom(1);
  const row = Float64Array.from({ length: width }, () => Math.round(1000 * random.normal()) / 1000);
  change(row);
  return chainNetwork({
    name: 'linear',
    input: {
      name: 'x',
      shape: [width],
      features: Array.from(row.keys(), (k) => `feature${k}`),
      domain: { kind: 'interval', min: 0, max: 1 },
    },
    layers: [{ rows: [row], bias: [0.5], activation: 'sigmoid' }],
    decision: { kind: 'threshold', threshold: 0.5 },
  });
}

describe('programs laid over each other', () => {
  it('are the same under every name, order and way to write them', async () => {
    for (const network of [orientationNetwork(6), maxsatNetwork(5, 7)]) {
      const same = await difference(network, disguise(network, { seed: 5, permute: true }));
      expect(same).toMatchObject({ changes: [], code: [], shared: 1 });
    }
    // 0.25 * savings is savings / 4; the neurons come in another order, with other names.
    const reordered = await difference(credit(), edited(credit(), 0, (rows, bias) => {
      [rows[0], rows[1]] = [rows[1], rows[0]];
      [bias[0], bias[1]] = [bias[1], bias[0]];
      return undefined;
    })); // prettier-ignore
    expect(reordered.shared).toBeGreaterThan(0.7);
  });

  it('tell one weight of many, and no other', async () => {
    for (const width of [12, 150]) {
      const plain = linear(width, () => undefined);
      const { changes } = await difference(
        plain,
        linear(width, (row) => void (row[7] = 3)),
      );
      const numbers = changes.filter(({ kind }) => kind === 'constant' || kind === 'table');
      expect(numbers).toHaveLength(1);
      expect(numbers[0].new).toBe('3');
    }
  });

  it('tell a term that is gone', async () => {
    const { changes } = await difference(
      linear(6, () => undefined),
      linear(6, (row) => void (row[3] = 0)),
    );
    expect(changes).toMatchObject([{ kind: 'term', what: 'term' }]);
    expect(changes[0].old).toContain('feature3');
    expect(changes[0]).not.toHaveProperty('new');
  });

  it('tell a weight by its cell, and take rounding for no change', async () => {
    const { changes } = await difference(
      credit(),
      edited(credit(), 1, (rows) => {
        rows[0][1] = -1.1;
        rows[0][0] += 1e-7;
        return undefined;
      }),
    );
    expect(changes).toEqual([
      { kind: 'constant', what: 'coefficient', of: 'unit', place: 'score', old: '-0.8', new: '-1.1' },
    ]); // prettier-ignore
  });
});
