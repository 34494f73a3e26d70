/**
 * The main job: makes the example networks where they are missing, compiles each into `output/`, proves
 * the module from its text, and prints how network and module generalise. Networks that hold a formula
 * are given to the Math student, networks and a table that hold rules to the Logic student.
 *
 *   npm run demo [-- --count N]     N images per test set instead of the original sets' sizes
 */
import { mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { showAdder } from '../examples/adder/show.js';
import { showArgmax } from '../examples/argmax/show.js';
import { showAutomata } from '../examples/cellular-automata/show.js';
import { showDays } from '../examples/controller/show.js';
import { showDrives, showSpeed } from '../examples/hybrid/show.js';
import { showDecisions } from '../examples/loan/show.js';
import { showRules } from '../examples/wetzel/show.js';
import { showSpecies } from '../examples/species/show.js';
import { showFormula } from '../examples/common/show-formula.js';
import { progressLines, readWhole } from '../examples/common/script.js';
import { readExample, readSibling } from '../examples/common/read-example.js';
import { showLife } from '../examples/life/show.js';
import { evaluateMaxsat, maxsatTable } from '../examples/maxsat/evaluate.js';
import { evaluateOrientation, orientationTable } from '../examples/orientation/evaluate.js';
import { runCli } from '../src/cli/run.js';
import type { Network } from '../src/ir/network.js';
import { createPredictor, createRunner, loadModule } from '../src/verify/run-module.js';
import type { LoadedModule } from '../src/verify/run-module.js';
import { commandWords, EXAMPLE_DATA, sourceWords } from './example-data.js';
import type { ExampleData } from './example-data.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SEED = 1;

interface Show {
  readonly title: string;
  /** What the example's own module does, as a table or a picture. */
  readonly evaluate: (
    network: Network,
    module: LoadedModule,
    count: number | undefined,
  ) => string | Promise<string>;
}

const FORMULA: Show = {
  title: 'What the formula keeps of the network, the other inputs in the middle of their range',
  evaluate: (network, module) => showFormula(network, module, createRunner(module, network)),
};

const SHOWS: Readonly<Record<string, Show>> = {
  orientation: {
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
  maxsat: {
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
  'cellular-automata': {
    title: 'Rule 30, played by the module that takes the rule as an input',
    evaluate: (network, module) => showAutomata(createRunner(module, network)),
  },
  life: {
    title: 'A glider',
    evaluate: (network, module) => showLife(createRunner(module, network)),
  },
  argmax: {
    title: 'The largest digit',
    evaluate: (network, module) => showArgmax(createRunner(module, network)),
  },
  adder: {
    title: 'All sums',
    evaluate: (network, module) => showAdder(createRunner(module, network)),
  },
  'kinetic-energy': FORMULA,
  physics: FORMULA,
  risk: FORMULA,
  loan: {
    title: 'The network and the rules, on fresh applicants',
    evaluate: (network, module) => showDecisions(network, createRunner(module, network)),
  },
  controller: {
    title: 'Network, module and policy, on days as they come',
    evaluate: (network, module) => showDays(network, createRunner(module, network)),
  },
  wetzel: {
    title: 'Module, network and rule, on fresh rows',
    evaluate: showRules,
  },
  hybrid: {
    title: 'Network, module and the formula of braking, on three roads',
    evaluate: async (network, module) => {
      const exact = join(ROOT, 'output/hybrid.exact.ts');
      const drives = showDrives(network, createRunner(module, network));
      return `${drives}\n${await showSpeed(module, exact)}`;
    },
  },
};

/** Of the one example without a network. */
const TABLE_SHOW = {
  title: 'Moths that nobody learned from, by their species and by what the rules say',
  evaluate: showSpecies,
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { count: { type: 'string' } } });
  const count = values.count === undefined ? undefined : readWhole('count', values.count, 2);
  for (const example of EXAMPLE_DATA) await show(example, count);
}

async function show(example: ExampleData, count: number | undefined): Promise<void> {
  const { name, files, make, models } = example;
  process.stdout.write(`\n# ${name}\n\n`);
  if (!existsSync(join(ROOT, files[files.length - 1]))) {
    process.stdout.write('making the network ...\n');
    await make();
  }
  for (const model of models) {
    await mkdir(dirname(join(ROOT, 'output', model.output)), { recursive: true });
    await command(...commandWords(model, 'output'));
    await command('verify', ...sourceWords(model), `output/${model.output}.ts`);
  }
  const [{ manifest, column, output }] = models;
  const modulePath = join(ROOT, `output/${output}.ts`);
  const code = await readFile(modulePath, 'utf8');
  const module = await loadModule(code, await readSibling(modulePath, code));
  if (column !== undefined) {
    process.stdout.write(`\n${TABLE_SHOW.title}:\n\n${TABLE_SHOW.evaluate(module)}`);
    return;
  }
  const network = await readExample(join(ROOT, manifest));
  const { title, evaluate } = SHOWS[name];
  process.stdout.write(`\n${title}:\n\n${await evaluate(network, module, count)}`);
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

await main();
