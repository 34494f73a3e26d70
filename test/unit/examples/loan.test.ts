/** The rules of the loan networks stand where the networks themselves change over. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { bordersOf } from '../../../examples/loan/show.js';
import { readExample } from '../../../examples/common/read-example.js';

const ROOT = join(import.meta.dirname, '../../..');

/** One in a hundred of the range of a figure. */
const CLOSE = 0.1;

/** The thresholds of a committed module, by the names of the figures. */
function thresholdsOf(module: string): ReadonlyMap<string, number> {
  const code = readFileSync(join(ROOT, 'output', module), 'utf8');
  return new Map(
    [...code.matchAll(/(\w+) (?:>|<=) ([\d.]+)/g)].map(([, name, value]) => [name, Number(value)]),
  );
}

describe.each([
  ['network.json', 'loan.ts', ['income', 'debt']],
  ['harder.json', 'loan.harder.ts', ['income', 'debt', 'savings', 'tenure']],
])('%s', (manifest, module, read) => {
  it('changes over within a hundredth of the range of the thresholds', async () => {
    const network = await readExample(join(ROOT, 'examples/loan', manifest));
    const thresholds = thresholdsOf(module);
    expect([...thresholds.keys()]).toEqual(read);
    const borders = bordersOf(network);
    network.inputs[0].features?.forEach((name, figure) => {
      const { count, median } = borders[figure];
      const threshold = thresholds.get(name);
      if (threshold === undefined) {
        // A figure that the rules do not read hardly ever decides.
        expect(count).toBeLessThan(100);
        return;
      }
      expect(count).toBeGreaterThan(200);
      expect(Math.abs(median - threshold)).toBeLessThan(CLOSE);
    });
  });
});
