/** Scans and taps: which of them are legal, how they are dumped, what the reference pass makes of them. */
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../../src/ir/network-check.js';
import { dumpNetwork } from '../../../src/ir/network-dump.js';
import type { Node, Scan, StagedNetwork, Tap } from '../../../src/ir/network.js';
import { forward } from '../../../src/verify/teacher.js';
import { counterNetwork } from '../../helpers/scans.js';

const legal = counterNetwork();

function withScan(change: Partial<Scan>): StagedNetwork {
  const layers = legal.layers.map((node): Node => (node.kind === 'scan' ? { ...node, ...change } : node));
  return { ...legal, layers };
} // prettier-ignore

function withTap(change: Partial<Tap>): StagedNetwork {
  const layers = legal.layers.map((node): Node => (node.kind === 'tap' ? { ...node, ...change } : node));
  return { ...legal, layers };
} // prettier-ignore

describe('a network with a scan', () => {
  const { feeds, body } = legal.layers[0] as Scan;

  it('is legal', () => {
    expect(checkNetwork(legal)).toEqual([]);
  });

  it.each<[string, StagedNetwork, string]>([
    ['no steps', withScan({ steps: 0 }), 'scan 0: 0 steps'],
    ['too few feeds', withScan({ feeds: feeds.slice(1) }), 'scan 0: 1 feeds for 2 inputs of its body'],
    ['rows that do not add up', withScan({ steps: 3 }), 'scan 0, input 0 of its body: 4 cells, not 3'],
    ['no such source', withScan({ sources: [] }), 'scan 0, input 0 of its body: no cells, not 4'],
    ['a state without a result', withScan({ feeds: [feeds[0], { kind: 'state', first: new Float64Array(1), next: 1 }] }), 'scan 0, input 1 of its body: result 1 is not its next value'],
    ['a state with too many first values', withScan({ feeds: [feeds[0], { kind: 'state', first: new Float64Array(2), next: 0 }] }), 'scan 0, input 1 of its body: 2 first values for 1 cells'],
    ['nothing kept', withScan({ outputs: [] }), 'scan 0: no outputs'],
    ['an output that is no state', withScan({ outputs: [{ state: 0, every: true }] }), 'scan 0: output of no state'],
    ['the shape of another output', withScan({ outputs: [{ state: 1, every: false }, { state: 1, every: false }] }), 'scan 0: the shape 4 is not '],
    ['a broken body', withScan({ body: { ...body, results: [{ kind: 'layer', index: 5 }] } }), 'scan 0, body: output 0: there is no layer 5'],
    ['a tap of an input', withTap({ sources: [{ kind: 'input', index: 0 }] }), 'tap 1: no scan stands before it'],
    ['a tap of nothing', withTap({ output: 2 }), 'tap 1: the scan has no output 2'],
    ['a tap of another shape', withTap({ shape: [1] }), 'tap 1: the shape 1 is not '],
  ])('is refused with %s', (_, network, problem) => {
    expect(checkNetwork(network)).toContain(problem);
  }); // prettier-ignore

  it('is dumped with its body', () => {
    expect(dumpNetwork(legal)).toBe(`network counter, source sha256:test, 0 parameters
input 0 bits [4] in {0, 1}
scan 0 counter: 4 steps, bit a row of input 0, count from zeros on result 0; gives every count, last count
  input 0 bit [] in real
  input 1 count [] in real
  layer 0 next: identity, 1 neurons [] from input 0, input 1, 2 weights
    0: 1·x[0] + 1·x[1]
  result 0 is layer 0
tap 1 counter: output 1 of layer 0
output 0 counts [4] is layer 0
output 1 count [] is layer 1
decision none
`);
    const backwards = withScan({ reversed: true, word: 'backward' });
    expect(dumpNetwork(backwards)).toContain('scan 0 counter backward: 4 steps backwards, ');
  });

  it('hands on what a step gives, in either direction', () => {
    const rows = ([counts, count]: readonly Float64Array[]) => [
      Array.from(counts),
      Array.from(count),
    ];
    expect(rows(forward(legal, [[1, 0, 1, 1]]))).toEqual([[1, 1, 2, 3], [3]]);
    expect(rows(forward(withScan({ reversed: true }), [[1, 0, 1, 1]]))).toEqual([
      [3, 2, 2, 1],
      [3],
    ]);
    const late = withScan({
      feeds: [feeds[0], { kind: 'state', first: Float64Array.of(5), next: 0 }],
    });
    expect(rows(forward(late, [[0, 0, 1, 0]]))).toEqual([[5, 5, 6, 6], [6]]);
  });
});
