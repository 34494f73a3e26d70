/**
 * The main job: makes the example networks where they are missing, compiles each into `output/`, proves
 * the module from its text, and prints how network and module generalise.
 *
 *   npm run demo [-- --count N]     N images per test set instead of the original sets' sizes
 */
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { progressLines, readWhole } from '../examples/common/script.js';
import { readExample, readSibling } from '../examples/common/read-example.js';
import { PUBLISHED_CLAUSES, PUBLISHED_LITERALS, writeMaxsat } from '../examples/maxsat/build.js';
import { evaluateMaxsat, maxsatTable } from '../examples/maxsat/evaluate.js';
import { evaluateOrientation, orientationTable } from '../examples/orientation/evaluate.js';
import { PUBLISHED_SIZE } from '../examples/orientation/images.js';
import { writeOrientation } from '../examples/orientation/train.js';
import { runCli } from '../src/cli/run.js';
import type { Network } from '../src/index.js';
import { createPredictor, createRunner, loadModule } from '../src/verify/run-module.js';
import type { LoadedModule } from '../src/verify/run-module.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SEED = 1;

interface Example {
  readonly name: string;
  /** Last file that making the example writes, so its presence means all are there. */
  readonly lastFile: string;
  readonly make: () => Promise<string>;
  readonly title: string;
  /** The generalisation table. */
  readonly evaluate: (network: Network, module: LoadedModule, count: number | undefined) => string;
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'orientation',
    lastFile: 'orientation_3.csv',
    make: () => writeOrientation(PUBLISHED_SIZE),
    title: 'Share of images with the right label, and answers in common',
    evaluate: (network, module, count) =>
      orientationTable(
        evaluateOrientation(network, createPredictor(module, network), {
          ...(count === undefined ? {} : { count }),
          seed: SEED,
          onProgress: progressLines('evaluating images'),
        }),
      ),
  },
  {
    name: 'maxsat',
    lastFile: 'maxsat_3.csv',
    make: () => writeMaxsat(PUBLISHED_LITERALS, PUBLISHED_CLAUSES, SEED),
    title: 'Satisfied clauses of 50 over 200 formulas of 5 variables, 20 trials each',
    evaluate: (network, module) =>
      maxsatTable(
        evaluateMaxsat(network, createRunner(module, network), {
          formulas: 200,
          trials: 20,
          seed: SEED,
          onProgress: progressLines('playing formulas'),
        }),
      ),
  },
];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { count: { type: 'string' } } });
  const count = values.count === undefined ? undefined : readWhole('count', values.count, 2);
  await mkdir(join(ROOT, 'output'), { recursive: true });
  for (const example of EXAMPLES) await show(example, count);
}

async function show(example: Example, count: number | undefined): Promise<void> {
  const manifest = `examples/${example.name}/network.json`;
  const modulePath = `output/${example.name}.ts`;
  process.stdout.write(`\n# ${example.name}\n\n`);
  if (!(await exists(join(ROOT, 'examples', example.name, 'data', example.lastFile)))) {
    process.stdout.write('making the network ...\n');
    await example.make();
  }
  const report = `output/${example.name}.report`;
  await command('compile', manifest, '-o', modulePath, '--report', `${report}.md`, '--report', `${report}.json`); // prettier-ignore
  await command('verify', manifest, modulePath);
  const network = await readExample(join(ROOT, manifest));
  const code = await readFile(join(ROOT, modulePath), 'utf8');
  const module = await loadModule(code, await readSibling(join(ROOT, modulePath), code));
  const table = example.evaluate(network, module, count);
  process.stdout.write(`\n${example.title}:\n\n${table}`);
}

/** Runs one command line of the project itself; ends the demo with its exit code when it fails. */
async function command(...words: readonly string[]): Promise<void> {
  process.stdout.write(`$ deepdistill ${words.join(' ')}\n`);
  const stream = (target: NodeJS.WriteStream) => ({
    write: (text: string) => void target.write(text),
    isTerminal: target.isTTY,
  });
  const io = {
    cwd: ROOT,
    stdout: stream(process.stdout),
    stderr: stream(process.stderr),
    clock: () => performance.now(),
  };
  const code = await runCli(words, io, 'demo');
  if (code !== 0) process.exit(code);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

await main();
