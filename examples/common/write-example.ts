/** Writes an example's weights, and a manifest beside them where the committed one does not fit. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatWeights } from './weights-csv.js';
import type { TrainedLayer } from './weights-csv.js';

export interface ExampleFiles {
  /** The example's folder; it holds the committed `network.json`. */
  readonly folder: URL;
  /** Files are called `<name>_1.csv`, … */
  readonly name: string;
  /** Input shape that the committed manifest declares. */
  readonly publishedShape: readonly number[];
  readonly shape: readonly number[];
  readonly layers: readonly TrainedLayer[];
}

/**
 * At the published shape the weights go to `data/`, where the committed manifest looks for them; at
 * any other to `data/<extents joined by x>/`, with a manifest of their own.
 *
 * @returns the path of the manifest that belongs to the weights.
 */
export async function writeExample(files: ExampleFiles): Promise<string> {
  const { folder, name, publishedShape, shape, layers } = files;
  const published = shape.join() === publishedShape.join();
  const data = new URL(published ? 'data/' : `data/${shape.join('x')}/`, folder);
  await mkdir(data, { recursive: true });
  for (const [index, layer] of layers.entries()) {
    await writeFile(new URL(`${name}_${index + 1}.csv`, data), formatWeights(layer));
  }
  const manifest = new URL('network.json', folder);
  if (published) return fileURLToPath(manifest);
  const text = await readFile(manifest, 'utf8');
  const own = new URL('network.json', data);
  const print = (extents: readonly number[]): string => `"shape": [${extents.join(', ')}]`;
  await writeFile(own, text.replace(print(publishedShape), print(shape)).replaceAll('data/', ''));
  return fileURLToPath(own);
}
