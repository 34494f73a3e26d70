/** The two benchmark networks, from weights to text: size, structure, proof, answers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../src/cluster/index.js';
import { compile } from '../../src/compile.js';
import type { Compiled } from '../../src/compile.js';
import { emitProgram } from '../../src/emit/index.js';
import { inferProgram } from '../../src/infer/index.js';
import type { LoadedModule } from '../../src/verify/run-module.js';
import { loadModule } from '../../src/verify/run-module.js';
import { agreementOf } from '../helpers/agreement.js';
import { compilerMessages, loopsThatReadInput, outerLoops } from '../helpers/emitted-text.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

const line = (size: number, position: number, vertical: boolean): number[][] =>
  Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => ((vertical ? column : row) === position ? 1 : 0)),
  );

describe('orientation, 28 × 28', () => {
  const network = orientationNetwork(28);
  let compiled: Compiled;
  let module: LoadedModule;
  beforeAll(async () => {
    compiled = await compile(network);
    module = await loadModule(compiled.code);
  });

  it('is short, without weights, and proved', () => {
    expect(compiled.report.code.lines).toBeLessThanOrEqual(45);
    expect(compiled.report.code.weightsInData).toBe(0);
    expect(compiled.report.unexplainedNeurons).toEqual([]);
    expect(compiled.verdict.status).toBe('proved');
    expect(compiled.verdict.maxError).toBeLessThanOrEqual(1e-6);
    expect(compilerMessages(compiled.code)).toEqual([]);
  });

  it('computes row and column sums once: one loop nest reads the image', () => {
    expect(loopsThatReadInput(compiled.code)).toBe(1);
  });

  it('answers all 56 lines', () => {
    const answers = [true, false].flatMap((vertical) =>
      Array.from({ length: 28 }, (_, k) => module.predict(line(28, k, vertical))),
    );
    expect(answers.slice(0, 28)).toEqual(new Array(28).fill('vertical'));
    expect(answers.slice(28)).toEqual(new Array(28).fill('horizontal'));
  });

  it('gives the network’s own answer elsewhere', async () => {
    expect(await agreementOf(network, compiled, 300)).toMatchObject({ mismatches: 0 });
  });
});

describe('MAXSAT, 10 × 50', () => {
  const network = maxsatNetwork(10, 50);
  let compiled: Compiled;
  beforeAll(async () => {
    compiled = await compile(network);
  });

  it('is short, without weights, and proved', () => {
    expect(compiled.report.code.lines).toBeLessThanOrEqual(30);
    expect(compiled.report.code.weightsInData).toBe(0);
    expect(compiled.verdict.status).toBe('proved');
    expect(compiled.verdict.maxError).toBeLessThanOrEqual(1e-6);
    expect(compilerMessages(compiled.code)).toEqual([]);
  });

  it('singles no cell of clause 0 out, and loops over the clauses once', () => {
    expect(compiled.code).not.toMatch(/\[\d+\]\[\d+\]/);
    expect(outerLoops(compiled.code)).toBe(1);
  });

  it('gives the network’s own answer', async () => {
    expect(await agreementOf(network, compiled, 300)).toMatchObject({ mismatches: 0 });
  });
});

describe('MAXSAT, 10 × 1000', () => {
  it('does not overflow on 1,000 unit clauses', async () => {
    const program = inferProgram(clusterNetwork(maxsatNetwork(10, 1000)));
    const { code } = await emitProgram(program, { verdict: 'unknown', tolerance: 1e-6 });
    const { scores, predict } = await loadModule(code);
    const units = (literal: number) =>
      Array.from({ length: 10 }, (_, row) => new Array<number>(1000).fill(row === literal ? 1 : 0));
    for (const literal of [0, 1]) {
      const answer = scores(units(literal)) as readonly number[];
      expect(answer.every(Number.isFinite)).toBe(true);
      expect(answer[0] + answer[1]).toBeCloseTo(1, 12);
      expect(predict(units(literal))).toBe(literal === 0 ? 'assign true' : 'assign false');
    }
  });
});
