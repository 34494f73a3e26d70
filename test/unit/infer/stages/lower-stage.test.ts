/** Stages as loops: a reduction is computed once, however often it stands in the body. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../src/compile.js';
import { divide, multiply, num, subtract } from '../../../../src/ir/program-builders.js';
import { stageOf } from '../../../../src/ir/stage.js';
import { UNIT_INTERVAL, input, over, stagedNetwork } from '../../../helpers/stages.js';

describe('a reduction that stands twice in a body', () => {
  it('is one loop', async () => {
    const shape = [2];
    const stage = stageOf({ name: 'power', shape, operands: [input(0, [2, 3])] }, ([i], [x]) => {
      const mean = divide(
        over('sum', 3, (k) => x([i, k])),
        num(3),
      );
      return subtract(multiply(mean, mean), mean);
    });
    const network = stagedNetwork(
      'power',
      [{ name: 'x', shape: [2, 3], domain: UNIT_INTERVAL }],
      [stage],
    );
    const { code, verdict } = await compile(network);
    expect(verdict.status).toBe('proved');
    expect(code.match(/\+= x\[i\]\[k\]/g)).toHaveLength(1);
    expect(code).toContain('(sum / 3) * (sum / 3) - sum / 3');
  });
});
