/**
 * An example whose network learned a known function: rows from the manifest's box, a tanh network of 64
 * hidden units, its weights beside the manifest, and how well it fits, at points it has not seen.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../src/numeric/random.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { readExample } from './read-example.js';
import { trainNetwork } from './train-network.js';
import { stateDictOf } from './state-dict.js';
import type { TrainedLayer } from './weights-csv.js';

/** Hidden units of these examples. */
const HIDDEN = 64;

/** Fresh points at which the stored network is measured. */
const MEASURED = 2000;

/** A function that a network learns, on the same range of every input. */
export interface LearnedFunction {
  readonly inputs: number;
  /**
   * The domain of each input. Rows of one input are equally spaced, both ends included; rows of several are
   * drawn uniformly.
   */
  readonly range: readonly [number, number];
  readonly value: (row: readonly number[]) => number;
  readonly rows: number;
  readonly seed: number;
  /** Root mean square error at which training ends, as a share of the range of the values. */
  readonly goal: number;
}

export interface StoredFunction extends LearnedFunction {
  /** The example's folder; it holds the committed manifest. */
  readonly folder: URL;
  /** The manifest's file; default `network.json`. */
  readonly manifest?: string;
  /** The weights are stored in `<name>.safetensors`. */
  readonly name: string;
}

/** The hidden and the output layer of a network that learned the function. */
export function learnFunction(learned: LearnedFunction): readonly [TrainedLayer, TrainedLayer] {
  const { inputs, rows, seed, goal } = learned;
  const chosen = inputs === 1 ? spacedColumns(learned) : drawColumns(learned, rows, seed);
  const { columns, target } = rowsOf(learned, chosen);
  return trainNetwork({ columns, target, hidden: HIDDEN, activation: 'tanh', seed, goal }).layers;
}

/** What `trainExample` measured, with the stored weights. */
export interface Fit {
  /** Root mean square error at fresh points. */
  readonly error: number;
  /** The same as a share of the range of the values there. */
  readonly share: number;
}

/** Trains, writes the weights, reads them again and measures the network that came back. */
export async function trainExample(learned: StoredFunction): Promise<Fit> {
  const [hidden, output] = learnFunction(learned);
  const file = new URL(`${learned.name}.safetensors`, learned.folder);
  await writeFile(file, stateDictOf({ hidden, output }));
  return measureExample(learned);
}

/** How well the stored network fits, at points drawn with another seed. */
export async function measureExample(learned: StoredFunction): Promise<Fit> {
  const network = await readExample(
    fileURLToPath(new URL(learned.manifest ?? 'network.json', learned.folder)),
  );
  const teacher = createTeacher(network);
  const { columns, target } = rowsOf(learned, drawColumns(learned, MEASURED, learned.seed + 1));
  let sum = 0;
  target.forEach((value, row) => {
    sum += (teacher.forward([columns.map((column) => column[row])])[0][0] - value) ** 2;
  });
  const error = Math.sqrt(sum / MEASURED);
  return { error, share: error / (Math.max(...target) - Math.min(...target)) };
}

interface Rows {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
}

function spacedColumns({ range: [min, max], rows }: LearnedFunction): readonly Float64Array[] {
  return [Float64Array.from({ length: rows }, (_, row) => min + ((max - min) * row) / (rows - 1))];
}

function drawColumns(
  { inputs, range: [min, max] }: LearnedFunction,
  rows: number,
  seed: number,
): readonly Float64Array[] {
  const random = createRandom(seed);
  return Array.from({ length: inputs }, () =>
    Float64Array.from({ length: rows }, () => min + (max - min) * random.unit()),
  );
}

function rowsOf({ value }: LearnedFunction, columns: readonly Float64Array[]): Rows {
  const target = columns[0].map((_, row) => value(columns.map((column) => column[row])));
  return { columns, target };
}

/** What the training scripts print. */
export function describeFit(name: string, { error, share }: Fit): string {
  const shown = [error.toExponential(1), share.toExponential(1)];
  return `wrote ${name}.safetensors; off by ${shown[0]} (root mean square), ${shown[1]} of the range\n`;
}
