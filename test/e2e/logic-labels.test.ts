/** `deepdistill logic MODEL --label-column`: accuracy of rules and network on labels, and calibration. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calibration, LabelFindings, LogicFindings } from '../../src/ir/student.js';
import { createRandom } from '../../src/numeric/random.js';
import type { Random } from '../../src/numeric/random.js';
import { createWorkFolder } from './run-in-folder.js';
import type { WorkFolder } from './run-in-folder.js';

const ROWS = 2000;

interface Sample {
  readonly manifest: object;
  /** The weights: a row for each of the inputs u and v, then the biases. */
  readonly weights: readonly (readonly number[])[];
  /** A label for the scores before the last activation. */
  readonly labelOf: (z: readonly number[], random: Random) => string;
}

const INPUT = { name: 'x', shape: [2], features: ['u', 'v'], domain: { min: -2, max: 2 } };
const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** Labels that come true exactly as often as the network says. */
const SIGMOID: Sample = {
  manifest: {
    input: INPUT,
    layers: [{ weights: 'w.csv', activation: 'sigmoid' }],
    output: { labels: ['no', 'yes'], decision: 'threshold', threshold: 0.5 },
  },
  weights: [[2], [-1], [0.3]],
  labelOf: ([z], random) => (random.unit() < logistic(z) ? 'yes' : 'no'),
};

const SOFTMAX: Sample = {
  manifest: {
    input: INPUT,
    layers: [{ weights: 'w.csv', activation: 'softmax' }],
    output: { labels: ['low', 'mid', 'high'], decision: 'argmax' },
  },
  weights: [[-2, 0, 2], [0, 1, -1], [0, 0.5, 0]], // prettier-ignore
  labelOf: (z, random) => {
    const shares = z.map(Math.exp);
    let left = random.unit() * shares.reduce((sum, share) => sum + share);
    return ['low', 'mid', 'high'][shares.findIndex((share) => (left -= share) < 0)];
  },
};

