/**
 * How the orientation network and the module compiled from it generalise: accuracy of both on the
 * training images and on sets that nobody trained, and on how many images the two agree.
 *
 *   npx tsx examples/orientation/evaluate.ts MODULE.ts [--size 28] [--count N] [--seed 1]
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Network } from '../../src/ir/network.js';
import { createPredictor, labelOf, loadModule } from '../../src/verify/run-module.js';
import { createTeacher } from '../../src/verify/teacher.js';
import { formatTable } from '../common/format-table.js';
import { readExample, readSibling } from '../common/read-example.js';
import { isMain, progressLines, readWhole } from '../common/script.js';
import { PUBLISHED_SIZE, trainingImages } from './images.js';
import type { LabelledImage } from './images.js';
import { drawImages, OUT_OF_DISTRIBUTION } from './out-of-distribution.js';
import { writeOrientation } from './train.js';

/** One line of the table. */
export interface SetResult {
  readonly set: string;
  readonly images: number;
  /** Images that the network labels rightly. */
  readonly networkRight: number;
  /** Images that the module labels rightly. */
  readonly moduleRight: number;
  /** Images on which the module gives the network's own answer. */
  readonly agreements: number;
}

export interface EvaluationOptions {
  /** Images per set; the sizes of the original sets when absent. */
  readonly count?: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Runs network and module on the training set and every out-of-distribution set. */
export function evaluateOrientation(
  network: Network,
  predict: (inputs: readonly ArrayLike<number>[]) => unknown,
  options: EvaluationOptions,
): SetResult[] {
  const size = network.inputs[0].shape[0];
  const teacher = createTeacher(network);
  const sets: { name: string; count: number; images: Iterable<LabelledImage> }[] = [
    { name: 'training', count: 2 * size, images: trainingImages(size) },
    ...OUT_OF_DISTRIBUTION.map((set, index) => {
      const count = options.count ?? set.originalCount;
      return { name: set.name, count, images: drawImages(set, size, count, options.seed + index) };
    }),
  ];
  const total = sets.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  return sets.map(({ name, count, images }) => {
    const tally = { networkRight: 0, moduleRight: 0, agreements: 0 };
    for (const { cells, label } of images) {
      const expected = labelOf(network, teacher.decide(teacher.forward([cells])));
      const actual = predict([cells]);
      if (expected === labelOf(network, label)) tally.networkRight++;
      if (actual === labelOf(network, label)) tally.moduleRight++;
      if (actual === expected) tally.agreements++;
      options.onProgress?.(++done, total);
    }
    return { set: name, images: count, ...tally };
  });
}

/** The results as a table for people. */
export function orientationTable(results: readonly SetResult[]): string {
  const share = (part: number, whole: number): string => (part / whole).toFixed(4);
  return formatTable(
    ['set', 'images', 'network', 'module', 'same answer'],
    results.map(({ set, images, networkRight, moduleRight, agreements }) => [
      set,
      String(images),
      share(networkRight, images),
      share(moduleRight, images),
      `${agreements} of ${images}`,
    ]),
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string', default: String(PUBLISHED_SIZE) },
      count: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (positionals.length !== 1) throw new RangeError('give the path of one compiled module');
  const network = await readExample(await writeOrientation(readWhole('size', values.size, 5)));
  const code = await readFile(positionals[0], 'utf8');
  const module = await loadModule(code, await readSibling(positionals[0], code));
  const results = evaluateOrientation(network, createPredictor(module, network), {
    ...(values.count === undefined ? {} : { count: readWhole('count', values.count, 2) }),
    seed: readWhole('seed', values.seed, 0),
    onProgress: progressLines('evaluating images'),
  });
  process.stdout.write(orientationTable(results));
}

if (isMain(import.meta.url)) await main();
