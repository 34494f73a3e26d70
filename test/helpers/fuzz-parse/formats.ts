/**
 * The formats that the parser reads from strangers, each with the files that damage starts from and the
 * ways in which they are damaged. A new format is one more line of `FORMATS`.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../src/numeric/random.js';
import { chance, pick } from '../fuzz/choose.js';
import { writeOnnx } from '../onnx-writer.js';
import { damageBytes } from './mutate-bytes.js';
import { damageModel } from './mutate-model.js';
import { damageCsv, damageJson, damageJsonValues } from './mutate-text.js';
import { damageMessage } from './mutate-wire.js';
import { ONNX_CORPUS } from './onnx-corpus.js';
import { OPERATOR_MODELS } from './onnx-operators.js';
import { damageSafetensors, damageTorch, SAFETENSORS_MODEL, TORCH_MODEL } from './state-dicts.js';

/** Contents by path, as `parse` takes them. */
export type Contents = Readonly<Record<string, Uint8Array>>;

/** The damaged file; `undefined` where it is not of a kind that this damage knows. */
type Damage = (bytes: Uint8Array, random: Random) => Uint8Array | undefined;

export interface Format {
  readonly name: string;
  /** Ends of the names of the files that are damaged. */
  readonly endings: readonly string[];
  /** Legal models to start from: damage to them reaches deepest. */
  readonly legal: readonly Contents[];
  /** Others, such as the samples of the parser's tests. */
  readonly samples: readonly Contents[];
  readonly damages: readonly Damage[];
}

const SAMPLES = join(import.meta.dirname, '../../samples/parse');

/** Larger samples say no more, and take longer. */
const LARGEST_SAMPLE = 20_000;

const MANIFEST = `{
  "name": "small",
  "input": { "name": "x", "shape": [1, 2], "axes": ["row", "column"], "features": ["a", "b"], "domain": [0, 1] },
  "layers": [
    { "weights": "w_1.csv", "activation": "sign" },
    { "weights": "w_2.csv", "activation": "leaky-relu", "slope": 0.1 }
  ],
  "output": { "name": "y", "labels": ["no", "yes"], "decision": "threshold", "threshold": 0.5 },
  "tieTolerance": 1e-8
}
`;

const CSV_LAYERS = { 'w_1.csv': '1,-2,0\n3.5,1e-3,7\n0,1,-1\n', 'w_2.csv': '1\n-1\n0.25\n0.5\n' };

export const FORMATS: readonly Format[] = [
  {
    name: 'onnx',
    endings: ['.onnx', '.bin'],
    legal: [
      ...ONNX_CORPUS,
      ...OPERATOR_MODELS.map((model) => ({ 'model.onnx': writeOnnx(model) })),
    ],
    samples: samplesWith('.onnx'),
    damages: [damageBytes, ...repeated(4, damageMessage), ...repeated(5, damageOperator)],
  },
  {
    name: 'csv',
    endings: ['.csv'],
    legal: [encoded(CSV_LAYERS)],
    samples: samplesWith('.csv'),
    damages: [damageBytes, ...repeated(3, onText(damageCsv))],
  },
  {
    name: 'manifest',
    endings: ['.json'],
    legal: [encoded({ 'network.json': MANIFEST, ...CSV_LAYERS })],
    samples: samplesWith('.json'),
    damages: [damageBytes, onText(damageJson), ...repeated(3, onText(damageJsonValues))],
  },
  {
    name: 'torch',
    endings: ['.pth', '.pt'],
    legal: [TORCH_MODEL],
    samples: samplesWith('.pth'),
    damages: [damageBytes, ...repeated(4, damageTorch)],
  },
  {
    name: 'safetensors',
    endings: ['.safetensors'],
    legal: [SAFETENSORS_MODEL],
    samples: samplesWith('.safetensors'),
    damages: [damageBytes, ...repeated(3, damageSafetensors)],
  },
];

/** The files of a model of the format, one or more of them damaged. */
export function damagedModel(format: Format, random: Random): Contents {
  const isLegal = format.samples.length === 0 || chance(random, 0.7);
  const contents = { ...pick(random, isLegal ? format.legal : format.samples) };
  const names = Object.keys(contents).filter((name) =>
    format.endings.some((ending) => name.endsWith(ending)),
  );
  const name = pick(random, names);
  const damage = pick(random, format.damages);
  contents[name] = damage(contents[name], random) ?? damageBytes(contents[name], random);
  return contents;
}

/** The samples of the parser that have a file of this ending. */
function samplesWith(ending: string): Contents[] {
  const samples: Contents[] = [];
  const folders = readdirSync(SAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory()); // prettier-ignore
  for (const folder of folders.map(({ name }) => name).sort()) {
    const names = readdirSync(join(SAMPLES, folder)).filter((name) => name !== 'expected.txt');
    const paths = names.sort().map((name) => join(SAMPLES, folder, name));
    const isSmall = paths.every((path) => statSync(path).size <= LARGEST_SAMPLE);
    if (!isSmall || !names.some((name) => name.endsWith(ending))) continue;
    samples.push(Object.fromEntries(paths.map((path, k) => [names[k], readFileSync(path)])));
  }
  return samples;
}

/** Another model, of one operator, whose damage every reader of the format gets to see. */
function damageOperator(_: Uint8Array, random: Random): Uint8Array {
  return writeOnnx(damageModel(pick(random, OPERATOR_MODELS), OPERATOR_MODELS, random));
}

function onText(damage: (text: string, random: Random) => string | undefined): Damage {
  return (bytes, random) => {
    const damaged = damage(new TextDecoder().decode(bytes), random);
    return damaged === undefined ? undefined : new TextEncoder().encode(damaged);
  };
}

/** A damage that is drawn more often than others. */
function repeated(times: number, damage: Damage): Damage[] {
  return new Array<Damage>(times).fill(damage);
}

function encoded(texts: Readonly<Record<string, string>>): Contents {
  const entries = Object.entries(texts);
  return Object.fromEntries(entries.map(([name, text]) => [name, new TextEncoder().encode(text)]));
}
