/**
 * Trains the orientation network and writes its three CSV files and, for sizes other than the
 * published one, a manifest beside them.
 *
 *   npx tsx examples/orientation/train.ts [--size 28]
 */
import { parseArgs } from 'node:util';
import { isMain, progressLines, readWhole } from '../common/script.js';
import { writeExample } from '../common/write-example.js';
import { trainEssenceNetwork } from './essence-network.js';
import { PUBLISHED_SIZE, trainingImages } from './images.js';

/** Smallest side at which a bar has a direction in every test set. */
const SMALLEST = 5;

/**
 * Trains at one size and writes the files.
 *
 * @returns the path of the manifest: the committed one for the published size, else one beside the
 *   weights, under `data/<size>x<size>/`.
 */
export async function writeOrientation(size: number): Promise<string> {
  return writeExample({
    folder: new URL('.', import.meta.url),
    name: 'orientation',
    publishedShape: [PUBLISHED_SIZE, PUBLISHED_SIZE],
    shape: [size, size],
    layers: trainEssenceNetwork(trainingImages(size), progressLines('training subconcepts')),
  });
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: { size: { type: 'string', default: String(PUBLISHED_SIZE) } },
  });
  const manifest = await writeOrientation(readWhole('size', values.size, SMALLEST));
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
