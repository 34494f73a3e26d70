/** A model told by whoever tells it shortest: cuts, what students are told behind them, the choice. */
import { describe, expect, it } from 'vitest';
import { tellShortest } from '../../../../src/distil/auto/index.js';
import type { AutoOptions } from '../../../../src/distil/auto/index.js';
import { cutsOf } from '../../../../src/distil/auto/cut.js';
import { rowsOfCut } from '../../../../src/distil/auto/rows.js';
import type { Way } from '../../../../src/ir/auto.js';
import { createInProcessTransport } from '../../../../src/students/math/search/in-process.js';
import { STANDARD_TOOLS } from '../../../../src/students/math/tools.js';
import { loadModule } from '../../../../src/verify/run-module.js';
import { verify } from '../../../../src/verify/index.js';
import { BORDER, policyNetwork } from '../../../helpers/policy-network.js';
import { chainNetwork, maxsatNetwork } from '../../../helpers/networks.js';

/** More groups than formulas have variables, so that these tests take no time. */
const GROUPS = 9;

function optionsOf(fidelity: number, ways: Way[] = []): AutoOptions {
  return {
    fidelity,
    seed: 0,
    createTransport: ({ problem }) => createInProcessTransport(problem, STANDARD_TOOLS),
    onWay: (way) => ways.push(way),
  };
}

describe('cuts', () => {
  it('are where one tensor of few cells leads on, with the exact program of what is before', async () => {
    const cuts = await cutsOf(policyNetwork(GROUPS));
    expect(cuts.map(({ kept }) => kept)).toEqual([0, 1, 2]);
    expect(cuts[0].before).toBeUndefined();
    expect(cuts[1].before?.network.outputs).toEqual([{ name: 'policy_1', shape: [GROUPS] }]);
    expect(cuts[1].before?.program.tables).toEqual([]);
  });

  it('are not where a later layer reads past them', async () => {
    const network = policyNetwork(GROUPS);
    const [first, second, third] = network.layers;
    const sources = [{ kind: 'layer', index: 0 } as const];
    const skipping = { ...network, layers: [first, second, { ...third, sources }] };
    expect((await cutsOf(skipping)).map(({ kept }) => kept)).toEqual([0, 1]);
  });

  it('are not behind layers of many cells', async () => {
    const cuts = await cutsOf(policyNetwork(40));
    expect(cuts.map(({ kept }) => kept)).toEqual([0, 2]);
  });
});

describe('rows behind a cut', () => {
  it('are what the layers before give, with the answers of the whole network', async () => {
    const network = policyNetwork(GROUPS);
    const [, cut] = await cutsOf(network);
    const before = cut.before?.network ?? network;
    const names = Array.from({ length: GROUPS }, (_, k) => `sum ${k}`);
    const { training, inRange } = rowsOfCut(network, before, names, 3).decisions();
    expect(training.names).toEqual(names);
    expect(training.columns).toHaveLength(GROUPS);
    let right = 0;
    training.target.forEach((decided, row) => {
      const isBoth = [0, 1].every((group) => training.columns[group][row] > BORDER);
      right += Number(decided === (isBoth ? 1 : 0));
      for (const column of training.columns)
        expect(column[row] >= 0 && column[row] <= 3).toBe(true);
    });
    expect(right / training.target.length).toBeGreaterThan(0.97);
    expect(inRange.target).toHaveLength(1000);
  });
});

