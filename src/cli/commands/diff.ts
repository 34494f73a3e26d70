/** `deepdistill diff`: what changed in meaning between two models, for the reviewer of a pull request. */
import { flagOption, textOption } from '../arguments.js';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { STDOUT } from '../deliver-module.js';
import { EXIT } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { MODEL_OPTIONS } from '../model-options.js';
import { createProgress } from '../progress.js';
import { readModel } from '../read-model.js';
import { refuseOverwriting, writeFilesWhole } from '../write-files.js';

export const diffCommand: Command = {
  name: 'diff',
  positionals: '<old model> <new model>',
  count: [2, 2],
  summary:
    'Says what changed in meaning from one model (.onnx or a manifest .json) to another one: the code,\n' +
    'the decisions that flip, and whether that nothing changed is proved.',
  options: {
    output: { kind: 'text', alias: 'o', value: 'FILE', description: 'the account, as Markdown (default: stdout)' }, // prettier-ignore
    json: { kind: 'flag', description: 'the account as JSON' },
    check: { kind: 'flag', description: 'exit 1 if the meaning changed' },
    debug: { kind: 'flag', description: 'stack traces for errors' },
    ...MODEL_OPTIONS,
  },
  examples: [
    'diff examples/wetzel/ellipse.json examples/wetzel/ellipse.second.json',
    'diff examples/majority/network.json examples/majority/network.json --check -o changes.md',
  ],
  run: runDiff,
};

async function runDiff(parsed: Arguments, io: CliIo): Promise<number> {
  const output = textOption(parsed, 'output') ?? STDOUT;
  const started = io.clock();
  const [oldPath, newPath] = parsed.positionals;
  const old = await readModel(parsed, [oldPath], io);
  const fresh = await readModel(parsed, [newPath], io);
  if (output !== STDOUT) refuseOverwriting([...old.files, ...fresh.files], [output], io.cwd);

  const { compareModels } = await import('../../compare/index.js');
  const progress = createProgress(io, started);
  const report = await compareModels(old.network, fresh.network, {
    onProgress: progress.report,
  }).finally(progress.end);

  const { renderComparisonMarkdown } = await import('../../report/index.js');
  const text = flagOption(parsed, 'json')
    ? `${JSON.stringify(report, undefined, 2)}\n`
    : renderComparisonMarkdown(report);
  if (output === STDOUT) io.stdout.write(text);
  else writeFilesWhole([{ path: output, text }], io.cwd);
  const isChanged = report.meaning === 'changed';
  return flagOption(parsed, 'check') && isChanged ? EXIT.negative : EXIT.done;
}
