/**
 * Models of different kinds, and the command lines whose files have to be the same bytes everywhere:
 * loops, a dense network with its numbers in a sibling, probabilities, a formula, rules.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../../src/numeric/random.js';
import { totalistic } from '../build/totalistic.js';
import { disguise } from '../disguise.js';
import { writeLinearNetwork } from '../math-inputs.js';
import { csvFiles } from '../model-files.js';

const EXAMPLES = join(import.meta.dirname, '../../../examples');

/** One command; its words name files below `models/` and below `out/`. */
export interface Subject {
  readonly name: string;
  readonly words: readonly string[];
  /** Searches take seconds: they are run under fewer circumstances. */
  readonly isSearch: boolean;
}

const reports = (name: string): readonly string[] => [
  ...['-o', `out/${name}.ts`, '--report', `out/${name}.json`, '--report', `out/${name}.md`],
];

const compiled = (name: string, ...further: readonly string[]): Subject => ({
  name,
  words: [
    ...['compile', `models/${name}/network.json`, ...further],
    ...['--certificate', `out/${name}.proof.json`, ...reports(name)],
  ],
  isSearch: false,
});

export const SUBJECTS: readonly Subject[] = [
  compiled('majority', '--generic'),
  compiled('life'),
  compiled('dense'),
  compiled('softmax', '--tolerance', '1e-4'),
  {
    name: 'changed',
    words: ['diff', 'models/majority/network.json', 'models/changed/network.json', '-o', 'out/changed.md'], // prettier-ignore
    isSearch: false,
  },
  {
    name: 'formula',
    words: [
      ...['math', 'models/formula/pair.json', '--seed', '3', '--front', 'out/front.svg'],
      ...['--mode', 'evolution', '--operators', '+,-,*', '--max-complexity', '9'],
      ...['--max-evaluations', '4000', ...reports('formula')],
    ],
    isSearch: true,
  },
  {
    name: 'rules',
    words: [
      ...['logic', '--data', 'models/species/moths.csv', '--target', 'species', '--seed', '2'],
      ...['--tree', 'out/tree.svg', ...reports('rules')],
    ],
    isSearch: true,
  },
];

const VOTE = `{
  "name": "majority",
  "input": { "name": "votes", "shape": [5], "axes": ["voter"], "domain": [0, 1] },
  "layers": [{ "weights": "w.csv", "activation": "sign" }],
  "output": { "labels": ["rejected", "accepted"], "decision": "threshold" }
}
`;

/** Writes the models below `folder`; `end` is the end of their lines. */
export function writeModels(folder: string, end: '\n' | '\r\n' = '\n'): void {
  const write = (name: string, files: Readonly<Record<string, string>>): void => {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(folder, name, file), text.replaceAll('\n', end));
    }
  };
  write('majority', { 'network.json': VOTE, 'w.csv': '1\n1\n1\n1\n1\n-2.5\n' });
  write('changed', { 'network.json': VOTE, 'w.csv': '1\n1\n1\n1\n1\n-3.5\n' });
  const { network } = totalistic({ rows: 6, columns: 7, border: 'wrap', hidden: 'sign' });
  write('life', csvFiles(disguise(network, { seed: 5 })));
  write('dense', denseFiles('dense', [8, 40, 24, 3], 'identity', 1));
  write('softmax', denseFiles('softmax', [4, 10, 3], 'softmax', 2));
  for (const name of ['formula', 'species']) mkdirSync(join(folder, name), { recursive: true });
  writeLinearNetwork(join(folder, 'formula'));
  cpSync(join(EXAMPLES, 'species/moths.csv'), join(folder, 'species/moths.csv'));
}

/** A network of normal weights, rectified but for its last layer. */
function denseFiles(
  name: string,
  sizes: readonly number[],
  last: 'identity' | 'softmax',
  seed: number,
): Record<string, string> {
  const random = createRandom(seed);
  const files: Record<string, string> = {};
  const layers = sizes.slice(1).map((size, layer) => {
    const spread = Math.sqrt(2 / sizes[layer]);
    const lines = Array.from({ length: sizes[layer] + 1 }, () =>
      Array.from({ length: size }, () => spread * random.normal()).join(','),
    );
    const weights = `w${layer}.csv`;
    files[weights] = `${lines.join('\n')}\n`;
    return { weights, activation: layer === sizes.length - 2 ? last : 'relu' };
  });
  const input = { name: 'x', shape: [sizes[0]], domain: { min: -1, max: 1 } };
  files['network.json'] = JSON.stringify(
    { name, input, layers, output: { decision: 'argmax' } },
    null,
    1,
  );
  return files;
}
