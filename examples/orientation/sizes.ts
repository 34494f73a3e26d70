/**
 * The orientation modules for every size, on images of sides that nobody trained: accuracy on the sets
 * of `out-of-distribution.ts` and on every full line.
 *
 *   npm run evaluate:orientation-sizes [-- --count 2000]
 *
 * Compares two modules, one compiled from 28 × 28 alone, one from 12 × 12 and 20 × 20, and writes
 * output/orientation.sizes.md.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { compile } from '../../src/compile.js';
import { loadModule, nest } from '../../src/verify/run-module.js';
import type { LoadedModule } from '../../src/verify/run-module.js';
import { formatTable } from '../common/format-table.js';
import { readExample } from '../common/read-example.js';
import { isMain, progressLines, readWhole } from '../common/script.js';
import { trainingImages } from './images.js';
import type { LabelledImage } from './images.js';
import { drawImages, OUT_OF_DISTRIBUTION } from './out-of-distribution.js';
import { writeOrientation } from './train.js';

/** Sides of the images; the networks were trained at 28, 12 and 20. */
export const SIDES: readonly number[] = [12, 40, 100];

/** The sizes of the module that is compiled from two. */
const TWO_SIZES = [12, 20] as const;

/** Accuracy of one module on one set at one side. */
export interface SideResult {
  readonly set: string;
  readonly side: number;
  readonly images: number;
  /** Images that each module labels rightly, in the order of the modules. */
  readonly right: readonly number[];
}

/** Runs modules on the lines and on `count` images of each set. */
export function evaluateSides(
  modules: readonly LoadedModule[],
  labels: readonly string[],
  count: number,
  seed: number,
  onProgress?: (done: number, total: number) => void,
): readonly SideResult[] {
  const total = SIDES.length * (OUT_OF_DISTRIBUTION.length + 1);
  let done = 0;
  return SIDES.flatMap((side) => {
    const sets: readonly { name: string; images: Iterable<LabelledImage> }[] = [
      { name: 'full lines', images: trainingImages(side) },
      ...OUT_OF_DISTRIBUTION.map((set, index) => ({
        name: set.name,
        images: drawImages(set, side, count, seed + index),
      })),
    ];
    return sets.map(({ name, images }) => {
      const right = modules.map(() => 0);
      let drawn = 0;
      for (const { cells, label } of images) {
        const nested = nest(cells, [side, side]);
        drawn++;
        for (const [k, module] of modules.entries()) {
          if (module.predict(nested) === labels[label]) right[k]++;
        }
      }
      onProgress?.(++done, total);
      return { set: name, side, images: drawn, right };
    });
  });
}

/** The results as a table for people. */
export function sidesTable(results: readonly SideResult[], names: readonly string[]): string {
  return formatTable(
    ['set', 'side', 'images', ...names],
    results.map(({ set, side, images, right }) => [
      set,
      String(side),
      String(images),
      ...right.map((count) => (count / images).toFixed(4)),
    ]),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
  });
  const output = new URL('../../output/', import.meta.url);
  const fromOne = await readFile(new URL('orientation.generic.ts', output), 'utf8');
  const [first, second] = [
    await readExample(await writeOrientation(TWO_SIZES[0])),
    await readExample(await writeOrientation(TWO_SIZES[1])),
  ];
  const fromTwo = await compile(first, { generic: true, sizes: [second] });
  const modules = [await loadModule(fromOne), await loadModule(fromTwo.code)];
  const labels = first.outputs[0].labels ?? [];
  const results = evaluateSides(
    modules,
    labels,
    readWhole('count', values.count, 2),
    readWhole('seed', values.seed, 0),
    progressLines('evaluating sets'),
  );
  const table = sidesTable(results, ['from 28 × 28', 'from 12 × 12 and 20 × 20']);
  process.stdout.write(table);
  const text = [
    '# Orientation at other sizes',
    '',
    'Accuracy of two modules on images of sides that no network was trained at: `orientation.generic.ts`, compiled from the network of 28 × 28 alone, and a module compiled from those of 12 × 12 and 20 × 20, whose verdict was ' +
      `${fromTwo.verdict.status} at both. Seed ${values.seed}.`,
    '',
    table,
  ].join('\n');
  await writeFile(new URL('orientation.sizes.md', output), text);
}

if (isMain(import.meta.url)) await main();
