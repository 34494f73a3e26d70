/** Hybrid modules: a block in the middle becomes its formula, the layers around it stay, the whole is measured. */
import { describe, expect, it } from 'vitest';
import { Diagnostic, renderDiagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { tellByBlocks } from '../../../../src/distil/blocks/index.js';
import type { HybridOptions } from '../../../../src/distil/blocks/index.js';
import type { BlockFindings } from '../../../../src/ir/hybrid.js';
import { createInProcessTransport } from '../../../../src/students/math/search/in-process.js';
import { STANDARD_TOOLS } from '../../../../src/students/math/tools.js';
import { verify } from '../../../../src/verify/index.js';
import { loadModule } from '../../../../src/verify/run-module.js';
import { renderReportMarkdown } from '../../../../src/report/index.js';
import { blockNetwork } from '../../../helpers/block-network.js';
import { reorder, toNetwork, toRows } from '../../../helpers/disguise-rows.js';
import { chainNetwork } from '../../../helpers/networks.js';

const NETWORK = blockNetwork();

function optionsOf(options: Partial<HybridOptions> = {}): HybridOptions {
  return {
    fidelity: 0.99,
    seed: 0,
    workers: 1,
    maxEvaluations: 3000,
    createTransport: ({ problem }) => createInProcessTransport(problem, STANDARD_TOOLS),
    ...options,
  };
}

const MIDDLE = optionsOf({ blocks: ['block_2+block_3'] });

async function refusal(options: Partial<HybridOptions>, network = NETWORK): Promise<string> {
  try {
    await tellByBlocks(network, optionsOf(options));
  } catch (error) {
    if (error instanceof Diagnostic) return renderDiagnostic(error);
    throw error;
  }
  return 'nothing was refused';
}

describe('a block in the middle', () => {
  it('becomes the formula that it learned, between layers that stay exact', async () => {
    const { code, verdict, report } = await tellByBlocks(NETWORK, MIDDLE);
    expect(verdict.status).toBe('approximate');
    expect(verdict.fidelity).toBeGreaterThan(0.999);
    const { hybrid } = report;
    const [block] = hybrid?.blocks ?? [];
    expect(block).toMatchObject({ isReplaced: true, inputs: 3, outputs: 1 });
    const [{ front, selected, reads }] = block.equations;
    expect(reads).toEqual(['block_1 0', 'block_1 1']);
    expect(front[selected].expression).toBe('`block_1 0` * `block_1 1`');
    expect(hybrid?.kept.map(({ layers, verdict: own }) => [layers, own])).toEqual([
      [['block_1'], 'proved'],
      [['block_4'], 'proved'],
    ]);
    expect(hybrid?.whole?.cost).toBeLessThan(hybrid?.exact.cost ?? 0);
    const { scores, network } = await loadModule(code);
    expect(network).toMatchObject({ replaces: ['block_2', 'block_3'], verdict: 'approximate' });
    const [first, second] = scores([0.5, 1, 0.25, 0.75, 0, 0]) as readonly number[];
    expect(first).toBeCloseTo(1.5, 10);
    expect(second).toBeCloseTo(0, 10);
    // The claim is about the network: layers that it has, in its order.
    for (const claim of ["['block_3', 'block_2']", "['block_2', 'block_9']", '[]']) {
      const other = code.replace("['block_2', 'block_3']", claim);
      expect(other).not.toBe(code);
      expect(await verify(NETWORK, other)).toMatchObject({
        status: 'refuted',
        counterexample: {
          where: 'network.replaces',
          actual: "declares layers that are not some of the network's, in its order",
        },
      });
    }
  }, 240_000);

  it('is told at any complexity of its front, and no other', async () => {
    const asked = { blocks: ['block_2+block_3'], complexities: new Map([['block_2+block_3', 1]]) };
    const { report, code } = await tellByBlocks(NETWORK, optionsOf(asked));
    const [block] = report.hybrid?.blocks ?? [];
    expect(block).toMatchObject({ complexity: 1, selection: 'complexity 1, as asked' });
    expect(block.levels[0].complexity).toBe(1);
    expect(block.levels[0].fidelity).toBeLessThan(0.9);
    expect(block.levels[1].fidelity).toBeGreaterThan(0.999);
    expect(code).toMatch(/const block3 = blockSums\[[01]\];/);
    const far = await refusal({ ...asked, complexities: new Map([['block_2+block_3', 29]]) });
    expect(far).toMatch(
      /^error HYBRID_COMPLEXITY: the block "block_2\+block_3" has no equation of complexity 29\n {2}hint: there are equations of complexity 1, (\d+(, )?)+$/,
    );
  }, 240_000);

  it('is the same whatever the order of the hidden neurons and the number of workers', async () => {
    const { code } = await tellByBlocks(NETWORK, MIDDLE);
    const rows = toRows(NETWORK);
    reorder(rows, 1, [3, 1, 0, 9, 2, 8, 4, 5, 7, 6]);
    const permuted = await tellByBlocks(toNetwork(NETWORK, rows), { ...MIDDLE, workers: 2 });
    expect(permuted.code).toBe(code);
  }, 240_000);

  it('is taken where none is named, with what every other one costs', async () => {
    const seen: BlockFindings[] = [];
    const network = blockNetwork({ groups: 4, cells: 3, hidden: 17 });
    const { report } = await tellByBlocks(
      network,
      optionsOf({ exact: ['block_4'], onBlock: (one) => seen.push(one) }),
    );
    const blocks = report.hybrid?.blocks ?? [];
    expect(blocks.filter(({ isReplaced }) => isReplaced).map(({ name }) => name)).toHaveLength(1);
    expect(seen.map(({ name }) => name)).toEqual(blocks.map(({ name }) => name));
    const reasonOf = (name: string) => blocks.find((one) => one.name === name)?.reason;
    expect(reasonOf('block_2')).toBe('it gives 17 numbers, equations are searched for 16 at most');
    expect(reasonOf('block_1')).toMatch(/^its exact code is short already, cost \d+(\.5)?$/);
    for (const { alone, reason } of blocks) expect(Boolean(alone)).not.toBe(Boolean(reason));
    const text = renderReportMarkdown(report);
    expect(text).toContain('|  | block\\_2 |  |  |  |  | it gives 17 numbers');
    expect(text).toMatch(/\| → \| block\\_2\+block\\_3/);
  }, 300_000);

  it('leaves the rest untried once it is to stop, and keeps what there is', async () => {
    let asked = 0;
    const shouldStop = (): boolean => asked++ > 200;
    const options = optionsOf({ blocks: ['block_2+block_3'], shouldStop, maxEvaluations: 1e9 });
    const { verdict } = await tellByBlocks(NETWORK, options);
    expect(verdict.status).toBe('approximate');
    expect(await refusal({ shouldStop: () => true })).toContain(
      'block_1: stopped before it was tried',
    );
  }, 240_000);
});

describe('two blocks', () => {
  it('are told by equations, with what stands between them exact', async () => {
    const network = chainNetwork({
      name: 'two',
      input: { name: 'x', shape: [2], domain: { kind: 'interval', min: 1, max: 2 } },
      layers: [
        { rows: [[1, 2], [3, -1]], bias: [0, 0], activation: 'identity' },
        { rows: [[1, 1], [1, -1]], bias: [0, 0], activation: 'abs' },
        { rows: [[2, 0.5]], bias: [1], activation: 'identity' },
      ],
      decision: { kind: 'none' },
    }); // prettier-ignore
    const { code, report, verdict } = await tellByBlocks(
      network,
      optionsOf({ blocks: ['two_1', 'two_3'] }),
    );
    expect(verdict).toMatchObject({ status: 'approximate', fidelity: 1 });
    expect(report.hybrid?.blocks.map(({ isReplaced }) => isReplaced)).toEqual([true, true]);
    expect(report.hybrid?.kept).toMatchObject([{ layers: ['two_2'], verdict: 'proved' }]);
    expect(report.hybrid?.kept[0].ranges).toHaveLength(2);
    expect(code).toContain("replaces: ['two_1', 'two_3']");
    expect(code).toContain('Math.abs(');
    expect(renderReportMarkdown(report)).toContain('| all of → |');
  }, 240_000);
});

describe('hybrid modules refuse', () => {
  it.each<[Partial<HybridOptions>, string]>([
    [{ blocks: ['block_2'], exact: ['block_2'] }, 'error HYBRID_KEPT: the layer "block_2" is to stay exact, but is part of the block "block_2"\n  hint: leave it out of --exact or of --blocks'],
    [{ exact: ['block_1+block_2+block_3', 'block_4'] }, 'error HYBRID_NO_BLOCKS: the network has no block: it can be cut nowhere, or all its layers are to stay exact\n  hint: let deepdistill math explain the whole network'],
    [{ blocks: ['block_2'], complexities: new Map([['block_3', 3]]) }, 'error HYBRID_COMPLEXITY_BLOCK: "block_3" is none of the blocks that are told by equations\n  hint: did you mean "block_2"?'],
  ])('%j', async (options, message) => {
    expect(await refusal(options)).toBe(message);
  }); // prettier-ignore

  it('blocks that give too much for equations, unless cells are left out', async () => {
    const network = blockNetwork({ hidden: 17 });
    expect(await refusal({ blocks: ['block_2'] }, network)).toBe(
      'error HYBRID_BLOCK: the block "block_2" cannot be told by equations: it gives 17 numbers, equations are searched for 16 at most\n' +
        '  hint: name another block, or leave out cells that hardly matter with --prune',
    );
  });

  it('to go on where nothing is worth it', async () => {
    const options = { fidelity: 1, exact: ['block_1', 'block_3', 'block_4'] };
    const message = await refusal(options, blockNetwork({ hidden: 17 }));
    expect(message).toMatch(/^error HYBRID_NOTHING: no block is told shorter by equations at fidelity 1\n {2}hint: ask for less with --fidelity, or name a block with --blocks all the same; tried: block_2: it gives 17 numbers, equations are searched for 16 at most$/); // prettier-ignore
  }, 240_000);
});
