/** `deepdistill verify`: does a module compute what a model computes? The verdict is the result. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import type { Verdict } from '../../ir/verdict.js';
import { flagOption, numberOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { exitCodeOf } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { siblingPath } from '../module-files.js';
import { createProgress } from '../progress.js';
import { readText } from '../read-file.js';
import { readModel } from '../read-model.js';
import { describeCounterexample, describeVerdict } from '../verdict-text.js';

const MODULE_ENDING = '.ts';

export const verifyCommand: Command = {
  name: 'verify',
  positionals: '<model..> <module.ts>',
  count: [2, Infinity],
  summary:
    "Proves from a module's text that it computes what the model computes, or finds an input\n" +
    'for which it does not. Exits with 0, 1 (refuted) or 4 (undecided).',
  options: {
    json: { kind: 'flag', description: 'the verdict as JSON' },
    timeout: { kind: 'text', value: 'SECONDS', description: 'give up (undecided) after that time' },
    tolerance: { kind: 'text', value: '1e-6', description: 'largest error allowed on an output' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'compile examples/majority/network.json -o majority.ts',
    'verify examples/majority/network.json majority.ts',
  ],
  run: runVerify,
};

async function runVerify(parsed: Arguments, io: CliIo): Promise<number> {
  const seconds = numberOption(parsed, 'timeout', 0);
  const tolerance = numberOption(parsed, 'tolerance', 0);
  const modulePath = parsed.positionals[parsed.positionals.length - 1];
  if (!modulePath.endsWith(MODULE_ENDING)) {
    const { positionals } = parsed;
    throw diagnose('CLI_MODULE_EXPECTED', {}, { found: positionals[positionals.length - 1] });
  }
  const { network } = await readModel(parsed, parsed.positionals.slice(0, -1), io);
  const code = readText(modulePath, io.cwd);
  const sibling = siblingPath(modulePath, code);
  const weights = sibling === undefined ? undefined : readText(sibling, io.cwd);

  const { verify } = await import('../../verify/index.js');
  const progress = createProgress(io);
  const deadline = seconds === undefined ? Infinity : io.clock() + 1000 * seconds;
  let verdict: Verdict;
  try {
    verdict = await verify(network, code, {
      ...(weights === undefined ? {} : { weights }),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...(seconds === undefined ? {} : { shouldStop: () => io.clock() >= deadline }),
      onProgress: (done, total) => progress.report('verify', done, total),
    });
  } finally {
    progress.end();
  }
  if (flagOption(parsed, 'json')) {
    io.stdout.write(`${JSON.stringify({ schema: 1, ...verdict }, undefined, 2)}\n`);
  } else {
    io.stdout.write(`${modulePath}: ${describeVerdict(verdict)}\n`);
    if (verdict.counterexample !== undefined) {
      io.stdout.write(describeCounterexample(verdict.counterexample));
    }
  }
  return exitCodeOf(verdict.status);
}
