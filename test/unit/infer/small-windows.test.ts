/** Windows of two or three cells are read cell by cell, at a border and around a ring; and stay exact. */
import { describe, expect, it } from 'vitest';
import { clusterNetwork } from '../../../src/cluster/index.js';
import { inferProgram } from '../../../src/infer/index.js';
import { dumpProgram } from '../../../src/ir/program-dump.js';
import { elementaryAutomaton } from '../../helpers/build/local-rules.js';
import { allInputs, compileChecked } from './helpers.js';

describe('small windows', () => {
  it.each([
    [1, 'wrap'],
    [22, 'zero'],
    [75, 'zero'],
    [132, 'wrap'],
    [209, 'zero'],
  ] as const)('rule %i with %s border has no loop in its loop', (rule, border) => {
    const { network } = elementaryAutomaton({ rule, width: 9, border });
    const program = compileChecked(network, allInputs(network));
    expect(dumpProgram(program).match(/^ *for /gm)).toHaveLength(1);
  });

  it('keeps a window that goes round a long ring in one family', () => {
    const { network } = elementaryAutomaton({ rule: 198, width: 32, border: 'wrap' });
    const graph = clusterNetwork(network);
    expect(graph.clusters.map(({ members }) => members.length)).toEqual([32, 32, 32, 32, 32]);
    expect(dumpProgram(inferProgram(graph)).match(/^ *for /gm)).toHaveLength(1);
  });
});
