/** Which cells a block can do without: schedules, the order, where it ends. */
import { describe, expect, it } from 'vitest';
import { keptByStage, pruneBlock } from '../../../../src/distil/blocks/prune.js';
import { recordBlocks } from '../../../../src/distil/blocks/record.js';
import { chainNetwork } from '../../../helpers/networks.js';

describe('keptByStage', () => {
  it.each([
    ['linear', [14, 12, 10, 8, 6, 4, 2, 0].map((left) => 2 + left)],
    ['cosine', [17, 15, 13, 10, 6, 4, 2]],
    ['exponential', [12, 9, 6, 4, 3, 2]],
  ] as const)('%s', (schedule, kept) => {
    expect(keptByStage(schedule, 18, 2)).toEqual(kept);
  });

  it('keeps everything where everything is to be kept', () => {
    expect(keptByStage('linear', 4, 4)).toEqual([]);
  });
});

/** Six cells of equal variance; the last layer hears them at different strengths. */
const NETWORK = chainNetwork({
  name: 'ear',
  input: { name: 'x', shape: [6], domain: { kind: 'interval', min: -1, max: 1 } },
  layers: [
    { rows: Array.from({ length: 6 }, (_, k) => Array.from({ length: 6 }, (_c, c) => Number(c === k))), bias: [0, 0, 0, 0, 0, 2], activation: 'identity' },
    { rows: [[0.01, 3, 0.02, -2, 0, 0.03]], bias: [1], activation: 'identity' },
  ],
  decision: { kind: 'none' },
}); // prettier-ignore

const BLOCK = { name: 'ear_1', layers: ['ear_1'], first: 0, end: 1 };
const INPUT = { name: 'ear_1', shape: [6], domain: { kind: 'real' } } as const;

function prune(fidelity: number) {
  const { training } = recordBlocks(NETWORK, 0);
  const options = { schedule: 'linear', keep: 1, fidelity } as const;
  return pruneBlock(NETWORK, () => INPUT, BLOCK, training, options);
}

describe('pruneBlock', () => {
  it('leaves out what the layers behind hardly hear, until too much would be lost', () => {
    const { kept, findings, means } = prune(0.99);
    expect(kept).toEqual([1, 3]);
    expect(findings.stages.map((stage) => stage.kept)).toEqual([5, 4, 3, 2, 1]);
    const last = findings.stages.map(({ fidelity }) => fidelity);
    expect(last[3]).toBeGreaterThan(0.999);
    expect(last[4]).toBeLessThan(0.8);
    expect(means[5]).toBeCloseTo(2, 1);
  });

  it('keeps what is needed for a higher fidelity', () => {
    expect(prune(0.99999).kept).toEqual([1, 2, 3, 5]);
  });
});
