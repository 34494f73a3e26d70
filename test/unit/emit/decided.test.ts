import { describe, expect, it } from 'vitest';
import { emitProgram } from '../../../src/emit/index.js';
import { indicatorOf } from '../../../src/ir/decision.js';
import type { Decision, ModelInterface } from '../../../src/ir/model-interface.js';
import { checkProgram } from '../../../src/ir/program-check.js';
import {
  branch,
  compare,
  element,
  giveBack,
  num,
  symbol,
} from '../../../src/ir/program-builders.js';
import type { Program } from '../../../src/ir/program.js';
import { loadModule } from '../../../src/verify/run-module.js';

function programOf(
  decision: Decision,
  classes: number,
  decisions: readonly [number, number],
  labels?: readonly string[],
): Program {
  const model: ModelInterface = {
    name: 'gate',
    source: 'sha256:0',
    inputs: [{ name: 'x', shape: [2], domain: { kind: 'real' } }],
    outputs: [{ name: 'out', shape: [classes], ...(labels && { labels }) }],
    decision,
  };
  const x = symbol('x', 'number', [2]);
  const [yes, no] = decisions.map((one) => giveBack(num(one)));
  return {
    interface: model,
    parameters: [x],
    tables: [],
    body: [branch(compare('>', element(x, 1), num(3)), [yes]), no],
    decides: true,
  };
}

async function moduleOf(program: Program) {
  expect(checkProgram(program, { lowered: true })).toEqual([]);
  const { code } = await emitProgram(program, { verdict: 'sampled', tolerance: 0 });
  return { code, module: await loadModule(code) };
}

describe('programs that decide', () => {
  it('return labels early, and say the decision as scores', async () => {
    const program = programOf({ kind: 'argmax' }, 3, [2, 0], ['no', 'maybe', "it's"]);
    const { code, module } = await moduleOf(program);
    expect(code).toContain(`if (x[1] > 3) return "it's";\n  return 'no';`);
    expect([module.predict([0, 4]), module.predict([0, 3])]).toEqual(["it's", 'no']);
    expect([module.scores([0, 4]), module.scores([0, 3])]).toEqual([[0, 0, 1], [1, 0, 0]]); // prettier-ignore
    expect(() => module.predict([1])).toThrow(RangeError);
    expect(() => module.scores([1])).toThrow(RangeError);
  });

  it.each<[Decision, number, readonly [number, number], readonly number[], readonly number[]]>([
    [{ kind: 'argmax' }, 2, [1, 0], [0, 1], [1, 0]],
    [{ kind: 'argmin' }, 3, [1, 2], [1, 0, 1], [1, 1, 0]],
    [{ kind: 'threshold', threshold: 0.5 }, 1, [1, 0], [1], [0]],
    [{ kind: 'threshold', threshold: -2 }, 1, [1, 0], [-1], [-2]],
    [{ kind: 'sign' }, 1, [-1, 0], [-1], [0]],
  ])('%j: scores from which the decision follows', async (decision, classes, both, yes, no) => {
    const program = programOf(decision, classes, both);
    const { module } = await moduleOf(program);
    expect([module.predict([0, 4]), module.predict([0, 3])]).toEqual(both);
    expect([module.scores([0, 4]), module.scores([0, 3])]).toEqual([yes, no]);
    expect(indicatorOf(program.interface, both[0])).toEqual(yes);
  });

  it('return nothing but decisions of their model', () => {
    const program = programOf({ kind: 'argmax' }, 2, [2, 0]);
    expect(checkProgram(program, { lowered: true })).toEqual([
      'a program that decides returns a decision of its model',
    ]);
  });
});
