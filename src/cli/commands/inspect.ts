/** `deepdistill inspect`: what the compiler sees in a model: clusters, patterns, axes. */
import { diagnose } from '../../diagnostics/diagnostic.js';
import { flagOption, textOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { readModel } from '../read-model.js';
import { writeFilesWhole } from '../write-files.js';

export const inspectCommand: Command = {
  name: 'inspect',
  positionals: '<model..>',
  count: [1, Infinity],
  summary: 'Shows the structure found in a model: clusters of neurons, what they read, their axes.',
  options: {
    svg: {
      kind: 'text',
      value: 'FILE',
      description: "also draw each cluster's weights, as a picture",
    },
    json: { kind: 'flag', description: 'the structure as JSON' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'inspect examples/majority/network.json',
    'inspect examples/majority/network.json --svg majority.svg',
  ],
  run: runInspect,
};

async function runInspect(parsed: Arguments, io: CliIo): Promise<number> {
  const svg = textOption(parsed, 'svg');
  if (svg?.endsWith('.svg') === false) {
    const expected = 'a file that ends in .svg';
    throw diagnose('CLI_OPTION_VALUE', {}, { option: 'svg', value: svg, expected });
  }
  const { network } = await readModel(parsed, parsed.positionals, io);
  const { inspectNetwork } = await import('../../inspect.js');
  const account = inspectNetwork(network);
  // The picture first: when it cannot be written, nothing is printed as if all had gone well.
  if (svg !== undefined) writeFilesWhole([{ path: svg, text: account.picture() }], io.cwd);
  if (flagOption(parsed, 'json')) {
    io.stdout.write(`${JSON.stringify(account.structure, undefined, 2)}\n`);
  } else {
    io.stdout.write(account.text);
  }
  return EXIT.done;
}
