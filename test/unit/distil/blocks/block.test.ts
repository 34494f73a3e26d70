/** Where networks are cut into blocks, how blocks are named, and what is refused. */
import { describe, expect, it } from 'vitest';
import { Diagnostic, renderDiagnostic } from '../../../../src/diagnostics/diagnostic.js';
import { blocksOf, cutsOfBlocks, findBlocks, partOf } from '../../../../src/distil/blocks/block.js';
import { createTeacher } from '../../../../src/verify/teacher.js';
import { blockNetwork } from '../../../helpers/block-network.js';

const NETWORK = blockNetwork();
const [FIRST, SECOND, THIRD, FOURTH] = NETWORK.layers;

/** A network whose third layer reads the first one as well. */
const SKIPPING = {
  ...NETWORK,
  layers: [FIRST, SECOND, { ...THIRD, sources: [{ kind: 'layer', index: 0 } as const] }, FOURTH],
};

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Diagnostic) return renderDiagnostic(error);
    throw error;
  }
  return 'nothing was refused';
}

describe('blocks', () => {
  it('are all runs of layers between two cuts, short ones first', () => {
    expect(cutsOfBlocks(NETWORK)).toEqual([0, 1, 2, 3, 4]);
    expect(blocksOf(NETWORK).map(({ name }) => name)).toEqual([
      'block_1', 'block_2', 'block_3', 'block_4',
      'block_1+block_2', 'block_2+block_3', 'block_3+block_4',
      'block_1+block_2+block_3', 'block_2+block_3+block_4',
    ]); // prettier-ignore
  });

  it('end nowhere where a later layer reads past them', () => {
    expect(cutsOfBlocks(SKIPPING)).toEqual([0, 1, 3, 4]);
    expect(blocksOf(SKIPPING).map(({ name }) => name)).not.toContain('block_2');
  });

  it('one behind the other compute what the network does', () => {
    const inputs = [Float64Array.of(0.1, 0.9, 0.4, 0.3, 0.8, 0.5)];
    const input = { name: 'x', shape: [3], domain: { kind: 'real' } as const };
    const middle = createTeacher(partOf(NETWORK, 1, 3, input));
    const last = createTeacher(partOf(NETWORK, 3, 4, { ...input, shape: [1] }));
    const first = createTeacher(partOf(NETWORK, 0, 1)).forward(inputs);
    const scores = last.forward(middle.forward(first).map((one) => one.slice()));
    expect(scores).toEqual(createTeacher(NETWORK).forward(inputs));
  });

  it('are found by the names of their layers, from the front', () => {
    const found = findBlocks(NETWORK, ['block_4', ' block_2 + block_3']);
    expect(found.map(({ first, end }) => [first, end])).toEqual([
      [1, 3],
      [3, 4],
    ]);
  });

  it.each([
    [['block_9'], 'error HYBRID_UNKNOWN_LAYER: the network has no layer called "block_9"\n  hint: did you mean "block_1"?'],
    [['block_3+block_2'], 'error HYBRID_NOT_CONSECUTIVE: the layers of the block "block_3+block_2" do not follow each other\n  hint: name them in the network\'s order: block_1, block_2, block_3, block_4'],
    [['block_1+block_2+block_3+block_4'], 'error HYBRID_WHOLE_NETWORK: the block "block_1+block_2+block_3+block_4" is the whole network\n  hint: leave a layer out, or let deepdistill math explain the whole'],
    [['block_2+block_3', 'block_3'], 'error HYBRID_OVERLAP: the blocks "block_2+block_3" and "block_3" share the layer "block_3"\n  hint: name blocks that have no layer in common'],
  ])('%j are refused', (texts, message) => {
    expect(refusal(() => findBlocks(NETWORK, texts))).toBe(message);
  }); // prettier-ignore

  it('that cannot be cut out are refused, with those that can', () => {
    expect(refusal(() => findBlocks(SKIPPING, ['block_2']))).toBe(
      'error HYBRID_NO_CUT: the block "block_2" cannot be cut out: a layer behind "block_2" reads something before it\n' +
        '  hint: blocks of this network are block_1, block_4, block_2+block_3, block_1+block_2+block_3, block_2+block_3+block_4',
    );
  });
});
