/** `deepdistill inspect`: what the compiler sees in a model: clusters, patterns, axes. */
import { flagOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { readModel } from '../read-model.js';

export const inspectCommand: Command = {
  name: 'inspect',
  positionals: '<model..>',
  count: [1, Infinity],
  summary: 'Shows the structure found in a model: clusters of neurons, what they read, their axes.',
  options: {
    json: { kind: 'flag', description: 'the structure as JSON' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: ['inspect examples/majority/network.json'],
  run: runInspect,
};

async function runInspect(parsed: Arguments, io: CliIo): Promise<number> {
  const { network } = await readModel(parsed, parsed.positionals, io);
  const { clusterNetwork } = await import('../../cluster/index.js');
  const { describeStructure, renderAccount } = await import('../../report/index.js');
  const graph = clusterNetwork(network);
  if (flagOption(parsed, 'json')) {
    io.stdout.write(`${JSON.stringify(describeStructure(network, graph), undefined, 2)}\n`);
  } else {
    io.stdout.write(renderAccount(network, graph));
  }
  return EXIT.done;
}