describe('logic on a network and labels', () => {
  let work: WorkFolder;
  beforeAll(() => {
    work = createWorkFolder();
  });
  afterAll(() => {
    work.remove();
  });
  const read = (file: string): string => readFileSync(join(work.path, file), 'utf8');

  /** Writes network and rows, `v` before `u` and a number besides; what the report says of labels. */
  async function labelsOf(sample: Sample, words: readonly string[] = []): Promise<LabelFindings> {
    const { manifest, weights, labelOf } = sample;
    writeFileSync(join(work.path, 'n.json'), JSON.stringify({ name: 'n', ...manifest }));
    writeFileSync(join(work.path, 'w.csv'), `${weights.map((row) => row.join(',')).join('\n')}\n`);
    const random = createRandom(1);
    const lines = Array.from({ length: ROWS }, (_, row) => {
      const [u, v] = [4 * random.unit() - 2, 4 * random.unit() - 2];
      const z = weights[2].map((bias, k) => u * weights[0][k] + v * weights[1][k] + bias);
      return [row, v, labelOf(z, random), u].join(',');
    });
    writeFileSync(join(work.path, 'rows.csv'), `number,v,truth,u\n${lines.join('\n')}\n`);
    const data = ['--data', 'rows.csv', '--label-column', 'truth'];
    const files = ['-o', 'n.ts', '--report', 'n.report.json', '--report', 'n.md'];
    const { code, stderr } = await work.run(['logic', 'n.json', ...data, ...words, ...files]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { labels } = JSON.parse(read('n.report.json')) as LogicFindings;
    if (labels === undefined) throw new Error('nothing is said of labels');
    const [own, other] = [labels.rules, labels.network].map(({ share }) => Math.floor(share * 1e6) / 1e6); // prettier-ignore
    expect(stderr).toContain(`\naccuracy ${own} of the rules, ${other} of the network, on ${ROWS} labels\n`); // prettier-ignore
    return labels;
  }

  function expectWhole({ bins, expectedError }: Calibration): void {
    expect(bins.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
    const error = bins.reduce(
      (sum, { rows, predicted, observed }) => sum + rows * Math.abs(predicted - observed.share),
      0,
    );
    expect(expectedError).toBeCloseTo(error / ROWS, 12);
  }

  it('finds a sigmoid calibrated whose labels were drawn from it', async () => {
    const labels = await labelsOf(SIGMOID, ['--leaves', '6']);
    expect(labels).toMatchObject({ column: 'truth', rows: ROWS });
    const { rules, network, bothRight, onlyRules, onlyNetwork, neither } = labels;
    expect(bothRight + onlyRules + onlyNetwork + neither).toBe(ROWS);
    expect(rules.equal).toBe(bothRight + onlyRules);
    expect(network.equal).toBe(bothRight + onlyNetwork);
    expect(network.share).toBeGreaterThan(0.8);
    expect(network.share).toBeLessThan(0.9);
    expect(network.interval[0] < network.share && network.share < network.interval[1]).toBe(true);

    const { calibrationOfNetwork, calibrationOfRules } = labels;
    if (calibrationOfNetwork === undefined) throw new Error('a sigmoid gives probabilities');
    expect(calibrationOfNetwork.of).toEqual({ label: 'yes' });
    expect(calibrationOfNetwork.bins).toHaveLength(10);
    for (const { least = NaN, most = NaN, predicted, observed } of calibrationOfNetwork.bins) {
      expect(predicted >= least && predicted <= most).toBe(true);
      expect(Math.abs(observed.share - predicted)).toBeLessThan(0.12);
    }
    expect(calibrationOfNetwork.expectedError).toBeLessThan(0.04);
    expectWhole(calibrationOfNetwork);
    expectWhole(calibrationOfRules);
    expect(calibrationOfRules.bins.every(({ rule }) => rule !== undefined)).toBe(true);

    const text = read('n.md');
    expect(text).toContain('\nThe network gives a probability that the label is `yes`.\n');
    expect(text).toContain(`On 2,000 rows with labels in the column \`truth\`, without which the rules were found:`); // prettier-ignore
    expect(text).toMatch(/\n- accuracy of the network 0\.8\d+ \(95 % interval 0\.\d+ to 0\.\d+\)\n- accuracy of the rules 0\.\d+ \(/); // prettier-ignore
  });

  it('finds a softmax calibrated, by the probability of its answer', async () => {
    const { calibrationOfNetwork } = await labelsOf(SOFTMAX, ['--leaves', '6']);
    expect(calibrationOfNetwork?.of).toBe('answer');
    expect(calibrationOfNetwork?.expectedError).toBeLessThan(0.05);
    // The largest of three is a third at least.
    expect(calibrationOfNetwork?.bins[0].least).toBeGreaterThanOrEqual(0.3);
    expect(read('n.md')).toContain('\nThe network gives a probability that its answer is right.\n');
  });

  it('finds one out that is too sure of itself', async () => {
    const sure = { ...SIGMOID, weights: SIGMOID.weights.map((row) => row.map((w) => 5 * w)) };
    const labelOf = ([z]: readonly number[], random: Random): string => SIGMOID.labelOf([z / 5], random); // prettier-ignore
    const { calibrationOfNetwork } = await labelsOf({ ...sure, labelOf }, ['--leaves', '6']);
    expect(calibrationOfNetwork?.expectedError).toBeGreaterThan(0.1);
  });

  it('takes indices for labels, and other columns in their order; scores are no probabilities', async () => {
    const manifest = {
      name: 'n',
      input: { ...INPUT, features: ['first', 'second'] },
      layers: [{ weights: 'w.csv' }],
      output: { decision: 'threshold' },
    };
    writeFileSync(join(work.path, 'n.json'), JSON.stringify(manifest));
    // Class 1 where the first input is positive.
    writeFileSync(join(work.path, 'w.csv'), '1\n0\n0\n');
    writeFileSync(join(work.path, 'r.csv'), 'v,u,truth\n1,-1,1.0\n-1,1,0\n1.5,-2,1\n-2,1,1\n');
    const words = ['--data', 'r.csv', '--label-column', 'truth', '-o', 'n.ts'];
    const { code, stderr } = await work.run(['logic', 'n.json', ...words, '--report', 'n.report.json', '--report', 'n.md']); // prettier-ignore
    expect(stderr).toMatch(/\naccuracy 0\.75 of the rules, 0\.75 of the network, on 4 labels\n$/);
    expect(code).toBe(0);
    const { labels } = JSON.parse(read('n.report.json')) as LogicFindings;
    expect(labels).not.toHaveProperty('calibrationOfNetwork');
    expect(read('n.md')).toContain('its scores are no probabilities');
  });
});