describe('tellShortest', () => {
  it('keeps the layers that are an algorithm and tells the others by rules', async () => {
    const network = policyNetwork(GROUPS);
    const ways: Way[] = [];
    const { code, verdict, report } = await tellShortest(network, optionsOf(0.97, ways));
    expect(verdict.status).toBe('approximate');
    const { auto } = report;
    expect(auto?.ways).toEqual(ways);
    expect(auto?.ways[auto.selected]).toMatchObject({
      teller: 'logic',
      exact: ['policy_1'],
      replaced: ['policy_2', 'policy_3'],
      kept: 'proved',
    });
    const { predict, network: constant } = await loadModule(code);
    expect(constant).toMatchObject({
      verdict: 'approximate',
      explains: 'decisions',
      replaces: ['policy_2', 'policy_3'],
    });
    expect(code).toContain('It stands in for the layers policy_2, policy_3.');
    const cells = (first: number, second: number): number[] =>
      Array.from({ length: 3 * GROUPS }, (_, cell) => (cell < 3 ? first : cell < 6 ? second : 0.5));
    expect(predict(cells(0.9, 0.9))).toBe('yes');
    expect(predict(cells(0.9, 0.1))).toBe('no');
    expect(predict(cells(0.1, 0.9))).toBe('no');
    // What was measured holds when it is measured again, and not for another border.
    expect((await verify(network, code)).status).toBe('approximate');
    // It may not say that it stands in for layers in another order than the network has.
    const others = code.replace("['policy_2', 'policy_3']", "['policy_3', 'policy_2']");
    expect(others).not.toBe(code);
    expect(await verify(network, others)).toMatchObject({
      status: 'refuted',
      counterexample: { where: 'network.replaces' },
    });
    const border = /> (1\.\d+)/.exec(code)?.[1] ?? '';
    expect(border).not.toBe('');
    expect((await verify(network, code.replaceAll(border, '2.2'))).status).toBe('refuted');
  });

  it('says of every way what it costs, or why it led to nothing', async () => {
    const ways: Way[] = [];
    await tellShortest(policyNetwork(GROUPS), optionsOf(0.97, ways));
    expect(ways.map(({ teller, exact }) => `${teller} ${exact.length}`)).toEqual([
      'exact 3', 'logic 0', 'logic 1', 'logic 2', 'math 0', 'math 1', 'math 2',
    ]); // prettier-ignore
    for (const { module, reason } of ways) expect(Boolean(module)).not.toBe(Boolean(reason));
    expect(ways[5].reason).toBe('the network has 9 inputs, a formula is searched over 8 at most');
  });

  it('is exact where all answers have to be kept', async () => {
    const { verdict, report } = await tellShortest(policyNetwork(GROUPS), optionsOf(1));
    expect(verdict.status).toBe('proved');
    expect(report.auto).toMatchObject({ asked: 1, selected: 0 });
  });

  it('is exact where an algorithm is shorter than what approximates it', async () => {
    const { verdict, report } = await tellShortest(maxsatNetwork(4, 6), optionsOf(0.99));
    expect(verdict.status).toBe('proved');
    expect(report.auto?.selected).toBe(0);
  });

  it('has the rules of all inputs where these are few', async () => {
    // Exactly one of two, and a third beside it: two layers of steps.
    const network = chainNetwork({
      name: 'gate',
      input: { name: 'switches', shape: [3], features: ['a', 'b', 'c'] },
      layers: [
        { rows: [[1, -1, 0], [-1, 1, 0], [0, 0, 1]], bias: [-0.5, -0.5, -0.5], activation: 'step' }, // prettier-ignore
        { rows: [[1, 1, 1]], bias: [-0.5], activation: 'step' },
      ],
      decision: { kind: 'none' },
    });
    const ways: Way[] = [];
    await tellShortest(network, { ...optionsOf(0.9, ways), maxEvaluations: 100 });
    const [exact, logic] = ways;
    expect(exact.module?.fidelity).toBe(1);
    expect(logic).toMatchObject({ teller: 'logic', exact: [], module: { fidelity: 1 } });
  });

  it('finds a formula of what the layers before give', async () => {
    const network = chainNetwork({
      name: 'distance',
      input: { name: 'cells', shape: [3], domain: { kind: 'interval', min: 0, max: 1 } },
      layers: [
        { rows: [[1, 1, 1]], bias: [0], activation: 'identity' },
        { rows: [[0.3], [0.1], [-0.2]], bias: [0.1, -0.2, 0.1], activation: 'tanh' },
        { rows: [[2, 1, -1.5]], bias: [0.2], activation: 'identity' },
      ],
      decision: { kind: 'none' },
    });
    const { report } = await tellShortest(network, { ...optionsOf(0.99), maxEvaluations: 3000 });
    const math = report.auto?.ways.filter(({ teller, module }) => teller === 'math' && module);
    expect(math?.length).toBeGreaterThan(0);
    const selected = report.auto?.ways[report.auto.selected];
    expect(selected?.module?.fidelity).toBeGreaterThanOrEqual(0.99);
    expect(selected?.module?.cost).toBeLessThan(report.auto?.ways[0].module?.cost ?? 0);
  }, 240_000);

  it('tries no further way once it is to stop', async () => {
    const ways: Way[] = [];
    const options = { ...optionsOf(0.9, ways), shouldStop: () => ways.length > 1 };
    await tellShortest(policyNetwork(GROUPS), options);
    expect(ways).toHaveLength(2);
  });
});
