/**
 * Makes the code caches: runs the bundled command line over small models and saves the bytecode of
 * every function that ran, chunk by chunk. One model shows regions, the other makes inference search
 * and the checker tabulate. Bundled by the build and run by a plain Node, so that the
 * flags that V8 checks are those of a later start.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLayers } from '../examples/maxsat/published-shape.js';
import { createChunkLoader } from '../src/cli/chunks.js';
import type { CliIo } from '../src/cli/io.js';

/** Like `start.ts`, which exports its `runCli` for this. */
interface CliChunk {
  readonly runCli: (argv: readonly string[], io: CliIo, version: string) => Promise<number>;
}

/** Side of the images of the model of regions. */
const SIDE = 5;
/** Size of the model of logic, and the log-odds that its clauses give. */
const [LITERALS, CLAUSES] = [6, 5];
const DECISION = { alone: 40, among: 9.6 };

const outdir = process.argv[2];
const loader = createChunkLoader(outdir);
const { runCli } = loader.load('cli') as CliChunk;
const folder = mkdtempSync(join(tmpdir(), 'deepdistill-'));
const messages: string[] = [];
try {
  writeModel(folder);
  writeLogicModel(folder);
  const silent = { write: (text: string) => void messages.push(text), isTerminal: false };
  const io: CliIo = { cwd: folder, stdout: silent, stderr: silent, clock: () => performance.now() };
  const commands = [
    ['--help'],
    ['compile', 'missing.json'],
    [
      'compile',
      'model.json',
      '-o',
      'model.ts',
      '--report',
      'r.json',
      '--report',
      'r.md',
      '--timings',
    ],
    ['compile', 'logic.json', '-o', 'logic.ts'],
    ['inspect', 'model.json'],
    ['verify', 'model.json', 'model.ts'],
    [
      'evaluate',
      'model.ts',
      '--data',
      'inputs.csv',
      '--labels',
      'labels.csv',
      '--model',
      'model.json',
    ],
  ];
  for (const command of commands) await runCli(command, io, '0');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const [name, script] of loader.scripts) {
  writeFileSync(join(outdir, `${name}.cache`), script.createCachedData());
}
if (messages.some((message) => message.startsWith('internal error'))) {
  console.warn(`warm-up: ${messages.filter((message) => message.includes('error')).join('')}`);
}

/** A small network of two layers that compare column sums with row sums. */
function writeModel(into: string): void {
  const cells = SIDE * SIDE;
  const noisy = (value: number, index: number): string =>
    value === 0 ? '0' : (value * 1.371672 * (1 + 1e-10 * ((index % 7) - 3))).toExponential(18);
  const first: string[] = [];
  for (let cell = 0; cell < cells; cell++) {
    const weights = Array.from({ length: cells }, (_, neuron) => {
      const inColumn = cell % SIDE === Math.floor(neuron / SIDE) ? 1 : 0;
      const inRow = Math.floor(cell / SIDE) === neuron % SIDE ? 1 : 0;
      return noisy(inColumn - inRow, cell + neuron);
    });
    first.push(weights.join(','));
  }
  first.push(Array.from({ length: cells }, () => '0').join(','));
  const second = Array.from({ length: cells }, () => '0.20565,-0.20565');
  second.push('0,0');
  writeFileSync(join(into, 'first.csv'), `${first.join('\n')}\n`);
  writeFileSync(join(into, 'second.csv'), `${second.join('\n')}\n`);
  const manifest = {
    name: 'warm-up',
    input: { name: 'image', shape: [SIDE, SIDE], axes: ['row', 'column'], domain: [0, 1] },
    layers: [
      { weights: 'first.csv', activation: 'sign' },
      { weights: 'second.csv', activation: 'softmax' },
    ],
    output: { labels: ['vertical', 'horizontal'], decision: 'argmax' },
  };
  writeFileSync(join(into, 'model.json'), JSON.stringify(manifest));
  const row = Array.from({ length: cells }, (_, cell) => (cell % SIDE === 0 ? 1 : 0)).join(',');
  writeFileSync(join(into, 'inputs.csv'), `${row}\n`);
  writeFileSync(join(into, 'labels.csv'), 'vertical\n');
}

/** The MAXSAT network of a few clauses: neurons of neurons, softmax, a search for each clause's rule. */
function writeLogicModel(into: string): void {
  const activations = ['sign', 'sign', 'softmax'];
  const layers = buildLayers(LITERALS, CLAUSES, DECISION, 1).map(({ rows, bias }, index) => {
    const weights = `logic_${index}.csv`;
    const lines = Array.from(rows[0], (_, cell) => rows.map((row) => row[cell]).join(','));
    lines.push(Array.from(bias).join(','));
    writeFileSync(join(into, weights), `${lines.join('\n')}\n`);
    return { weights, activation: activations[index] };
  });
  const manifest = {
    name: 'logic',
    input: {
      name: 'formula',
      shape: [LITERALS, CLAUSES],
      axes: ['literal', 'clause'],
      domain: [0, 1],
    },
    layers,
    output: { labels: ['true', 'false'], decision: 'argmax' },
  };
  writeFileSync(join(into, 'logic.json'), JSON.stringify(manifest));
}
