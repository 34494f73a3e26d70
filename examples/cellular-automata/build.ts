/**
 * Builds the networks of elementary cellular automata and writes their weights: one network for all 256
 * rules, which reads the rule's bits beside the cells, and one for each of some rules.
 *
 *   npx tsx examples/cellular-automata/build.ts [--seed 1]          all rules at once, and the rules below
 *   npx tsx examples/cellular-automata/build.ts --rule 73           one more rule, in data/rule-073/
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { elementaryAutomaton } from '../../test/helpers/build/local-rules.js';
import { anyAutomaton } from '../../test/helpers/build/several-rules.js';
import { isMain, readWhole } from '../common/script.js';
import { formatWeights } from '../common/weights-csv.js';
import { asTrained, layersOf, writeSymbolic } from '../common/write-symbolic.js';

export const WIDTH = 17;

/** The rules whose modules are committed. */
export const RULES: readonly number[] = [30, 90, 110, 150, 184];

const FOLDER = new URL('.', import.meta.url);

/** How files of a rule are called: `rule-030`. */
export function ruleName(rule: number): string {
  return `rule-${String(rule).padStart(3, '0')}`;
}

/** Writes the network for all rules and those of `RULES`. @returns the path of the first's manifest. */
export async function writeAutomata(seed: number): Promise<string> {
  for (const rule of RULES) await writeRule(rule, seed);
  return writeSymbolic({
    folder: FOLDER,
    name: 'cellular-automata',
    network: anyAutomaton(WIDTH, 'wrap').network,
    publishedShape: [WIDTH],
    seed,
  });
}

/** Writes the network of one rule, and its manifest, into `data/`. @returns the manifest's path. */
export async function writeRule(rule: number, seed: number): Promise<string> {
  const name = ruleName(rule);
  const { network } = elementaryAutomaton({ rule, width: WIDTH, border: 'wrap' });
  const data = new URL(`data/${name}/`, FOLDER);
  await mkdir(data, { recursive: true });
  const layers = layersOf(asTrained(network, seed));
  for (const [index, layer] of layers.entries()) {
    await writeFile(new URL(`${name}_${index + 1}.csv`, data), formatWeights(layer));
  }
  const manifest = {
    name: `rule ${rule}`,
    input: { name: 'cells', shape: [WIDTH], axes: ['cell'], domain: [0, 1] },
    layers: layers.map((_, index) => ({ weights: `${name}_${index + 1}.csv`, activation: 'step' })),
    output: { name: 'next' },
  };
  const path = new URL('network.json', data);
  await writeFile(path, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return fileURLToPath(path);
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: { rule: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  const seed = readWhole('seed', values.seed, 0);
  const manifest =
    values.rule === undefined
      ? await writeAutomata(seed)
      : await writeRule(readWhole('rule', values.rule, 0), seed);
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
