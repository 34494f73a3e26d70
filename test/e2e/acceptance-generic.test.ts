/**
 * `--generic` from weights to answers: modules compiled at one size, or two, give the answers of networks
 * built at others.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import type { Compiled } from '../../src/compile.js';
import type { Network } from '../../src/ir/network.js';
import { compareAnswers } from '../../src/verify/compare-answers.js';
import { verify } from '../../src/verify/index.js';
import { createRunner, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { probesOf } from '../helpers/agreement.js';
import { compilerMessages } from '../helpers/emitted-text.js';
import { drawImages, orientationRectangle } from '../helpers/generic-networks.js';
import { maxsatNetwork, orientationNetwork } from '../helpers/networks.js';

const INPUTS = 2000;

/** Milliseconds for the compilations that several tests share, on a busy machine. */
const PATIENCE = 60_000;

/** Inputs of the list on which scores or decisions of the module and the network differ. */
async function mismatches(
  network: Network,
  { code }: Compiled,
  probes: readonly (readonly Float64Array[])[],
): Promise<number> {
  const run = createRunner(await loadModule(code), network);
  const teacher = createTeacher(network);
  return probes.filter(
    (probe) => compareAnswers(network, teacher, probe, run, 1e-6).mismatch !== undefined,
  ).length;
}

function imagesFor(network: Network): Float64Array[][] {
  const [rows, columns] = network.inputs[0].shape;
  return drawImages(rows, columns, INPUTS).map((image) => [image]);
}

/** What follows the `network` constant: all that is ever executed. */
function functionsOf({ code }: Compiled): string {
  return code.slice(code.indexOf('export function scores'));
}

describe('orientation', () => {
  let fromOne: Compiled;
  let fromTwo: Compiled;
  beforeAll(async () => {
    fromOne = await compile(orientationNetwork(28), { generic: true });
    fromTwo = await compile(orientationNetwork(12), {
      generic: true,
      sizes: [orientationNetwork(20)],
    });
  }, PATIENCE);

  it('from 28 × 28 alone is proved there, and calls other sizes a hypothesis', () => {
    expect(fromOne.verdict.status).toBe('proved');
    expect(fromOne.code).toContain('Compiled from 28 × 28; other sizes are a hypothesis.');
    expect(fromOne.code).toContain("inputShape: ['rows', 'columns'],");
    expect(compilerMessages(fromOne.code)).toEqual([]);
  });

  it('from 28 × 28 alone explains 27 and 756 by the extents, each by its own axis', () => {
    const expressions = fromOne.report.generic?.constants.map(
      ({ values: [value], expression }) => `${value} = ${expression}`,
    );
    expect(expressions).toEqual([
      '28 = columns',
      '28 = rows',
      '27 = rows - 1',
      '756 = columns * (rows - 1)',
      '27 = columns - 1',
      '756 = rows * (columns - 1)',
    ]);
  });

  it('from 12 × 12 and 20 × 20 is the same code, proved at both and confirmed by both', () => {
    expect(fromTwo.verdict.status).toBe('proved');
    const constants = fromTwo.report.generic?.constants ?? [];
    expect(constants.map(({ confirmedBy }) => confirmedBy.length)).toEqual([2, 2, 2, 2, 2, 2]);
    expect(functionsOf(fromTwo)).toBe(functionsOf(fromOne));
  });

  it.each([
    [9, 9],
    [40, 40],
    [64, 64],
    [9, 14],
    [31, 6],
  ])('equals the network built at %i × %i', async (rows, columns) => {
    const square = rows === columns;
    const network = square ? orientationNetwork(rows) : orientationRectangle(rows, columns);
    expect(await mismatches(network, fromOne, imagesFor(network))).toBe(0);
  });

  it.each([
    [9, 14],
    [1, 8],
    [8, 1],
  ])('is proved at %i × %i too, by the same text', async (rows, columns) => {
    const verdict = await verify(orientationRectangle(rows, columns), fromOne.code);
    expect(verdict.status).toBe('proved');
  });

  it('from unequal sides tells columns - 1 from rows - 1, and leaves no doubt about axes', async () => {
    const compiled = await compile(orientationRectangle(12, 28), {
      generic: true,
      sizes: [orientationRectangle(20, 9)],
    });
    expect(compiled.verdict.status).toBe('proved');
    expect(compiled.report.generic?.indistinct).toEqual([]);
    expect(compiled.code).toContain('Compiled from 12 × 28 and 20 × 9, which agree on every constant.'); // prettier-ignore
    expect(functionsOf(compiled)).toBe(functionsOf(fromOne));
  });
});

describe('MAXSAT, from 10 × 50 alone', () => {
  let compiled: Compiled;
  beforeAll(async () => {
    compiled = await compile(maxsatNetwork(10, 50), { generic: true });
  }, PATIENCE);

  it('keeps the weight that happens to equal an extent', () => {
    expect(compiled.verdict.status).toBe('proved');
    expect(compiled.code).toMatch(/=== 0 \? 10 : 2\.29756?/);
    expect(compiled.code).toContain('2 or more literals × 1 or more clauses');
    expect(compilerMessages(compiled.code)).toEqual([]);
  });

  it.each([
    [6, 17],
    [20, 100],
  ])('equals the network built at %i × %i', async (literals, clauses) => {
    const network = maxsatNetwork(literals, clauses);
    expect(await mismatches(network, compiled, probesOf(network, INPUTS))).toBe(0);
  });
});
