/**
 * What the folder of a page holds before its first command: the repository's `examples/` and `output/`,
 * and for some pages what their text says the reader has.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatWeights } from '../../../examples/common/weights-csv.js';
import { trainEssenceNetwork } from '../../../examples/orientation/essence-network.js';
import { PUBLISHED_SIZE, trainingImages } from '../../../examples/orientation/images.js';

const ROOT = join(import.meta.dirname, '../../..');
const SAMPLES = join(ROOT, 'test/samples');

/** Fills the folder of the page (relative to the repository). */
export function fillFolder(page: string, folder: string): void {
  const withoutData = (path: string): boolean => !path.endsWith('/data');
  for (const name of ['examples', 'output']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: withoutData });
  }
  if (Object.hasOwn(FURTHER, page)) FURTHER[page](folder);
}

const FURTHER: Readonly<Record<string, (folder: string) => void>> = {
  'README.md': (folder) => {
    writeOrientation(folder);
    copyTwoSizes(folder);
  },
};

/** The weights of the orientation network, which a clone makes with `npm run demo`. */
function writeOrientation(folder: string): void {
  const data = join(folder, 'examples/orientation/data');
  mkdirSync(data, { recursive: true });
  for (const [index, layer] of trainEssenceNetwork(trainingImages(PUBLISHED_SIZE)).entries()) {
    writeFileSync(join(data, `orientation_${index + 1}.csv`), formatWeights(layer));
  }
}

/** `a.json` and `b.json`: one problem at two sizes. */
function copyTwoSizes(folder: string): void {
  const files = join(SAMPLES, 'cli/generic-two-sizes/files');
  cpSync(files, folder, { recursive: true });
  cpSync(join(files, 'five.json'), join(folder, 'a.json'));
  cpSync(join(files, 'seven.json'), join(folder, 'b.json'));
}
