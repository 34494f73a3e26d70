/** The block that learned braking is told by the formula of braking, in the module that is committed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExample } from '../../../examples/common/read-example.js';
import { showDrives } from '../../../examples/hybrid/show.js';
import { brakingDistance } from '../../../examples/hybrid/train.js';
import type { HybridFindings } from '../../../src/ir/hybrid.js';
import { evaluateFormula } from '../../../src/students/math/engine/evaluate-formula.js';
import { constantsOf } from '../../../src/students/math/formula.js';
import { parseFormula } from '../../../src/students/math/text/parse-formula.js';
import { verify } from '../../../src/verify/index.js';
import { createRunner, loadModule } from '../../../src/verify/run-module.js';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const CODE = read('output/hybrid.ts');
const { hybrid } = JSON.parse(read('output/hybrid.report.json')) as { hybrid: HybridFindings };

describe('examples/hybrid', () => {
  it('recovers the formula of its block, within the error of the network', () => {
    const block = hybrid.blocks.find(({ isReplaced }) => isReplaced);
    expect(block?.name).toBe('hidden+distance');
    const [equation] = block?.equations ?? [];
    const { expression, complexity } = equation.front[equation.selected];
    const formula = parseFormula(expression, equation.reads);
    expect(equation.reads).toEqual(['mean speed', 'mean grip']);
    // One constant, speed², grip: nothing else is in it.
    expect(complexity).toBe(6);
    expect(constantsOf(formula)).toHaveLength(1);
    for (const [speed, grip] of [[5, 0.4], [12, 0.9], [25, 0.6]] as const) {
      const told = evaluateFormula(formula, [speed, grip]);
      expect(told / brakingDistance(speed, grip)).toBeCloseTo(1, 3);
    } // prettier-ignore
  });

  it('has a module whose claims hold, and layers around the block that are proved', async () => {
    const network = await readExample(join(ROOT, 'examples/hybrid/network.json'));
    expect(await verify(network, CODE)).toMatchObject({ status: 'approximate' });
    expect(CODE).toContain("replaces: ['hidden', 'distance']");
    expect(hybrid.kept.map(({ layers, verdict }) => [layers, verdict])).toEqual([
      [['means'], 'proved'],
      [['limits', 'advice'], 'proved'],
    ]);
    const { exact, whole } = hybrid;
    expect(whole?.fidelity).toBeGreaterThan(0.995);
    expect(whole?.cost).toBeLessThan(exact.cost / 5);
    const table = showDrives(network, createRunner(await loadModule(CODE), network));
    expect([...table.matchAll(/(\d+\.\d+) %/g)].every(([, share]) => Number(share) > 99)).toBe(
      true,
    );
  });
});
