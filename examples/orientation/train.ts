/**
 * Trains the orientation network and writes its three CSV files and, for sizes other than the
 * published one, a manifest beside them.
 *
 *   npx tsx examples/orientation/train.ts [--size 28]
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMain, progressLines, readWhole } from '../common/script.js';
import { formatWeights } from '../common/weights-csv.js';
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
  const published = size === PUBLISHED_SIZE;
  const folder = new URL(published ? 'data/' : `data/${size}x${size}/`, import.meta.url);
  const layers = trainEssenceNetwork(trainingImages(size), progressLines('training subconcepts'));
  await mkdir(folder, { recursive: true });
  for (const [index, layer] of layers.entries()) {
    await writeFile(new URL(`orientation_${index + 1}.csv`, folder), formatWeights(layer));
  }
  const manifest = new URL('network.json', import.meta.url);
  if (published) return fileURLToPath(manifest);
  const text = await readFile(manifest, 'utf8');
  const own = new URL('network.json', folder);
  const shape = `[${PUBLISHED_SIZE}, ${PUBLISHED_SIZE}]`;
  await writeFile(own, text.replace(shape, `[${size}, ${size}]`).replaceAll('data/', ''));
  return fileURLToPath(own);
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: { size: { type: 'string', default: String(PUBLISHED_SIZE) } },
  });
  const manifest = await writeOrientation(readWhole('size', values.size, SMALLEST));
  process.stdout.write(`wrote ${manifest} and its weights\n`);
}
