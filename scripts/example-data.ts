/** The example networks as scripts need them: what makes each one's weights where they are missing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED_CLAUSES, PUBLISHED_LITERALS, writeMaxsat } from '../examples/maxsat/build.js';
import { PUBLISHED_SIZE } from '../examples/orientation/images.js';
import { writeOrientation } from '../examples/orientation/train.js';

const ROOT = join(import.meta.dirname, '..');

/** The seed of the committed output. */
const SEED = 1;

interface ExampleData {
  readonly name: string;
  /** Weights in layer order, relative to the project's folder; the last is written last. */
  readonly files: readonly string[];
  readonly make: () => Promise<unknown>;
}

export const EXAMPLE_DATA: readonly ExampleData[] = [
  {
    name: 'orientation',
    files: weightFiles('orientation', 3),
    make: () => writeOrientation(PUBLISHED_SIZE),
  },
  {
    name: 'maxsat',
    files: weightFiles('maxsat', 3),
    make: () => writeMaxsat(PUBLISHED_LITERALS, PUBLISHED_CLAUSES, SEED),
  },
];

function weightFiles(name: string, layers: number): string[] {
  return Array.from({ length: layers }, (_, layer) => {
    return `examples/${name}/data/${name}_${layer + 1}.csv`;
  });
}

/** Makes the weights of every example that has none. */
export async function makeMissingData(): Promise<void> {
  for (const { name, files, make } of EXAMPLE_DATA) {
    if (existsSync(join(ROOT, files[files.length - 1]))) continue;
    console.log(`making the network of ${name}`);
    await make();
  }
}
