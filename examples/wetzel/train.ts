/**
 * Trains the classifiers of this example: for every rule two networks of two hidden layers of 64 tanh units, on
 * rows of their own, so that what they do not share is known to be chance.
 *
 *   npx tsx examples/wetzel/train.ts [--seed 1] [--only ellipse,wave]
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isMain, readWhole } from '../common/script.js';
import { stateDictOf } from '../common/state-dict.js';
import { trainClassifier } from '../common/train-classifier.js';
import type { TrainedLayer } from '../common/weights-csv.js';
import { drawRows, RULES } from './rules.js';
import type { Rule } from './rules.js';

const TRAINING = { rows: 10_000, hidden: [64, 64], epochs: 60 } as const;

/** The rows and the weights of the second network of a seed are those of a seed so much later. */
export const SECOND = 100;

/** The three layers of one network. */
export function trainRule(rule: Rule, seed: number): Readonly<Record<string, TrainedLayer>> {
  const { columns, labels } = drawRows(rule, TRAINING.rows, seed);
  const { hidden, epochs } = TRAINING;
  const { decay } = rule;
  const [first, second, output] = trainClassifier({
    columns,
    labels,
    hidden,
    epochs,
    seed,
    ...(decay === undefined ? {} : { decay }),
  });
  return { first, second, output };
}

/** The manifest of a network whose weights stand in a file. */
export function manifestOf({ name, ranges }: Rule, weights: string): object {
  const domains = ranges.map(([min, max]) => ({ min, max }));
  const isCommon = ranges.every(([min, max]) => min === ranges[0][0] && max === ranges[0][1]);
  return {
    name,
    weights,
    input: {
      name: 'point',
      shape: [ranges.length],
      features: ranges.map((_, k) => `x${k + 1}`),
      domain: isCommon ? domains[0] : domains,
    },
    layers: [
      { weights: 'first', activation: 'tanh' },
      { weights: 'second', activation: 'tanh' },
      { weights: 'output', activation: 'sigmoid' },
    ],
    output: { name: 'side', labels: ['below', 'above'], decision: 'threshold', threshold: 0.5 },
  };
}

/** Trains both networks of a rule, and writes weights and manifests. */
export async function writeRule(rule: Rule, seed: number): Promise<void> {
  for (const [suffix, own] of [
    ['', seed],
    ['.second', seed + SECOND],
  ] as const) {
    const file = (ending: string): URL =>
      new URL(`${rule.name}${suffix}.${ending}`, import.meta.url);
    const weights = `${rule.name}${suffix}.safetensors`;
    await writeFile(file('safetensors'), stateDictOf(trainRule(rule, own)));
    await writeFile(file('json'), `${JSON.stringify(manifestOf(rule, weights), undefined, 2)}\n`);
  }
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, only: { type: 'string' } },
  });
  const only = values.only?.split(',') ?? RULES.map(({ name }) => name);
  for (const rule of RULES.filter(({ name }) => only.includes(name))) {
    await writeRule(rule, readWhole('seed', values.seed, 0));
    process.stdout.write(`wrote ${rule.name}: two networks\n`);
  }
}
