/**
 * Ratios that say more than milliseconds, since both sides run on the same machine in the same minute:
 * the scanner against the obvious way to read a CSV, the checker against running the network.
 */
import { readFileSync } from 'node:fs';
import { readExample, readSibling } from '../examples/common/read-example.js';
import { sizeOf } from '../src/ir/model-interface.js';
import { createRandom } from '../src/numeric/random.js';
import { scanCsv } from '../src/parse/csv/scan.js';
import { verify } from '../src/verify/index.js';
import { createTeacher } from '../src/verify/teacher.js';
import { median } from './median.js';

const REPEATS = 3;
const FORWARD_PASSES = 100;

/** Time of the scanner over time of `split` and `Number` on one file, as text. */
export async function measureScanner(path: string): Promise<string> {
  const bytes = readFileSync(path);
  const scan = await timeOf(() => void scanCsv(bytes, path));
  const baseline = await timeOf(() => void readBySplitting(bytes));
  const speed = (milliseconds: number) => `${(bytes.length / 1000 / milliseconds).toFixed(0)} MB/s`;
  return `${(scan / baseline).toFixed(2)} (${speed(scan)} against ${speed(baseline)})`;
}

function readBySplitting(bytes: Uint8Array): Float64Array[] {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  return lines.map((line) => Float64Array.from(line.split(','), Number));
}

/** How many inputs the reference forward pass would answer in the time that the proof takes. */
export async function measureForward(manifest: string, modulePath: string): Promise<string> {
  const network = await readExample(manifest);
  const code = readFileSync(modulePath, 'utf8');
  const weights = await readSibling(modulePath, code);
  const options = weights === undefined ? {} : { weights };
  const proof = await timeOf(async () => {
    await verify(network, code, options);
  });
  const teacher = createTeacher(network);
  const random = createRandom(1);
  const inputs = network.inputs.map(({ shape }) =>
    Float64Array.from({ length: sizeOf(shape) }, () => random.below(2)),
  );
  const passes = await timeOf(() => {
    for (let pass = 0; pass < FORWARD_PASSES; pass++) teacher.forward(inputs);
  });
  return `${((proof / passes) * FORWARD_PASSES).toFixed(0)} (${proof.toFixed(0)} ms)`;
}

async function timeOf(work: () => void | Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return median(times);
}
